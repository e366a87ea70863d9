import { useTranslation } from 'react-i18next';
import { type Pack, type Right, sourcesOf } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import { SourceList } from '#ui/SourceList.tsx';
import styles from './RightScreen.module.css';

/** The law in its own words, the pages a right rests on, and how sure it is. */
export function RightSources({ right, pack }: { right: Right; pack: Pack }) {
  const { t } = useTranslation();
  const { language } = pack;
  return (
    <details className={styles.sources} lang={language}>
      <summary>{t(($) => $.facts.sources)}</summary>
      {right.laws.length > 0 && (
        <ul className={styles.laws}>
          {right.laws.map((law) => (
            <li key={law.name + law.plain}>
              {law.language !== language && (
                <>
                  {law.name}
                  {law.plain && <>, {t(($) => $.facts.article, { number: law.plain })}</>}
                </>
              )}
              <span className={law.language === language ? undefined : styles.official} lang={law.language}>
                {law.official} {law.article}
              </span>
            </li>
          ))}
        </ul>
      )}
      <SourceList sources={sourcesOf(pack, right)} />
      <p>{t(($) => $.facts.checkedOn, { day: formatDay(right.checkedOn, language) })}</p>
      {right.singleSource && <p>{t(($) => $.facts.oneSource)}</p>}
      {right.older && <p>{t(($) => $.facts.older)}</p>}
      <p>{t(($) => $.rights.legal)}</p>
    </details>
  );
}
