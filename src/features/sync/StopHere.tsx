import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { StorageError } from '#data/storageError.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx';
import { Notice } from '#ui/Notice.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import lines from './Lines.module.css';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';

interface StopHereProps {
  sync: Sync;
  /** Where the code is shown. */
  code: string;
  onStopped: () => void;
}

/** This phone forgets the copy, and the server is not asked. Without the code nobody could delete it later. */
export function StopHere({ sync, code, onStopped }: StopHereProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const leaving = useAction<StorageError>(sync);
  // While it is being deleted nobody knows.
  const isMaybeThere = sync.overview?.phase === 'withdrawing';
  const hasKeptCode = sync.overview?.code === null;
  const stopHere = async (): Promise<void> => {
    if (await leaving.run((client) => client.stopHere())) onStopped();
  };
  return (
    <section className={`${card.card} ${lines.roomy}`}>
      <h2>{t(($) => $.sync.stop.hereTitle)}</h2>
      <p>{isMaybeThere ? t(($) => $.sync.stop.maybeHint) : t(($) => $.sync.stop.hereHint)}</p>
      {hasKeptCode ? (
        <Button kind="secondary" icon={CircleStop} disabled={leaving.isBusy} onClick={() => setAsking(true)}>
          {t(($) => $.sync.stop.here)}
        </Button>
      ) : (
        <>
          <Notice kind="attention">{t(($) => $.sync.stop.hereCode)}</Notice>
          <Link href={code} className={buttonClass('secondary')}>
            {t(($) => $.sync.remind.show)}
          </Link>
        </>
      )}
      <FailureNotice failure={leaving.failure} />
      {isAsking && (
        <ConfirmDialog
          question={isMaybeThere ? t(($) => $.sync.stop.maybeAsk) : t(($) => $.sync.stop.hereAsk)}
          yes={t(($) => $.sync.stop.hereYes)}
          no={t(($) => $.sync.stop.hereNo)}
          exitWords={t(($) => $.nav.quickExit)}
          onYes={() => void stopHere()}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
