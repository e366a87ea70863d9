import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';

interface Steps<S extends string> {
  readonly step: S;
  /** With `replace`, Back does not come here again. */
  readonly go: (step: S, replace?: boolean) => void;
  readonly back: () => void;
}

/** Which step of a screen is shown. It lives in the history, so that Back leads to the step before; a code never does. */
export function useStep<S extends string>(first: S): Steps<S> {
  const [path, navigate] = useLocation();
  const state = useHistoryState<{ step?: S } | null>();
  const go = useCallback(
    (step: S, replace = false) => navigate(path, { state: { step }, replace }),
    [navigate, path],
  );
  return { step: state?.step ?? first, go, back: () => history.back() };
}
