import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import type { FamilyEntry } from '#data/family.ts';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { dayOf } from '#lib/day.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { FamilyPhoto } from './FamilyPhoto.tsx';
import styles from './FamilyNodePart.module.css';
import type { FamilyNode } from './familyTree.ts';
import { fieldWord, filledFields, valueText } from './fieldWords.ts';

/** What belongs to an agency, besides receipts. */
const KINDS = ['agencyPeople', 'promises', 'payments'] as const;

interface FamilyNodePartProps {
  db: Database;
  node: FamilyNode;
  language: Language;
  titleOf: (entry: FamilyEntry) => string | null;
  onRemove: (entry: FamilyEntry) => void;
}

/** One entry of the family copy: its fields, its photos, and what belongs to it. */
export function FamilyNodePart(props: FamilyNodePartProps) {
  const { db, node, language, titleOf, onRemove } = props;
  const { t } = useTranslation();
  const { entry, children } = node;
  const photos = children.filter(isPhoto);
  return (
    <article className={`${card.card} ${styles.entry}`} data-deleted={entry.removedAt !== null}>
      {isPhoto(node) ? (
        <FamilyPhoto db={db} photoId={photoOf(entry)} />
      ) : (
        <h3>{titleOf(entry) ?? ownTitle(entry) ?? t(($) => $.agency.nothingYet)}</h3>
      )}
      {entry.removedAt !== null && (
        <div className={styles.deleted}>
          <strong>
            {t(($) => $.sync.view.deletedOn, { day: formatDay(dayOf(entry.removedAt), language) })}
          </strong>
          <Button kind="quiet" icon={Trash2} onClick={() => onRemove(entry)}>
            {t(($) => $.sync.view.remove)}
          </Button>
        </div>
      )}
      <FieldList entry={entry} language={language} />
      {photos.some(({ entry: photo }) => photo.removedAt === null) && (
        <ul className={styles.photos}>
          {photos
            .filter(({ entry: photo }) => photo.removedAt === null)
            .map(({ entry: photo }) => (
              <li key={photo.id}>
                <FamilyPhoto db={db} photoId={photoOf(photo)} />
              </li>
            ))}
        </ul>
      )}
      {photos
        .filter(({ entry: photo }) => photo.removedAt !== null)
        .map((child) => (
          <FamilyNodePart key={child.entry.id} {...props} node={child} />
        ))}
      {KINDS.filter((kind) => children.some((child) => child.entry.collection === kind)).map((kind) => (
        <section key={kind} className={card.stack}>
          <h4 className={styles.kind}>{t(($) => $.agency[kind === 'agencyPeople' ? 'people' : kind])}</h4>
          {children
            .filter((child) => child.entry.collection === kind)
            .map((child) => (
              <FamilyNodePart key={child.entry.id} {...props} node={child} />
            ))}
        </section>
      ))}
    </article>
  );
}

/** What is filled in, except for what stands above as the name. */
function FieldList({ entry, language }: { entry: FamilyEntry; language: Language }) {
  const { t } = useTranslation();
  const { collection, values } = entry;
  const title = ownTitle(entry);
  const fields = filledFields(collection, values).filter((field) => values[field] !== title);
  if (fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map((field) => (
        <div key={field}>
          <dt>{fieldWord(t, collection, field)}</dt>
          <dd>{valueText(t, field, values[field] ?? null, values, language)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The name of an entry among its own fields. */
function ownTitle({ values }: FamilyEntry): string | null {
  const name = values['employer'] ?? values['name'] ?? values['text'] ?? values['purpose'];
  return typeof name === 'string' ? name : null;
}

function isPhoto({ entry }: FamilyNode): boolean {
  return entry.collection === 'pages' || entry.collection === 'receipts';
}

function photoOf({ values }: FamilyEntry): string | null {
  return typeof values['photoId'] === 'string' ? values['photoId'] : null;
}
