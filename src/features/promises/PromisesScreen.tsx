import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Instrument, type Pack, sourcesOf } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import { COUNTRIES } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import { SourceList } from '#ui/SourceList.tsx';
import styles from './PromisesScreen.module.css';

/** What governments have promised each other, in plain words, and which entries rest on it. */
export function PromisesScreen({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  return (
    <>
      <Notice>
        <p>{t(($) => $.promises.intro)}</p>
      </Notice>
      <ul className={card.stack}>
        {pack.instruments.map((instrument) => (
          <li key={instrument.id}>
            <Promised instrument={instrument} pack={pack} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Promised({ instrument, pack }: { instrument: Instrument; pack: Pack }) {
  const { t } = useTranslation();
  const { language, country } = pack;
  const { id, name, year, official, binding, says, limit, status, textLanguage } = instrument;
  const resting = pack.rights.filter((right) => right.instruments.includes(id));
  return (
    <details className={card.card} id={id}>
      <summary className={styles.summary}>
        <strong lang={textLanguage}>
          {name} ({year})
        </strong>
        <span className={card.soft}>
          {binding ? t(($) => $.promises.binding) : t(($) => $.promises.notBinding)}
        </span>
      </summary>
      <div className={card.stack}>
        <h3>{t(($) => $.promises.says)}</h3>
        <ul className={styles.says} lang={textLanguage}>
          {says.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p lang={textLanguage}>
          <strong>{limit}</strong>
        </p>
        {Object.keys(status).length > 0 && <h3>{t(($) => $.promises.who)}</h3>}
        <dl className={styles.who} hidden={Object.keys(status).length === 0}>
          {COUNTRIES.map((place) => {
            const state = status[place];
            return (
              <div key={place}>
                <dt>{t(($) => $.countries[place])}</dt>
                <dd>
                  {t(($) => $.promises[state?.is ?? 'unknown'])}
                  {state?.year && ` (${state.year})`}
                </dd>
              </div>
            );
          })}
        </dl>
        {resting.length > 0 && (
          <>
            <h3>{t(($) => $.promises.rests)}</h3>
            <ul className={styles.says}>
              {resting.map((right) => (
                <li key={right.id}>
                  <Link href={pathTo(language, country, 'rights', right.id)} lang={right.textLanguage}>
                    {right.title}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
        <p className={card.soft} lang="en">
          {official}
        </p>
        <SourceList sources={sourcesOf(pack, instrument)} />
        <p className={card.soft}>
          {t(($) => $.facts.checkedOn, { day: formatDay(instrument.checkedOn, language) })}
        </p>
      </div>
    </details>
  );
}
