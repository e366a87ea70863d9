import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { SyncError } from '#sync/client.ts';
import { CodeEntry, type EntryStep } from './CodeEntry.tsx';
import { emptyGroups } from './codeGroups.ts';
import { FailureNotice } from './FailureNotice.tsx';
import { StepHeading } from './StepHeading.tsx';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';
import { useStep } from './useStep.ts';

/** Deletes the copy of a phone that is lost or taken, from any phone, with its code. */
export function DeleteScreen({ sync }: { sync: Sync }) {
  const { t } = useTranslation();
  const { step, go, back } = useStep<EntryStep | 'done'>('ways');
  const [groups, setGroups] = useState(emptyGroups);
  const [digits, setDigits] = useState<string | null>(null);
  const [isDone, setDone] = useState(false);
  const deleting = useAction<SyncError>(sync);

  const remove = async (code: string): Promise<void> => {
    const done = await deleting.run((client) => client.stopWithCode(code));
    if (done) {
      setDone(true);
      go('done', true);
    } else if (step === 'scan') back();
  };

  if (step === 'done' && isDone) {
    return (
      <>
        <StepHeading>{t(($) => $.sync.delete.title)}</StepHeading>
        <Notice kind="good" role="status">
          {t(($) => $.sync.delete.done)}
        </Notice>
      </>
    );
  }
  if (deleting.isBusy) return <p role="status">{t(($) => $.sync.delete.working)}</p>;
  return (
    <>
      {step === 'ways' && <p>{t(($) => $.sync.delete.intro)}</p>}
      <FailureNotice failure={deleting.failure} />
      {/* While the question stands, the camera rests. */}
      {!(digits && step === 'scan') && (
        <CodeEntry
          step={step === 'scan' || step === 'type' ? step : 'ways'}
          onStep={go}
          groups={groups}
          onGroups={(typed) => {
            deleting.forget();
            setGroups(typed);
          }}
          onCode={setDigits}
        />
      )}
      {digits && (
        <ConfirmDialog
          question={t(($) => $.sync.delete.ask)}
          yes={t(($) => $.sync.stop.serverYes)}
          no={t(($) => $.sync.stop.serverNo)}
          exitWords={t(($) => $.nav.quickExit)}
          onYes={() => void remove(digits)}
          onClose={() => setDigits(null)}
        />
      )}
    </>
  );
}
