import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { LISTENERS, type Listener, type Pack } from '#content/pack.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { PICTURES } from '#ui/icons.ts';
import { useScripting } from '#ui/useScripting.ts';
import styles from './CardsScreen.module.css';

/** All sentences to show, by the one who reads them; both languages stand in the list, so it works by itself too. */
export function CardsScreen({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const [to, setTo] = useState<Listener | null>(null);
  const isTaken = useScripting();
  const { language, country } = pack;
  if (pack.cards.length === 0) return <p>{t(($) => $.cards.notInCambodia)}</p>;
  const shown = pack.cards.filter((item) => to === null || item.to.includes(to));
  const listeners = LISTENERS.filter((name) => pack.cards.some((item) => item.to.includes(name)));
  return (
    <>
      <p className={card.soft}>{t(($) => $.cards.hint)}</p>
      {isTaken && (
        <fieldset className={styles.filter}>
          <legend className="visually-hidden">{t(($) => $.rights.filter)}</legend>
          {[null, ...listeners].map((name) => (
            <label key={name ?? 'all'} className={styles.chip}>
              <input type="radio" name="to" checked={to === name} onChange={() => setTo(name)} />
              {t(($) => $.cards.to[name ?? 'all'])}
            </label>
          ))}
        </fieldset>
      )}
      <ul className={`${card.stack} ${styles.list}`}>
        {shown.map(({ id, sentence, textLanguage, host, picture, danger }) => {
          const Picture = PICTURES[picture]?.[0];
          return (
            <li key={id}>
              <Link
                className={`${card.card} ${card.link} ${styles.item}`}
                href={pathTo(language, country, 'cards', id) + (to ? `?to=${to}` : '')}
              >
                <span className={`${card.icon} ${danger ? styles.danger : ''}`}>
                  {Picture && <Picture aria-hidden="true" />}
                </span>
                <span className={card.grow}>
                  <strong lang={textLanguage}>{sentence}</strong>
                  {host.language !== textLanguage && (
                    <span className={styles.host} lang={host.language}>
                      {host.sentence}
                    </span>
                  )}
                </span>
                <ChevronRight aria-hidden="true" />
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}
