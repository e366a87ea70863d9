import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Language } from '#i18n/languages.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx';
import type { SyncError } from '#sync/client.ts';
import { FailureNotice } from './FailureNotice.tsx';
import lines from './Lines.module.css';
import { StopHere } from './StopHere.tsx';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';
import { Withdrawing } from './Withdrawing.tsx';

interface StopScreenProps {
  sync: Sync;
  language: Language;
  to: (page: string) => string;
  onStopped: () => void;
}

/** Two ways to end it, far apart in what they do: the copy on the server goes, or only this phone stops. */
export function StopScreen({ sync, language, to, onStopped }: StopScreenProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const stopping = useAction<SyncError>(sync);
  const { overview } = sync;
  const stop = async (): Promise<void> => {
    if (await stopping.run((client) => client.stop())) onStopped();
  };
  if (!overview) return null;
  if (overview.phase === 'withdrawing') {
    return <Withdrawing sync={sync} language={language} code={to('code')} onStopped={onStopped} />;
  }
  return (
    <>
      {overview.phase !== 'off' && (
        <>
          <section className={`${card.card} ${lines.roomy}`}>
            <h2>{t(($) => $.sync.stop.serverTitle)}</h2>
            <p>{t(($) => $.sync.stop.serverHint)}</p>
            <p>{t(($) => $.sync.stop.serverOthers)}</p>
            <p>{t(($) => $.sync.consent.backups)}</p>
            <Button kind="danger" icon={Trash2} disabled={stopping.isBusy} onClick={() => setAsking(true)}>
              {stopping.isBusy ? t(($) => $.sync.delete.working) : t(($) => $.sync.stop.server)}
            </Button>
          </section>
          <StopHere sync={sync} code={to('code')} onStopped={onStopped} />
        </>
      )}
      <FailureNotice failure={stopping.failure} />
      <section className={`${card.card} ${lines.roomy}`}>
        <h2>{t(($) => $.sync.stop.otherTitle)}</h2>
        <p>{t(($) => $.sync.stop.otherHint)}</p>
        <Link href={to('delete')} className={buttonClass('secondary')}>
          <KeyRound aria-hidden="true" />
          {t(($) => $.sync.stop.other)}
        </Link>
      </section>
      {isAsking && (
        <ConfirmDialog
          question={t(($) => $.sync.stop.serverAsk)}
          yes={t(($) => $.sync.stop.serverYes)}
          no={t(($) => $.sync.stop.serverNo)}
          exitWords={t(($) => $.nav.quickExit)}
          onYes={() => void stop()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
