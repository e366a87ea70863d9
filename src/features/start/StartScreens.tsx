import { ArrowRight, Lock, MapPin, Plane, Presentation, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COUNTRIES, type Country, LANGUAGE_NAMES, LANGUAGES, type Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { Flag } from '#ui/Flag.tsx';
import { Krama } from '#ui/Krama.tsx';
import { useScripting } from '#ui/useScripting.ts';
import styles from './StartScreens.module.css';

interface LanguagesScreenProps {
  /** What was chosen before on this phone, if anything; read after the first paint. */
  last: () => { language: Language; country: Country } | null;
}

/** The first screen: one tap on one's own script. Drawn in no language, so that nobody has to read. */
export function LanguagesScreen({ last }: LanguagesScreenProps) {
  const isTaken = useScripting();
  const choice = isTaken ? last() : null;
  return (
    <>
      <header className={styles.hero}>
        <h1>
          <span lang="km">មិត្ត</span> · Mitra
        </h1>
        <p className={styles.heroText}>
          <span lang="km">ជ្រើសភាសា</span> · <span lang="th">เลือกภาษา</span> · <span lang="ko">언어</span> ·{' '}
          <span lang="ms">Bahasa</span>
        </p>
      </header>
      <Krama />
      <main className={styles.page}>
        {choice && (
          <Link
            className={`${styles.tile} ${styles.last}`}
            href={pathTo(choice.language, choice.country)}
            lang={choice.language}
          >
            <Flag country={choice.country} />
            <span className={styles.grow}>{LANGUAGE_NAMES[choice.language]}</span>
            <ArrowRight aria-hidden="true" />
          </Link>
        )}
        <ul className={styles.list}>
          {LANGUAGES.map((language) => (
            <li key={language}>
              <Link className={styles.tile} href={pathTo(language)} lang={language} hrefLang={language}>
                <span className={styles.grow}>{LANGUAGE_NAMES[language]}</span>
                <ArrowRight aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}

export function CountriesScreen({ language }: { language: Language }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={styles.hint}>{t(($) => $.start.chooseCountryHint)}</p>
      <ul className={styles.list}>
        {COUNTRIES.map((country) => (
          <li key={country}>
            <Link className={styles.tile} href={pathTo(language, country, 'start')}>
              <Flag country={country} />
              <span className={styles.grow}>{t(($) => $.countries[country])}</span>
              <ArrowRight aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      <NoAccount />
    </>
  );
}

const STAGE_ICONS = { before: MapPin, there: Plane, family: Users, trainer: Presentation };

interface StagesScreenProps {
  language: Language;
  country: Country;
  onChoose: (stage: keyof typeof STAGE_ICONS) => void;
}

export function StagesScreen({ language, country, onChoose }: StagesScreenProps) {
  const { t } = useTranslation();
  return (
    <>
      <ul className={styles.list}>
        {(Object.keys(STAGE_ICONS) as (keyof typeof STAGE_ICONS)[]).map((stage) => {
          const Icon = STAGE_ICONS[stage];
          return (
            <li key={stage}>
              <Link className={styles.tile} href={pathTo(language, country)} onClick={() => onChoose(stage)}>
                <span className={styles.icon}>
                  <Icon aria-hidden="true" />
                </span>
                <span className={styles.grow}>{t(($) => $.start.stages[stage])}</span>
                <ArrowRight aria-hidden="true" />
              </Link>
            </li>
          );
        })}
      </ul>
      <NoAccount />
    </>
  );
}

function NoAccount() {
  const { t } = useTranslation();
  return (
    <p className={styles.promise}>
      <Lock aria-hidden="true" />
      {t(($) => $.start.noAccount)}
    </p>
  );
}
