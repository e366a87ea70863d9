import {
  ChevronRight,
  Database,
  Globe,
  HardDriveDownload,
  Info,
  KeyRound,
  Languages,
  LockKeyhole,
  MonitorSmartphone,
  Users,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Country, LANGUAGE_NAMES, type Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import styles from './MoreScreen.module.css';

interface MoreScreenProps {
  language: Language;
  country: Country;
  /** Whether there is a locked copy; `null` while it is not known. */
  hasCopy: boolean | null;
  /** Somebody gave this phone a family copy. */
  hasFamilyCopy: boolean;
}

export function MoreScreen({ language, country, hasCopy, hasFamilyCopy }: MoreScreenProps) {
  const { t } = useTranslation();
  const items = [
    { page: 'language', icon: Languages, text: t(($) => $.more.language), value: LANGUAGE_NAMES[language] },
    { page: 'country', icon: Globe, text: t(($) => $.more.country), value: t(($) => $.countries[country]) },
    {
      page: 'sync',
      icon: LockKeyhole,
      text: t(($) => $.sync.title),
      value: hasCopy === null ? '' : hasCopy ? t(($) => $.sync.isOn) : t(($) => $.sync.isOff),
    },
    ...(hasCopy === false
      ? [{ page: 'sync/restore', icon: KeyRound, text: t(($) => $.sync.restore.title) }]
      : []),
    ...(hasFamilyCopy ? [{ page: 'family', icon: Users, text: t(($) => $.sync.view.title) }] : []),
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
