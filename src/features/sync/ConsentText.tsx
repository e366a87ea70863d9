import {
  CalendarClock,
  CloudUpload,
  EyeOff,
  LockKeyhole,
  type LucideIcon,
  Smartphone,
  Trash2,
} from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import operator from '#shared/operator.json';
import card from '#ui/Card.module.css';
import styles from './Lines.module.css';
import { ListenButton } from './ListenButton.tsx';

/** Raise it when these words promise something else: every phone that agreed is then asked again. */
export const CONSENT_TEXT = 1;

/** What holds now, and what a yes changes. Nothing here may promise more than docs/sync-design.md. */
export function ConsentText({ language }: { language: string }) {
  const { t } = useTranslation();
  const lines = linesOf(t);
  const spoken = [
    t(($) => $.sync.consent.nowTitle),
    t(($) => $.sync.consent.now),
    t(($) => $.sync.consent.ifTitle),
    ...lines.map(({ text }) => text),
  ];
  return (
    <>
      <section className={card.card}>
        <h2 className={card.row}>
          <span className={card.icon}>
            <Smartphone aria-hidden="true" />
          </span>
          {t(($) => $.sync.consent.nowTitle)}
        </h2>
        <p>{t(($) => $.sync.consent.now)}</p>
      </section>
      <section className={`${card.card} ${styles.roomy} ${styles.yes}`}>
        <h2 className={card.row}>
          <span className={card.icon}>
            <CloudUpload aria-hidden="true" />
          </span>
          {t(($) => $.sync.consent.ifTitle)}
        </h2>
        <ul className={styles.lines}>
          {lines.map(({ icon: Icon, text }) => (
            <li key={text}>
              <Icon aria-hidden="true" />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </section>
      <ListenButton text={spoken.join('\n')} language={language} words={t(($) => $.sync.listen)} />
    </>
  );
}

function linesOf(t: TFunction<'app'>): { icon: LucideIcon; text: string }[] {
  const goes = operator.name
    ? t(($) => $.sync.consent.goes, { operator: operator.name })
    : t(($) => $.sync.consent.goesHost, { host: location.host });
  return [
    { icon: LockKeyhole, text: goes },
    { icon: EyeOff, text: t(($) => $.sync.consent.nobody) },
    { icon: Trash2, text: t(($) => $.sync.consent.stop) },
    { icon: CalendarClock, text: t(($) => $.sync.consent.backups) },
  ];
}
