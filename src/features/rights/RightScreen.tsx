import { Languages, ListChecks, Share2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { contactsById, isOverdue, type Pack, type Right } from '#content/pack.ts';
import { formatDay, withoutBreaks } from '#i18n/format.ts';
import { LANGUAGE_NAMES, type Language } from '#i18n/languages.ts';
import { Button } from '#ui/Button.tsx';
import { CallLines } from '#ui/CallLine.tsx';
import card from '#ui/Card.module.css';
import { PICTURES } from '#ui/icons.ts';
import { Notice } from '#ui/Notice.tsx';
import { useScripting } from '#ui/useScripting.ts';
import { Pair } from './Pair.tsx';
import styles from './RightScreen.module.css';
import { RightSources } from './RightSources.tsx';

interface RightScreenProps {
  right: Right;
  pack: Pack;
  /** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
  today: string | null;
  /** The same right in a second language, when the reader wants to show it to somebody. */
  second: {
    language: Language;
    pack: Pack | null;
    missing: boolean;
    open: () => void;
    close: () => void;
  };
}

/** One right: picture, one sentence, what to do now, what is different for whom, whom to call, law and sources. */
export function RightScreen({ right, pack, today, second }: RightScreenProps) {
  const { t } = useTranslation();
  const other = second.pack?.rights.find(({ id }) => id === right.id);
  const pictures = PICTURES[right.picture] ?? [];
  return (
    <article className={styles.right} lang={right.textLanguage}>
      <div className={styles.picture} aria-hidden="true">
        {pictures.map((Picture, index) => (
          <Picture key={`${right.picture}-${index}`} strokeWidth={1.6} />
        ))}
      </div>
      <Pair
        className={styles.title}
        as="h2"
        text={right.title}
        other={other?.title}
        otherLanguage={other?.textLanguage}
      />
      <Pair
        className={styles.sentence}
        as="p"
        text={right.sentence}
        other={other?.sentence}
        otherLanguage={other?.textLanguage}
      />
      {today && isOverdue(right, today) && <Notice kind="attention">{t(($) => $.facts.maybeChanged)}</Notice>}
      {right.figures.length > 0 && (
        <ul className={styles.figures}>
          {right.figures.map((figure) => (
            <li key={figure.text + figure.from}>
              {t(($) => $.facts.since, { figure: figure.text, day: formatDay(figure.from, pack.language) })}
            </li>
          ))}
        </ul>
      )}
      <section className={styles.steps} aria-labelledby="steps">
        <h3 id="steps" className={card.row} lang={pack.language}>
          <ListChecks aria-hidden="true" />
          {t(($) => $.rights.whatToDo)}
        </h3>
        <ol>
          {right.steps.map((step, index) => (
            <li key={step}>
              <Pair as="span" text={step} other={other?.steps[index]} otherLanguage={other?.textLanguage} />
            </li>
          ))}
        </ol>
      </section>
      {right.exceptions.length > 0 && (
        <section className={styles.exceptions} aria-labelledby="exceptions">
          <h3 id="exceptions" lang={pack.language}>
            {t(($) => $.rights.butNote)}
          </h3>
          <ul>
            {right.exceptions.map((exception, index) => (
              <li key={exception}>
                <Pair
                  as="span"
                  text={exception}
                  other={other?.exceptions[index]}
                  otherLanguage={other?.textLanguage}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={card.stack} lang={pack.language}>
        {other ? (
          <Button kind="secondary" icon={Languages} onClick={second.close}>
            {t(($) => $.rights.hideSecond)}
          </Button>
        ) : (
          <ShowIn language={second.language} onOpen={second.open} />
        )}
        {second.missing && (
          <Notice kind="attention" role="alert">
            {t(($) => $.rights.secondMissing)}
          </Notice>
        )}
      </div>
      <section className={card.card} aria-labelledby="call" lang={pack.language}>
        <h3 id="call">{t(($) => $.rights.whoToCall)}</h3>
        <CallLines
          contacts={contactsById(pack, right.contacts)}
          callWords={(name) => t(($) => $.help.call, { name })}
          insideWords={t(($) => $.help.insideCambodia)}
          verifyWords={t(($) => $.help.verifyFirst)}
        />
      </section>
      <RightSources right={right} pack={pack} />
      <ShareThis title={right.title} />
    </article>
  );
}

function ShowIn({ language, onOpen }: { language: Language; onOpen: () => void }) {
  const { t } = useTranslation();
  if (!useScripting()) return null;
  return (
    <Button icon={Languages} onClick={onOpen}>
      {t(($) => $.rights.showIn, { language: LANGUAGE_NAMES[language] })}
    </Button>
  );
}

function ShareThis({ title }: { title: string }) {
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
