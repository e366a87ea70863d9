import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type ChecklistItem, contactsById, type Pack, sourcesOf } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { CallLines } from '#ui/CallLine.tsx';
import card from '#ui/Card.module.css';
import { Field } from '#ui/Field.tsx';
import { SourceList } from '#ui/SourceList.tsx';
import styles from './ChecklistEntry.module.css';

/** What the worker noted for one item; days are `YYYY-MM-DD`. */
export interface Mark {
  done: boolean;
  doneOn: string | null;
  date: string | null;
  note: string | null;
}

interface ChecklistEntryProps {
  item: ChecklistItem;
  pack: Pack;
  mark: Mark | undefined;
  /** Saves a change; answers whether it is saved. */
  onChange: ((change: Partial<Mark>) => Promise<boolean>) | undefined;
}

/** One thing to do: tick it, or open it to see why, how, and what if not. */
export function ChecklistEntry({ item, pack, mark, onChange }: ChecklistEntryProps) {
  const { t } = useTranslation();
  const id = useId();
  const saved = mark?.done ?? false;
  // Shown at once under the thumb, until the saved mark says the same or saving has failed.
  const [tick, setTick] = useState<boolean | null>(null);
  if (tick === saved) setTick(null);
  const done = tick ?? saved;
  const change = async (value: boolean): Promise<void> => {
    setTick(value);
    if (!(await onChange?.({ done: value }))) setTick(null);
  };
  return (
    <article className={`${card.card} ${done ? styles.done : ''}`} lang={item.textLanguage}>
      <label className={styles.head}>
        <input
          type="checkbox"
          checked={done}
          disabled={!onChange}
          onChange={(event) => void change(event.target.checked)}
          aria-describedby={`${id}-why`}
        />
        <strong>{item.title}</strong>
      </label>
      <p id={`${id}-why`}>{item.why}</p>
      {done && mark?.doneOn && (
        <p className={card.soft} lang={pack.language}>
          {t(($) => $.checklist.doneOn, { day: formatDay(mark.doneOn, pack.language) })}
        </p>
      )}
      <details className={styles.details}>
        <summary lang={pack.language}>{t(($) => $.checklist.how)}</summary>
        <p>{item.how}</p>
        <p>
          <strong lang={pack.language}>{t(($) => $.checklist.otherwise)}: </strong>
          {item.otherwise}
        </p>
        {item.right && (
          <Link
            href={pathTo(pack.language, pack.country, 'rights', item.right)}
            className={styles.more}
            lang={pack.language}
          >
            {t(($) => $.checklist.readMore)}
          </Link>
        )}
        <CallLines
          contacts={contactsById(pack, item.contacts)}
          callWords={(name) => t(($) => $.help.call, { name })}
          insideWords={t(($) => $.help.insideCambodia)}
          verifyWords={t(($) => $.help.verifyFirst)}
        />
        {onChange && <OwnNotes mark={mark} onChange={onChange} language={pack.language} />}
        <SourceList sources={sourcesOf(pack, item)} />
      </details>
    </article>
  );
}

function OwnNotes({
  mark,
  onChange,
  language,
}: {
  mark: Mark | undefined;
  onChange: (change: Partial<Mark>) => Promise<boolean>;
  language: Language;
}) {
  const { t } = useTranslation();
  // The draft stays here while the worker types, so that a slow save never takes letters away.
  const [note, setNote] = useState(mark?.note ?? '');
  return (
    <div className={card.stack} lang={language}>
      <Field
        label={t(($) => $.checklist.date)}
        // The browser prints the day in the phone's own way; here it stands in the worker's language.
        hint={mark?.date ? formatDay(mark.date, language, { weekday: true, bothYears: true }) : undefined}
      >
        {(control) => (
          <input
            {...control}
            type="date"
            value={mark?.date ?? ''}
            onChange={(event) => void onChange({ date: event.target.value || null })}
          />
        )}
      </Field>
      <Field label={t(($) => $.checklist.note)}>
        {(control) => (
          <textarea
            {...control}
            value={note}
            onChange={(event) => {
              setNote(event.target.value);
              void onChange({ note: event.target.value || null });
            }}
          />
        )}
      </Field>
    </div>
  );
}
