import { useTranslation } from 'react-i18next';
import type { Language } from '#i18n/languages.ts';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { SyncError } from '#sync/client.ts';
import { FailureNotice } from './FailureNotice.tsx';
import { StopHere } from './StopHere.tsx';
import { SyncLine } from './SyncLine.tsx';
import { type Sync, useActivity } from './startSync.ts';
import { mayLeaveBehind } from './status.ts';
import { useAction } from './useAction.ts';

interface WithdrawingProps {
  sync: Sync;
  language: Language;
  /** Where the code is shown. */
  code: string;
  onStopped: () => void;
}

/** The copy is on its way out; nothing else can be done until that is proved, or the worker gives it up. */
export function Withdrawing({ sync, language, code, onStopped }: WithdrawingProps) {
  const { t } = useTranslation();
  const stopping = useAction<SyncError>(sync);
  const isWorking = useActivity(sync.client) === 'working' || stopping.isBusy;
  const problem = sync.overview?.problem ?? null;
  // The line says that there is no network.
  const lasting = problem?.type === 'Offline' ? null : problem;
  const stop = async (): Promise<void> => {
    if (await stopping.run((client) => client.stop())) onStopped();
  };
  return (
    <>
      <SyncLine sync={sync} language={language} />
      <Notice>{t(($) => $.sync.stop.serverHint)}</Notice>
      <FailureNotice failure={stopping.failure ?? lasting} />
      <Button kind="secondary" disabled={isWorking} onClick={() => void stop()}>
        {isWorking ? t(($) => $.sync.delete.working) : t(($) => $.sync.tryNow)}
      </Button>
      {mayLeaveBehind(problem, stopping.failure !== null) && (
        <StopHere sync={sync} code={code} onStopped={onStopped} />
      )}
    </>
  );
}
