import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COUNTRIES, type Country, LANGUAGE_NAMES, LANGUAGES, type Language } from '#i18n/languages.ts';
import { type Place, samePlace } from '#i18n/paths.ts';
import { Flag } from '#ui/Flag.tsx';
import { QuickExit } from '#ui/QuickExit.tsx';
import button from '#ui/RoundButton.module.css';
import styles from './ChoiceSheet.module.css';

interface ChoiceSheetProps {
  place: Place;
  language: Language;
  country: Country | null;
  onClose: () => void;
}

/** Changes language or country from any screen, and stays on that screen. */
export function ChoiceSheet({ place, language, country, onClose }: ChoiceSheetProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.sheet} aria-label={t(($) => $.nav.change)} onClose={onClose}>
      <div className={styles.bar}>
        <button type="button" className={`${button.round} ${styles.close}`} onClick={onClose}>
          <X aria-hidden="true" />
          <span className="visually-hidden">{t(($) => $.undo.close)}</span>
        </button>
        {/* The dialog covers the header, and the way out must stay one tap away. */}
        <QuickExit words={t(($) => $.nav.quickExit)} />
      </div>
      <ul className={styles.list}>
        {LANGUAGES.map((other) => (
          <li key={other}>
            <Link
              href={samePlace(place, other, country ?? 'kr')}
              className={styles.item}
              lang={other}
              aria-current={other === language}
              onClick={onClose}
              replace
            >
              {LANGUAGE_NAMES[other]}
            </Link>
          </li>
        ))}
      </ul>
      {country && (
        <ul className={styles.list}>
          {COUNTRIES.map((other) => (
            <li key={other}>
              <Link
                href={samePlace(place, language, other)}
                className={styles.item}
                aria-current={other === country}
                onClick={onClose}
                replace
              >
                <Flag country={other} />
                {t(($) => $.countries[other])}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </dialog>
  );
}
