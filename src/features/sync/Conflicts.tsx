import { useLiveQuery } from 'dexie-react-hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Conflict, listConflicts, settleConflict } from '#data/conflicts.ts';
import type { Database, EntryName } from '#data/database.ts';
import type { FieldValue } from '#data/recordState.ts';
import type { StorageError } from '#data/storageError.ts';
import type { Language } from '#i18n/languages.ts';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import styles from './Conflicts.module.css';
import { fieldWord, isAsked, valueText } from './fieldWords.ts';

/** Which entry: its collection and id. */
export interface EntryRef {
  readonly collection: EntryName;
  readonly id: string;
  /** What it is about, where its own fields do not say it. */
  readonly title?: string;
}

interface ConflictsProps {
  db: Database;
  names: readonly EntryRef[];
  language: Language;
  /** After one was settled: what stands below shows the old value until it is opened again. */
  onSettled: () => void;
}

interface Offer {
  readonly name: EntryRef;
  readonly conflict: Conflict;
  /** All that stands in the entry: an amount needs its money, which the phones may agree about. */
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** Fields that two phones filled in differently while they were apart: the worker chooses. Nothing when all agree. */
export function Conflicts({ db, names, language, onSettled }: ConflictsProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<StorageError | null>(null);
  const key = names.map(({ collection, id }) => `${collection} ${id}`).join('\n');
  // `names` is another list at every drawing; what it names stands in the key.
  const offers = useLiveQuery(async () => readOffers(db, names), [db, key]) ?? [];

  const settle = async ({ name, conflict }: Offer, value: FieldValue): Promise<void> => {
    const result = await settleConflict(db, name, conflict.field, value);
    setProblem(result.ok ? null : result.error);
    if (result.ok) onSettled();
  };

  return (
    <>
      {problem && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[problem.type])}
        </Notice>
      )}
      {offers.length > 0 && (
        <Notice kind="attention" title={t(($) => $.sync.conflicts.title)} role="status">
          <p>{t(($) => $.sync.conflicts.hint)}</p>
          <ul className={styles.offers}>
            {offers.map((offer) => (
              <li key={`${offer.name.id} ${offer.conflict.field}`}>
                <OfferPart
                  offer={offer}
                  language={language}
                  onSettle={(value) => void settle(offer, value)}
                />
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

interface OfferPartProps {
  offer: Offer;
  language: Language;
  onSettle: (value: FieldValue) => void;
}

function OfferPart({ offer, language, onSettle }: OfferPartProps) {
  const { t } = useTranslation();
  const { name, conflict, values } = offer;
  const text = (value: FieldValue): string => valueText(t, conflict.field, value, values, language);
  return (
    <div className={styles.offer}>
      {name.title && <p>{name.title}</p>}
      <p>
        {fieldWord(t, name.collection, conflict.field)}: <strong>{text(conflict.shown)}</strong>
      </p>
      {conflict.others.map((value) => (
        <p key={String(value)}>{t(($) => $.sync.conflicts.other, { value: text(value) })}</p>
      ))}
      <div className={styles.answers}>
        {conflict.others.map((value) => (
          <Button key={String(value)} kind="secondary" onClick={() => onSettle(value)}>
            {t(($) => $.sync.conflicts.take, { value: text(value) })}
          </Button>
        ))}
        <Button kind="secondary" onClick={() => onSettle(conflict.shown)}>
          {t(($) => $.sync.conflicts.keep, { value: text(conflict.shown) })}
        </Button>
      </div>
    </div>
  );
}

async function readOffers(db: Database, names: readonly EntryRef[]): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (const name of names) {
    const conflicts = (await listConflicts(db, name)).filter(({ field }) => isAsked(field));
    const values = (await db[name.collection].get(name.id)) ?? {};
    offers.push(...conflicts.map((conflict) => ({ name, conflict, values })));
  }
  return offers;
}
