import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { useIsHere } from './useIsHere.ts';

interface Steps<S extends string> {
  readonly step: S;
  /** With `replace`, Back does not come here again. Nothing once the worker left the step that was shown. */
  readonly go: (step: S, replace?: boolean) => void;
  /** The same as Back. Nothing once the worker left the step that was shown. */
  readonly back: () => void;
}

/** Which step of a screen is shown. It lives in the history, so that Back leads to the step before; a code never does. */
export function useStep<S extends string>(first: S): Steps<S> {
  const [path, navigate] = useLocation();
  const state = useHistoryState<{ step?: S } | null>();
  const isHere = useIsHere();
  const step = state?.step ?? first;
  const isShown = useCallback(
    () => isHere() && ((history.state as { step?: S } | null)?.step ?? first) === step,
    [first, isHere, step],
  );
  const go = useCallback(
    (next: S, replace = false) => {
      if (isShown()) navigate(path, { state: { step: next }, replace });
    },
    [isShown, navigate, path],
  );
  const back = useCallback(() => {
    if (isShown()) history.back();
  }, [isShown]);
  return { step, go, back };
}
