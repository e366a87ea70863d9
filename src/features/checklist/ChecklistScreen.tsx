import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Pack, stagesOf } from '#content/pack.ts';
import { checklistWord, pathTo, type Stage } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { ChecklistEntry, type Mark } from './ChecklistEntry.tsx';
import styles from './ChecklistScreen.module.css';

interface ChecklistScreenProps {
  pack: Pack;
  stage: Stage;
  /** The worker's own marks by item; absent until the phone's own data is open. */
  marks?: Map<string, Mark>;
  onChange?: (itemId: string, change: Partial<Mark>) => Promise<boolean>;
}

/** What to do at a stage, in the order in which the worker meets it, with progress. */
export function ChecklistScreen({ pack, stage, marks, onChange }: ChecklistScreenProps) {
  const { t } = useTranslation();
  const items = pack.checklist.filter((item) => item.stage === stage);
  const done = items.filter((item) => marks?.get(item.id)?.done).length;
  const others = stagesOf(pack).filter((name) => name !== stage);
  return (
    <>
      <div className={styles.progress}>
        <p>{t(($) => $.checklist.progress, { done, total: items.length })}</p>
        <progress value={done} max={Math.max(1, items.length)} aria-label={t(($) => $.checklist.title)} />
      </div>
      {items.length > 0 && done === items.length && <p role="status">{t(($) => $.checklist.allDone)}</p>}
      <ol className={card.stack}>
        {items.map((item) => (
          <li key={item.id} id={item.id}>
            <ChecklistEntry
              item={item}
              pack={pack}
              mark={marks?.get(item.id)}
              onChange={onChange && ((change) => onChange(item.id, change))}
            />
          </li>
        ))}
      </ol>
      {others.map((name) => (
        <Link
          key={name}
          className={styles.other}
          href={pathTo(pack.language, pack.country, 'checklist', name)}
        >
          {t(($) => $.checklist[checklistWord(name, pack.country)])}
        </Link>
      ))}
    </>
  );
}
