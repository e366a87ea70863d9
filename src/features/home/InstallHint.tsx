import { ChevronRight, MonitorSmartphone } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Country, Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { isInstalled, isIphone, subscribeToInstall, installOffer } from '#ui/install.ts';
import { useScripting } from '#ui/useScripting.ts';
import styles from './HomeScreen.module.css';

/** One quiet line to the install page, where the browser offers to install or an iPhone needs it most. */
export function InstallHint({ language, country }: { language: Language; country: Country }) {
  const { t } = useTranslation();
  const isTaken = useScripting();
  const offer = useSyncExternalStore(subscribeToInstall, installOffer, () => null);
  if (!isTaken || isInstalled() || !(offer || isIphone(navigator.userAgent))) return null;
  return (
    <Link
      className={`${card.card} ${card.link} ${styles.install}`}
      href={pathTo(language, country, 'more', 'install')}
    >
      <MonitorSmartphone aria-hidden="true" />
      <span className={card.grow}>{t(($) => $.install.title)}</span>
      <ChevronRight aria-hidden="true" />
    </Link>
  );
}
