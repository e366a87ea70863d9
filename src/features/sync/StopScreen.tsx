import { CircleStop, KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { StorageError } from '#data/storageError.ts';
import type { Language } from '#i18n/languages.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { SyncError } from '#sync/client.ts';
import { FailureNotice } from './FailureNotice.tsx';
import lines from './Lines.module.css';
import { SyncLine } from './SyncLine.tsx';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';

interface StopScreenProps {
  sync: Sync;
  language: Language;
  to: (page: string) => string;
  onStopped: () => void;
}

/** Two ways to end it, far apart in what they do: the copy on the server goes, or only this phone stops. */
export function StopScreen({ sync, language, to, onStopped }: StopScreenProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'server' | 'here' | null>(null);
  const stopping = useAction<SyncError>(sync);
  const leaving = useAction<StorageError>(sync);
  const { overview } = sync;
  const stop = async (): Promise<void> => {
    if (await stopping.run((client) => client.stop())) onStopped();
  };
  const stopHere = async (): Promise<void> => {
    if (await leaving.run((client) => client.stopHere())) onStopped();
  };
  if (!overview) return null;
  if (overview.phase === 'withdrawing') return <Withdrawing sync={sync} language={language} />;
  return (
    <>
      {overview.phase !== 'off' && (
        <>
          <section className={`${card.card} ${lines.roomy}`}>
            <h2>{t(($) => $.sync.stop.serverTitle)}</h2>
            <p>{t(($) => $.sync.stop.serverHint)}</p>
            <p>{t(($) => $.sync.stop.serverOthers)}</p>
            <p>{t(($) => $.sync.consent.backups)}</p>
            <Button kind="danger" icon={Trash2} onClick={() => setAsked('server')}>
              {t(($) => $.sync.stop.server)}
            </Button>
          </section>
          <section className={`${card.card} ${lines.roomy}`}>
            <h2>{t(($) => $.sync.stop.hereTitle)}</h2>
            <p>{t(($) => $.sync.stop.hereHint)}</p>
            {overview.code === null ? (
              <Button kind="secondary" icon={CircleStop} onClick={() => setAsked('here')}>
                {t(($) => $.sync.stop.here)}
              </Button>
            ) : (
              <>
                <Notice kind="attention">{t(($) => $.sync.stop.hereCode)}</Notice>
                <Link href={to('code')} className={buttonClass('secondary')}>
                  {t(($) => $.sync.remind.show)}
                </Link>
              </>
            )}
          </section>
        </>
      )}
      <FailureNotice failure={stopping.failure ?? leaving.failure} />
      <section className={`${card.card} ${lines.roomy}`}>
        <h2>{t(($) => $.sync.stop.otherTitle)}</h2>
        <p>{t(($) => $.sync.stop.otherHint)}</p>
        <Link href={to('delete')} className={buttonClass('secondary')}>
          <KeyRound aria-hidden="true" />
          {t(($) => $.sync.stop.other)}
        </Link>
      </section>
      {asked === 'server' && (
        <ConfirmDialog
          question={t(($) => $.sync.stop.serverAsk)}
          yes={t(($) => $.sync.stop.serverYes)}
          no={t(($) => $.sync.stop.serverNo)}
          exitWords={t(($) => $.nav.quickExit)}
          onYes={() => void stop()}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'here' && (
        <ConfirmDialog
          question={t(($) => $.sync.stop.hereAsk)}
          yes={t(($) => $.sync.stop.hereYes)}
          no={t(($) => $.sync.stop.hereNo)}
          exitWords={t(($) => $.nav.quickExit)}
          onYes={() => void stopHere()}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** The copy is on its way out; nothing else can be done until that is proved. */
export function Withdrawing({ sync, language }: { sync: Sync; language: Language }) {
  const { t } = useTranslation();
  const leaving = useAction<StorageError>(sync);
  const stopping = useAction<SyncError>(sync);
  // The server knows no such code: it cannot prove anything, and asking again for ever helps nobody.
  const isUnknown = sync.overview?.problem?.type === 'NotAuthorised';
  return (
    <>
      <SyncLine sync={sync} language={language} />
      <Notice>{t(($) => $.sync.stop.serverHint)}</Notice>
      {isUnknown && (
        <Notice kind="problem">
          <p>{t(($) => $.sync.errors.NotAuthorised)}</p>
          <Button kind="secondary" onClick={() => void leaving.run((client) => client.stopHere())}>
            {t(($) => $.sync.stop.here)}
          </Button>
          <FailureNotice failure={leaving.failure} />
        </Notice>
      )}
      <Button
        kind="secondary"
        disabled={stopping.isBusy}
        onClick={() => void stopping.run((client) => client.stop())}
      >
        {t(($) => $.sync.tryNow)}
      </Button>
      <FailureNotice failure={stopping.failure} />
    </>
  );
}
