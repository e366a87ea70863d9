import { Languages, type LucideIcon, Share2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { contactsById, type Pack } from '#content/pack.ts';
import { withoutBreaks } from '#i18n/format.ts';
import { LANGUAGE_NAMES, type Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import { CallLines } from '#ui/CallLine.tsx';
import card from '#ui/Card.module.css';
import { CARD_ICON } from '#ui/icons.ts';
import { Notice } from '#ui/Notice.tsx';
import { useScripting } from '#ui/useScripting.ts';
import styles from './Entry.module.css';
import { Pair } from './Pair.tsx';

/** The same entry in a second language, when the reader wants to show it to somebody. */
export interface Second {
  /** The languages to choose from: that of the officers first. */
  choices: Language[];
  language: Language | null;
  pack: Pack | null;
  missing: boolean;
  open: (language: Language) => void;
  close: () => void;
}

interface LinesProps {
  id: string;
  title: string;
  icon: LucideIcon;
  /** Green for what to do, saffron for what needs a second look, plain for the rest. */
  tone: 'do' | 'note' | 'plain';
  lines: string[];
  /** The same lines in the second language. */
  others: string[] | undefined;
  otherLanguage: Language | undefined;
  /** The language of the heading. */
  language: Language;
}

/** A box with a heading and lines; what to do is numbered. Nothing when there are no lines. */
export function Lines({ id, title, icon: Icon, tone, lines, others, otherLanguage, language }: LinesProps) {
  if (lines.length === 0) return null;
  const List = tone === 'do' ? 'ol' : 'ul';
  return (
    <section className={`${styles.box} ${styles[tone]}`} aria-labelledby={id}>
      <h3 id={id} className={card.row} lang={language}>
        <Icon aria-hidden="true" />
        {title}
      </h3>
      <List>
        {lines.map((line, index) => (
          <li key={line}>
            <Pair as="span" text={line} other={others?.[index]} otherLanguage={otherLanguage} />
          </li>
        ))}
      </List>
    </section>
  );
}

export function WhoToCall({ pack, ids }: { pack: Pack; ids: string[] }) {
  const { t } = useTranslation();
  const contacts = contactsById(pack, ids);
  if (contacts.length === 0) return null;
  return (
    <section className={card.card} aria-labelledby="call" lang={pack.language}>
      <h3 id="call">{t(($) => $.rights.whoToCall)}</h3>
      <CallLines
        contacts={contacts}
        callWords={(name) => t(($) => $.help.call, { name })}
        insideWords={t(($) => $.help.insideCambodia)}
        verifyWords={t(($) => $.help.verifyFirst)}
      />
    </section>
  );
}

/** Links to the cards that fit, each with the sentence that it says. */
export function CardLinks({ pack, ids }: { pack: Pack; ids: string[] }) {
  const { t } = useTranslation();
  const cards = ids.flatMap((id) => pack.cards.find((item) => item.id === id) ?? []);
  if (cards.length === 0) return null;
  return (
    <section className={styles.cards} aria-labelledby="cards" lang={pack.language}>
      <h3 id="cards">{t(($) => $.rights.showCard)}</h3>
      {cards.map(({ id, sentence, textLanguage }) => (
        <Link
          key={id}
          href={pathTo(pack.language, pack.country, 'cards', id)}
          className={buttonClass('secondary')}
          lang={textLanguage}
        >
          <CARD_ICON aria-hidden="true" />
          {sentence}
        </Link>
      ))}
    </section>
  );
}

/** Shows the entry in a second language, line under line. */
export function SecondLanguage({ second, language }: { second: Second; language: Language }) {
  const { t } = useTranslation();
  if (!useScripting()) return null;
  const [first, ...others] = second.choices;
  return (
    <div className={card.stack} lang={language}>
      {second.pack ? (
        <Button kind="secondary" icon={Languages} onClick={second.close}>
          {t(($) => $.rights.hideSecond)}
        </Button>
      ) : (
        first && (
          <Button kind="secondary" icon={Languages} onClick={() => second.open(first)}>
            {t(($) => $.rights.showIn, { language: LANGUAGE_NAMES[first] })}
          </Button>
        )
      )}
      <fieldset className={styles.languages}>
        <legend className="visually-hidden">{t(($) => $.rights.secondLanguage)}</legend>
        {others.map((other) => (
          <button
            key={other}
            type="button"
            lang={other}
            aria-pressed={second.pack !== null && second.language === other}
            onClick={() => second.open(other)}
          >
            {LANGUAGE_NAMES[other]}
          </button>
        ))}
      </fieldset>
      {second.missing && (
        <Notice kind="attention" role="alert">
          {t(($) => $.rights.secondMissing)}
        </Notice>
      )}
    </div>
  );
}

export function ShareThis({ title }: { title: string }) {
  const { t } = useTranslation();
  if (!useScripting() || !('share' in navigator)) return null;
  return (
    <Button
      kind="quiet"
      icon={Share2}
      // Closing the phone's own share sheet is not a failure.
      onClick={() =>
        void navigator.share({ title: withoutBreaks(title), url: location.href }).catch(() => {})
      }
    >
      {t(($) => $.rights.share)}
    </Button>
  );
}
