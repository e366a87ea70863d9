import { EVERYTHING_CHOSEN } from '#data/choice.ts';
import { CloudUpload, Smartphone } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageError } from '#data/storageError.ts';
import type { ChoiceSizes } from '#data/syncQueries.ts';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { SyncError } from '#sync/client.ts';
import { ChoiceFields } from './ChoiceFields.tsx';
import styles from './ConsentScreen.module.css';
import { CONSENT_TEXT, ConsentText } from './ConsentText.tsx';
import { EnrolForm } from './EnrolForm.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import type { Sync } from './startSync.ts';
import { hasGroup } from './status.ts';
import { useAction } from './useAction.ts';

interface ConsentScreenProps {
  sync: Sync;
  sizes: ChoiceSizes | undefined;
  /** The words changed since the worker agreed. */
  isAgain: boolean;
  language: string;
  /** With the yes: the code comes next. */
  onAgreed: () => void;
  onRefused: () => void;
}

/** The one question before anything leaves the phone. Yes and no weigh the same. */
export function ConsentScreen({ sync, sizes, isAgain, language, onAgreed, onRefused }: ConsentScreenProps) {
  const { t } = useTranslation();
  const question = useId();
  const [choice, setChoice] = useState(isAgain && sync.overview ? sync.overview.choice : EVERYTHING_CHOSEN);
  const [wifiOnly, setWifiOnly] = useState(sync.overview?.wifiOnly ?? true);
  const [isEmpty, setEmpty] = useState(false);
  const action = useAction<SyncError | StorageError>(sync);

  const agree = async (enrol?: string): Promise<void> => {
    setEmpty(!hasGroup(choice));
    if (!hasGroup(choice)) return;
    const done = await action.run<unknown>((client) =>
      isAgain
        ? client.agreeAgain(CONSENT_TEXT)
        : client.agree({ choice, wifiOnly, text: CONSENT_TEXT, ...(enrol ? { enrol } : {}) }),
    );
    if (done) onAgreed();
  };

  return (
    <>
      {isAgain && <Notice kind="attention">{t(($) => $.sync.consent.again)}</Notice>}
      <ConsentText language={language} />
      {!isAgain && (
        <ChoiceFields
          choice={choice}
          wifiOnly={wifiOnly}
          sizes={sizes}
          onChoice={(change) => {
            setChoice((before) => ({ ...before, ...change }));
            setEmpty(false);
          }}
          onWifiOnly={setWifiOnly}
        />
      )}
      {isEmpty && (
        <Notice kind="problem" role="alert">
          {t(($) => $.sync.consent.nothing)}
        </Notice>
      )}
      {action.failure?.type === 'EnrolNeeded' ? (
        <>
          <EnrolForm isBusy={action.isBusy} onSend={(word) => void agree(word)} />
          <Button kind="secondary" icon={Smartphone} onClick={onRefused}>
            {t(($) => $.sync.consent.no)}
          </Button>
        </>
      ) : (
        <>
          <FailureNotice failure={action.failure} />
          <section aria-labelledby={question} className={styles.question}>
            <h2 id={question}>{t(($) => $.sync.consent.question)}</h2>
            <div className={styles.answers}>
              <button
                type="button"
                className={styles.answer}
                disabled={action.isBusy}
                onClick={() => void agree()}
              >
                <CloudUpload aria-hidden="true" />
                {action.isBusy
                  ? t(($) => $.sync.consent.working)
                  : isAgain
                    ? t(($) => $.sync.consent.goOn)
                    : t(($) => $.sync.consent.yes)}
              </button>
              <button type="button" className={styles.answer} disabled={action.isBusy} onClick={onRefused}>
                <Smartphone aria-hidden="true" />
                {isAgain ? t(($) => $.sync.consent.noMore) : t(($) => $.sync.consent.no)}
              </button>
            </div>
          </section>
        </>
      )}
    </>
  );
}
