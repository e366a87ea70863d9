import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '#ui/Notice.tsx';
import { type Failure, failureText } from './failureText.ts';

/** Says why something did not work; nothing while nothing is wrong. */
export function FailureNotice({ failure, children }: { failure: Failure | null; children?: ReactNode }) {
  const { t } = useTranslation();
  if (failure === null) return null;
  return (
    <Notice kind="problem" role="alert">
      <p>{failureText(t, failure)}</p>
      {children}
    </Notice>
  );
}
