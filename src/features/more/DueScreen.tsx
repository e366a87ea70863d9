import { useTranslation } from 'react-i18next';
import { factsOf, isOverdue, type Pack, sourcesOf } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import card from '#ui/Card.module.css';
import { SourceList } from '#ui/SourceList.tsx';
import styles from './DueScreen.module.css';

/** For maintainers: every fact of a country by the day of its next check, with the pages to open. */
export function DueScreen({ pack, today }: { pack: Pack; today: string }) {
  const { t } = useTranslation();
  const facts = factsOf(pack).toSorted((a, b) => a.due.localeCompare(b.due));
  const days = [...new Set(facts.map((fact) => fact.due))];
  return (
    <>
      <p>{t(($) => $.due.intro)}</p>
      {days.map((due) => (
        <section key={due} className={card.stack}>
          <h2>
            {t(($) => $.due.on, { day: formatDay(due, pack.language) })}{' '}
            {isOverdue({ due }, today) && <mark className={styles.overdue}>{t(($) => $.due.overdue)}</mark>}
          </h2>
          <ul className={card.stack}>
            {facts
              .filter((fact) => fact.due === due)
              .map((fact) => (
                <li key={`${fact.id}/${titleOf(fact)}`}>
                  <details className={card.card}>
                    <summary lang={fact.textLanguage}>{titleOf(fact)}</summary>
                    <p lang="en">{fact.id}</p>
                    <p>{t(($) => $.facts.checkedOn, { day: formatDay(fact.checkedOn, pack.language) })}</p>
                    <SourceList sources={sourcesOf(pack, fact)} />
                  </details>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function titleOf(fact: { title: string } | { name: string }): string {
  return 'title' in fact ? fact.title : fact.name;
}
