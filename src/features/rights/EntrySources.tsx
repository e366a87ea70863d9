import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Fact, type LawRef, type Pack, sourcesOf } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import { pathTo } from '#i18n/paths.ts';
import { LawList } from '#ui/LawList.tsx';
import { SourceList } from '#ui/SourceList.tsx';
import styles from './Entry.module.css';

interface EntrySourcesProps {
  entry: Fact & { laws: LawRef[] };
  /** Ids of the promises between countries on which the entry rests. */
  instruments: string[];
  pack: Pack;
}

/** The law in its own words, the pages an entry rests on, and how sure it is. */
export function EntrySources({ entry, instruments, pack }: EntrySourcesProps) {
  const { t } = useTranslation();
  const { language, country } = pack;
  const promised = pack.instruments.filter(({ id }) => instruments.includes(id));
  return (
    <details className={styles.sources} lang={language}>
      <summary>{t(($) => $.facts.sources)}</summary>
      <LawList
        laws={entry.laws}
        language={language}
        articleWords={(number) => t(($) => $.facts.article, { number })}
      />
      {promised.length > 0 && (
        <>
          <p>{t(($) => $.rights.restsOn)}</p>
          <ul>
            {promised.map(({ id, name, year, textLanguage }) => (
              <li key={id}>
                <Link href={`${pathTo(language, country, 'promises')}#${id}`} lang={textLanguage}>
                  {name} ({year})
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <SourceList sources={sourcesOf(pack, entry)} />
      <p>{t(($) => $.facts.checkedOn, { day: formatDay(entry.checkedOn, language) })}</p>
      {entry.singleSource && <p>{t(($) => $.facts.oneSource)}</p>}
      {entry.older && <p>{t(($) => $.facts.older)}</p>}
      <p>{t(($) => $.rights.legal)}</p>
    </details>
  );
}
