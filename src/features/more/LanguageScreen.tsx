import { Link } from 'wouter';
import { type Country, LANGUAGE_NAMES, LANGUAGES, type Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import styles from './MoreScreen.module.css';

export function LanguageScreen({ language, country }: { language: Language; country: Country }) {
  return (
    <ul className={styles.choices}>
      {LANGUAGES.map((other) => (
        <li key={other}>
          <Link
            className={styles.choice}
            href={pathTo(other, country, 'more', 'language')}
            lang={other}
            aria-current={other === language}
            replace
          >
            {LANGUAGE_NAMES[other]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
