import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '#content/pack.ts';
import { type CardFields, getCard, saveCard } from '#data/cards.ts';
import type { Database } from '#data/database.ts';
import { Choice, Field } from '#ui/Field.tsx';
import { Notice } from '#ui/Notice.tsx';
import { useDraft } from '#ui/useDraft.ts';
import styles from './CardScreen.module.css';

const BLOOD_GROUPS = ['A+', 'A−', 'B+', 'B−', 'AB+', 'AB−', 'O+', 'O−'];

interface CardBlankProps {
  db: Database;
  card: Card;
}

/** What the worker adds to a card by hand, large for the reader; saved as it is typed. */
export function CardBlank({ db, card }: CardBlankProps) {
  const [opened, setOpened] = useState<CardFields | null>(null);
  useEffect(() => {
    let current = true;
    void getCard(db, card.id).then((fields) => current && setOpened(fields));
    return () => {
      current = false;
    };
  }, [card.id, db]);
  return opened && <Blank db={db} card={card} opened={opened} />;
}

function Blank({ db, card, opened }: CardBlankProps & { opened: CardFields }) {
  const { t, i18n } = useTranslation();
  const { draft, change, problem } = useDraft(opened, (next, before) => saveCard(db, card.id, next, before));
  const { blank } = card;
  if (!blank) return null;
  const words = draft.words ?? '';
  return (
    <div className={styles.blank} lang={i18n.language}>
      {words && <p className={styles.filled}>{words}</p>}
      {blank === 'blood-group' ? (
        <Choice
          label={t(($) => $.cards.blank[blank])}
          hint={t(($) => $.cards.blankHint)}
          options={BLOOD_GROUPS.map((value) => ({ value, label: value }))}
          value={draft.words}
          onChange={(value) => change({ words: value })}
        />
      ) : (
        <Field label={t(($) => $.cards.blank[blank])} hint={t(($) => $.cards.blankHint)}>
          {(control) => (
            <input
              {...control}
              value={words}
              type={blank === 'phone' ? 'tel' : 'text'}
              inputMode={blank === 'money' ? 'decimal' : undefined}
              autoComplete="off"
              onChange={({ target }) => change({ words: target.value || null })}
            />
          )}
        </Field>
      )}
      {problem && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[problem.type])}
        </Notice>
      )}
    </div>
  );
}
