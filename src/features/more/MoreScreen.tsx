import {
  ChevronRight,
  Database,
  Globe,
  HardDriveDownload,
  Info,
  Languages,
  MonitorSmartphone,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Country, LANGUAGE_NAMES, type Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import styles from './MoreScreen.module.css';

export function MoreScreen({ language, country }: { language: Language; country: Country }) {
  const { t } = useTranslation();
  const items = [
    { page: 'language', icon: Languages, text: t(($) => $.more.language), value: LANGUAGE_NAMES[language] },
    { page: 'country', icon: Globe, text: t(($) => $.more.country), value: t(($) => $.countries[country]) },
    { page: 'backup', icon: HardDriveDownload, text: t(($) => $.more.backup) },
    { page: 'storage', icon: Database, text: t(($) => $.more.storage) },
    { page: 'install', icon: MonitorSmartphone, text: t(($) => $.more.install) },
    { page: 'about', icon: Info, text: t(($) => $.more.about) },
  ];
  return (
    <ul className={card.stack}>
      {items.map(({ page, icon: Icon, text, value }) => (
        <li key={page}>
          <Link
            className={`${card.card} ${card.link} ${styles.item}`}
            href={pathTo(language, country, 'more', page)}
          >
            <span className={card.icon}>
              <Icon aria-hidden="true" />
            </span>
            <span className={card.grow}>
              <strong>{text}</strong>
              {value && <span className={styles.value}>{value}</span>}
            </span>
            <ChevronRight aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
