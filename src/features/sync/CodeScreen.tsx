import { Check, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageError } from '#data/storageError.ts';
import type { Language } from '#i18n/languages.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { SyncError } from '#sync/client.ts';
import { CodeActions } from './CodeActions.tsx';
import { CodeCheck } from './CodeCheck.tsx';
import { CodeRules } from './CodeRules.tsx';
import { CodeSheet } from './CodeSheet.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import lines from './Lines.module.css';
import print from './print.module.css';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';
import { useStep } from './useStep.ts';

interface CodeScreenProps {
  sync: Sync;
  language: Language;
  today: string;
  onDone: () => void;
}

/** The recovery code: shown until two groups were typed back, and then never again. */
export function CodeScreen({ sync, language, today, onDone }: CodeScreenProps) {
  const { t } = useTranslation();
  const { step, go, back } = useStep<'show' | 'check'>('show');
  const keeping = useAction<StorageError>(sync);
  const digits = sync.overview?.code ?? null;

  const confirm = async (): Promise<void> => {
    if (await keeping.run((client) => client.confirmCode())) onDone();
  };
  const later = async (): Promise<void> => {
    if (await keeping.run((client) => client.remindLater())) onDone();
  };

  if (digits === null) return <NewCode sync={sync} />;
  if (step === 'check') {
    return (
      <>
        <CodeCheck digits={digits} isBusy={keeping.isBusy} onRight={() => void confirm()} onLook={back} />
        <FailureNotice failure={keeping.failure} />
      </>
    );
  }
  return (
    <>
      <p className={print.screenOnly}>{t(($) => $.sync.code.intro)}</p>
      <CodeSheet digits={digits} language={language} today={today} />
      <div className={`${card.stack} ${print.screenOnly}`}>
        <CodeActions digits={digits} language={language} today={today} />
        <CodeRules />
        <FailureNotice failure={keeping.failure} />
        <Button icon={Check} onClick={() => go('check')}>
          {t(($) => $.sync.code.kept)}
        </Button>
        <Button kind="quiet" disabled={keeping.isBusy} onClick={() => void later()}>
          {t(($) => $.sync.code.later)}
        </Button>
      </div>
    </>
  );
}

/** After the code was kept: it is not here any more, and another one can be made. */
function NewCode({ sync }: { sync: Sync }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const making = useAction<SyncError>(sync);
  return (
    <>
      <Notice kind="good">{t(($) => $.sync.code.notHere)}</Notice>
      <section className={`${card.card} ${lines.roomy}`}>
        <h2>{t(($) => $.sync.code.newTitle)}</h2>
        <p>{t(($) => $.sync.code.newHint)}</p>
        <p>{t(($) => $.sync.code.newOthers)}</p>
        <FailureNotice failure={making.failure} />
        <Button kind="secondary" icon={KeyRound} disabled={making.isBusy} onClick={() => setAsking(true)}>
          {making.isBusy ? t(($) => $.sync.consent.working) : t(($) => $.sync.code.new)}
        </Button>
      </section>
      {isAsking && (
        <ConfirmDialog
          question={t(($) => $.sync.code.newAsk)}
          yes={t(($) => $.sync.code.newYes)}
          no={t(($) => $.sync.code.newNo)}
          exitWords={t(($) => $.nav.quickExit)}
          // The new code comes with the overview, and stands here then.
          onYes={() => void making.run((client) => client.replaceCode())}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
