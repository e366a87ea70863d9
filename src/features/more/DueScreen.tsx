import { useTranslation } from 'react-i18next';
import { isOverdue, type Pack, sourcesOf } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import card from '#ui/Card.module.css';
import { SourceList } from '#ui/SourceList.tsx';
import styles from './DueScreen.module.css';

/** For maintainers: every fact of a country by the day of its next check, with the pages to open. */
export function DueScreen({ pack, today }: { pack: Pack; today: string }) {
  const { t } = useTranslation();
  const named = [
    ...pack.contacts.map((fact) => ({ fact, title: fact.name })),
    ...pack.homeContacts.map((fact) => ({ fact, title: fact.name })),
    ...pack.instruments.map((fact) => ({ fact, title: fact.name })),
    ...[...pack.rights, ...pack.paths, ...pack.checklist, ...pack.situations].map((fact) => ({
      fact,
      title: fact.title,
    })),
  ].toSorted((a, b) => a.fact.due.localeCompare(b.fact.due));
  const days = [...new Set(named.map(({ fact }) => fact.due))];
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
            {named
              .filter(({ fact }) => fact.due === due)
              .map(({ fact, title }) => (
                <li key={`${fact.id}/${title}`}>
                  <details className={card.card}>
                    <summary lang={fact.textLanguage}>{title}</summary>
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
