import { Check, Eye, Plus, Undo2 } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '#i18n/languages.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import type { OtherCode, SyncError } from '#sync/client.ts';
import { CodeActions } from './CodeActions.tsx';
import { CodeSheet } from './CodeSheet.tsx';
import lines from './Lines.module.css';
import { FailureNotice } from './FailureNotice.tsx';
import { FamilyCodeList } from './FamilyCodeList.tsx';
import { FamilyNameForm } from './FamilyNameForm.tsx';
import print from './print.module.css';
import { StepHeading } from './StepHeading.tsx';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';

interface FamilyCodesScreenProps {
  sync: Sync;
  language: Language;
  today: string;
}

interface Made {
  readonly name: string;
  readonly digits: string;
}

/** Who else can read the copy: give somebody a code that only reads, or take it away again. */
export function FamilyCodesScreen({ sync, language, today }: FamilyCodesScreenProps) {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<readonly OtherCode[] | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const asking = useAction<SyncError>(sync);
  const adding = useAction<SyncError>(sync);
  const taking = useAction<SyncError>(sync);

  const refresh = async (): Promise<void> => {
    const answer = await asking.run((client) => client.otherCodes());
    if (answer) setCodes(answer.value);
  };
  const askFirst = useEffectEvent(refresh);
  useEffect(() => {
    // Later in the same moment: an effect only starts the work.
    void Promise.resolve().then(() => askFirst());
  }, []);

  const add = async (name: string): Promise<void> => {
    const answer = await adding.run((client) => client.addFamily(name));
    if (!answer) return;
    setMade({ name, digits: answer.value.digits });
    setAdding(false);
    await refresh();
  };
  const takeAway = async (cid: string): Promise<void> => {
    await taking.run((client) => client.takeAway(cid));
    await refresh();
  };

  if (made) return <MadeCode made={made} language={language} today={today} onDone={() => setMade(null)} />;
  return (
    <>
      <ul className={lines.lines}>
        <li>
          <Eye aria-hidden="true" />
          <span>{t(($) => $.sync.family.intro)}</span>
        </li>
        <li>
          <Undo2 aria-hidden="true" />
          <span>{t(($) => $.sync.family.keeps)}</span>
        </li>
      </ul>
      {codes === null && asking.failure === null && <p role="status">{t(($) => $.sync.family.loading)}</p>}
      <FailureNotice failure={asking.failure}>
        <Button kind="secondary" onClick={() => void refresh()}>
          {t(($) => $.sync.tryNow)}
        </Button>
      </FailureNotice>
      <FailureNotice failure={taking.failure} />
      {codes && (
        <FamilyCodeList codes={codes} isBusy={taking.isBusy} onTakeAway={(cid) => void takeAway(cid)} />
      )}
      {isAdding ? (
        <section className={card.card}>
          <FamilyNameForm isBusy={adding.isBusy} onName={(name) => void add(name)} />
          <FailureNotice failure={adding.failure} />
        </section>
      ) : (
        <Button icon={Plus} onClick={() => setAdding(true)}>
          {t(($) => $.sync.family.add)}
        </Button>
      )}
    </>
  );
}

interface MadeCodeProps {
  made: Made;
  language: Language;
  today: string;
  onDone: () => void;
}

function MadeCode({ made, language, today, onDone }: MadeCodeProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={print.screenOnly}>
        <StepHeading>{t(($) => $.sync.family.give, { name: made.name })}</StepHeading>
      </div>
      <CodeSheet digits={made.digits} language={language} today={today} />
      <div className={`${card.stack} ${print.screenOnly}`}>
        <CodeActions digits={made.digits} language={language} today={today} />
        <p>{t(($) => $.sync.family.how)}</p>
        <Button icon={Check} onClick={onDone}>
          {t(($) => $.sync.family.given)}
        </Button>
      </div>
    </>
  );
}
