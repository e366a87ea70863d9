import { useTranslation } from 'react-i18next';
import { groupsOf, qrText } from '#crypto/recoveryCode.ts';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import styles from './CodeSheet.module.css';
import { QrCode } from './QrCode.tsx';

interface CodeSheetProps {
  digits: string;
  language: Language;
  today: string;
}

/** A code as it is kept: the square to scan and eight numbered groups. It is also the page that is printed. */
export function CodeSheet({ digits, language, today }: CodeSheetProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.sheet} aria-label={t(($) => $.sync.code.title)}>
      <div className={styles.printed}>
        <strong>Mitra</strong>
        <p>{t(($) => $.sync.code.pictureTitle)}</p>
        <p>{t(($) => $.sync.code.madeOn, { day: formatDay(today, language) })}</p>
      </div>
      <QrCode digits={qrText(digits)} words={t(($) => $.sync.code.qr)} />
      <ol className={styles.groups} aria-label={t(($) => $.sync.code.digits)}>
        {groupsOf(digits).map((group, index) => (
          <li key={index}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <span className={styles.group} aria-hidden="true">
              {group}
            </span>
            {/* Digit by digit: nobody can write down sixty-seven thousand. */}
            <span className="visually-hidden">{group.split('').join(' ')}</span>
          </li>
        ))}
      </ol>
      <p className={styles.printed}>{t(($) => $.sync.code.who)}</p>
      <p className={styles.printed}>{t(($) => $.sync.code.without)}</p>
    </section>
  );
}
