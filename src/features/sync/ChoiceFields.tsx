import { Check, Image, Wifi } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChoiceSizes } from '#data/syncQueries.ts';
import { type Choice, GROUPS, type Group } from '#data/syncState.ts';
import { formatBytes } from '#i18n/format.ts';
import styles from './ChoiceFields.module.css';

interface ChoiceFieldsProps {
  choice: Choice;
  wifiOnly: boolean;
  /** `undefined` while they are counted. */
  sizes: ChoiceSizes | undefined;
  /** Only what changed: a second tap may come before the first is written down. */
  onChoice: (change: Partial<Choice>) => void;
  onWifiOnly: (wifiOnly: boolean) => void;
  /** Said just below the groups, where the worker looks. */
  children?: ReactNode;
}

/** What is saved: the groups as chips, and the photos apart, because they are what costs data. */
export function ChoiceFields({ choice, wifiOnly, sizes, onChoice, onWifiOnly, children }: ChoiceFieldsProps) {
  const { t } = useTranslation();
  const words: Record<Group, string> = {
    contracts: t(($) => $.papers.contracts),
    agencies: t(($) => $.papers.agencies),
    contacts: t(($) => $.papers.contacts),
    checklist: t(($) => $.checklist.title),
    cards: t(($) => $.storage.cards),
  };
  const photoWords =
    sizes === undefined
      ? ''
      : sizes.photos === 0
        ? t(($) => $.sync.consent.noPhotos)
        : t(($) => $.sync.consent.photosSize, { count: sizes.photos, size: formatBytes(sizes.photoBytes) });
  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>{t(($) => $.sync.consent.what)}</legend>
      <div className={styles.chips}>
        {GROUPS.map((group) => (
          <label key={group} className={styles.chip}>
            <input
              type="checkbox"
              checked={choice[group]}
              onChange={(event) => onChoice({ [group]: event.target.checked })}
            />
            <Tick />
            {words[group]}
          </label>
        ))}
      </div>
      {children}
      <div className={styles.rows}>
        <Row
          icon={<Image aria-hidden="true" />}
          title={t(($) => $.sync.consent.photos)}
          detail={photoWords}
          checked={choice.photos}
          onChange={(photos) => onChoice({ photos })}
        />
        {choice.photos && (
          <Row
            icon={<Wifi aria-hidden="true" />}
            title={t(($) => $.sync.consent.wifiOnly)}
            checked={wifiOnly}
            onChange={onWifiOnly}
          />
        )}
      </div>
    </fieldset>
  );
}

interface RowProps {
  icon: ReactNode;
  title: string;
  detail?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Row({ icon, title, detail, checked, onChange }: RowProps) {
  return (
    <label className={styles.row}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {icon}
      <span className={styles.words}>
        {title}
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
      <Tick />
    </label>
  );
}

function Tick() {
  return (
    <span className={styles.tick}>
      <Check aria-hidden="true" size={18} strokeWidth={3} />
    </span>
  );
}
