import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { StorageError } from '#data/storageError.ts';
import type { SyncProblem } from '#data/syncState.ts';
import { ok } from '#lib/result.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { SyncError } from '#sync/client.ts';
import { CONSENT_TEXT } from './ConsentText.tsx';
import { EnrolForm } from './EnrolForm.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { failureText } from './failureText.ts';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';

interface ProblemPartProps {
  sync: Sync;
  problem: SyncProblem;
  /** Where one stops saving on this phone. */
  stop: string;
}

/** Why saving does not go on, and every way out there is. */
export function ProblemPart({ sync, problem, stop }: ProblemPartProps) {
  const { t } = useTranslation();
  const leaving = useAction<StorageError>(sync);
  switch (problem.type) {
    // The line says it, and it goes on by itself.
    case 'Offline':
      return null;
    case 'EnrolNeeded':
      return <EnrolPart sync={sync} />;
    case 'NotAuthorised':
      return (
        <Notice kind="problem">
          <p>{failureText(t, problem)}</p>
          <TryNow sync={sync} />
          <Button kind="secondary" onClick={() => void leaving.run((client) => client.stopHere())}>
            {t(($) => $.sync.fix.startAgain)}
          </Button>
          <Link href={stop} className={buttonClass('quiet')}>
            {t(($) => $.sync.stop.title)}
          </Link>
          <FailureNotice failure={leaving.failure} />
        </Notice>
      );
    case 'Refused':
    case 'Full':
      return <Notice kind="attention">{failureText(t, problem)}</Notice>;
    case 'Busy':
    case 'NotAllowed':
    case 'BadAnswer':
    case 'AppTooOld':
    case 'Storage':
      return <PlainProblem sync={sync} problem={problem} />;
  }
}

/** Only the words, and a try: all there is to do about most problems, and about every problem of a family copy. */
export function PlainProblem({ sync, problem }: { sync: Sync; problem: SyncProblem }) {
  const { t } = useTranslation();
  const isMild = ['Busy', 'NotAllowed', 'AppTooOld'].includes(problem.type);
  return (
    <Notice kind={isMild ? 'attention' : 'problem'}>
      <p>{failureText(t, problem)}</p>
      {problem.type === 'AppTooOld' ? (
        <Button kind="secondary" onClick={() => location.reload()}>
          {t(($) => $.sync.fix.update)}
        </Button>
      ) : (
        <TryNow sync={sync} />
      )}
    </Notice>
  );
}

function TryNow({ sync }: { sync: Sync }) {
  const { t } = useTranslation();
  const trying = useAction<never>(sync);
  return (
    <>
      <Button
        kind="secondary"
        disabled={trying.isBusy}
        onClick={() => void trying.run(async (client) => ok(await client.syncNow()))}
      >
        {t(($) => $.sync.tryNow)}
      </Button>
      <FailureNotice failure={trying.failure} />
    </>
  );
}

/** The operator wants a word before the first copy: the same yes again, with it. */
function EnrolPart({ sync }: { sync: Sync }) {
  const sending = useAction<SyncError | StorageError>(sync);
  const { overview } = sync;
  if (!overview) return null;
  const { choice, wifiOnly } = overview;
  return (
    <>
      <EnrolForm
        isBusy={sending.isBusy}
        onSend={(enrol) =>
          void sending.run((client) => client.agree({ choice, wifiOnly, text: CONSENT_TEXT, enrol }))
        }
      />
      <FailureNotice failure={sending.failure} />
    </>
  );
}
