import { ArrowLeft, FolderLock, Globe, House, MoreHorizontal, PhoneCall, Scale } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { type Place, pathTo } from '#i18n/paths.ts';
import { Flag } from '#ui/Flag.tsx';
import { Krama } from '#ui/Krama.tsx';
import { QuickExit } from '#ui/QuickExit.tsx';
import { ChoiceSheet } from './ChoiceSheet.tsx';
import { CrashGuard } from './CrashGuard.tsx';
import { FailureScreen } from './FailureScreen.tsx';
import styles from './Layout.module.css';
import { StatusBar } from './StatusBar.tsx';

interface LayoutProps {
  place: Place;
  title: string;
  /** Where the arrow leads; without it there is no arrow. */
  back?: string | undefined;
  /** The help screen is red. */
  tone?: 'teal' | 'red';
  children: ReactNode;
}

/** What stands on every screen: title, way back, language, quick exit, and the bar with the red help button. */
export function Layout({ place, title, back, tone = 'teal', children }: LayoutProps) {
  const { t, i18n } = useTranslation();
  const [path] = useLocation();
  const [choosing, setChoosing] = useState(false);

  const language = 'language' in place && place.language ? place.language : null;
  const country = 'country' in place ? place.country : null;
  const here = language && country ? { language, country } : null;

  return (
    <>
      <a className={styles.skip} href="#main">
        {t(($) => $.nav.skip)}
      </a>
      <header className={`${styles.header} ${styles[tone]}`}>
        <div className={styles.headerRow}>
          {back ? (
            <Link href={back} className={styles.round} aria-label={t(($) => $.nav.back)}>
              <ArrowLeft aria-hidden="true" />
            </Link>
          ) : (
            <span className={styles.noArrow} />
          )}
          <h1 tabIndex={-1} className={styles.title}>
            {title}
          </h1>
          {language && (
            <a
              className={styles.change}
              href={pathTo(language)}
              aria-haspopup="dialog"
              onClick={(event) => {
                event.preventDefault();
                setChoosing(true);
              }}
            >
              {country ? <Flag country={country} /> : <Globe aria-hidden="true" />}
              <span lang="en">{language.toUpperCase()}</span>
              <span className="visually-hidden">{t(($) => $.nav.change)}</span>
            </a>
          )}
          <QuickExit words={t(($) => $.nav.quickExit)} />
        </div>
        <Krama />
      </header>
      <main id="main" className={styles.main} lang={i18n.language}>
        <CrashGuard
          key={path}
          fallback={
            <FailureScreen reason="crashed" home={here ? pathTo(here.language, here.country) : '/'} />
          }
        >
          {children}
        </CrashGuard>
      </main>
      {here && <BottomBar place={place} language={here.language} country={here.country} />}
      <StatusBar place={place} />
      {choosing && language && (
        <ChoiceSheet place={place} language={language} country={country} onClose={() => setChoosing(false)} />
      )}
    </>
  );
}

function BottomBar({
  place,
  language,
  country,
}: {
  place: Place;
  language: Parameters<typeof pathTo>[0];
  country: NonNullable<Parameters<typeof pathTo>[1]>;
}) {
  const { t } = useTranslation();
  const inPapers = place.screen === 'personal' && place.rest.startsWith('papers');
  const items = [
    { to: pathTo(language, country), icon: House, text: t(($) => $.nav.home), on: place.screen === 'home' },
    {
      to: pathTo(language, country, 'rights'),
      icon: Scale,
      text: t(($) => $.nav.rights),
      on: place.screen === 'rights' || place.screen === 'right',
    },
    {
      to: pathTo(language, country, 'help'),
      icon: PhoneCall,
      text: t(($) => $.nav.help),
      on: place.screen === 'help',
      help: true,
    },
    { to: pathTo(language, country, 'papers'), icon: FolderLock, text: t(($) => $.nav.papers), on: inPapers },
    {
      to: pathTo(language, country, 'more'),
      icon: MoreHorizontal,
      text: t(($) => $.nav.more),
      on: place.screen === 'personal' && !inPapers,
    },
  ];
  return (
    <nav className={styles.bar} aria-label={t(($) => $.nav.main)}>
      <ul>
        {items.map(({ to, icon: Icon, text, on, help }) => (
          <li key={to}>
            <Link
              href={to}
              className={help ? styles.helpLink : styles.barLink}
              aria-current={on ? 'page' : undefined}
            >
              <span className={help ? styles.helpIcon : undefined}>
                <Icon aria-hidden="true" />
              </span>
              <span className={styles.barText}>{text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
