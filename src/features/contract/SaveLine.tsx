import { Check, RotateCw, Smartphone } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageError } from '#data/storageError.ts';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import styles from './SaveLine.module.css';

interface SaveLineProps {
  /** The worker has changed something since the form opened. */
  hasChanged: boolean;
  saved: boolean;
  problem: StorageError | null;
  onRetry: () => void;
}

/** Long enough that a screen reader hears "Saved" once after typing, and not after each letter. */
const SETTLED_AFTER = 500;

/** Stays in sight at the foot of the form once something has changed: that it is saved, or why it could not be. */
export function SaveLine({ hasChanged, saved, problem, onRetry }: SaveLineProps) {
  const { t } = useTranslation();
  const [isSettled, setIsSettled] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setIsSettled(saved), saved ? SETTLED_AFTER : 0);
    return () => clearTimeout(timer);
  }, [saved]);

  if (problem) {
    return (
      <div className={styles.problem}>
        <Notice kind="problem" role="alert">
          <p>{t(($) => $.errors[problem.type])}</p>
          <Button kind="secondary" icon={RotateCw} onClick={onRetry}>
            {t(($) => $.failure.tryAgain)}
          </Button>
        </Notice>
      </div>
    );
  }
  const isSaved = saved && isSettled;
  return (
    <p className={hasChanged ? styles.line : undefined} aria-live="polite" data-saved={hasChanged && isSaved}>
      {hasChanged &&
        (isSaved ? <Check aria-hidden="true" size={18} /> : <Smartphone aria-hidden="true" size={18} />)}
      {hasChanged && (isSaved ? t(($) => $.contract.saved) : t(($) => $.contract.savedAuto))}
    </p>
  );
}
