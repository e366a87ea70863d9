import { ChevronLeft, ChevronRight, Maximize, RotateCw, Volume2, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Card, Pack } from '#content/pack.ts';
import { pathTo } from '#i18n/paths.ts';
import { LawList } from '#ui/LawList.tsx';
import { QuickExit } from '#ui/QuickExit.tsx';
import button from '#ui/RoundButton.module.css';
import { canSpeak, speak, subscribeToVoices } from '#ui/speech.ts';
import styles from './CardScreen.module.css';
import { useAwake } from './useAwake.ts';

interface CardScreenProps {
  card: Card;
  pack: Pack;
  /** The cards of the list from which this one was opened, in its order. */
  list: Card[];
  /** What stands behind the id in an address of this list, such as `?to=police`. */
  query: string;
  /** What the worker adds by hand; `null` while the phone's own data is not open. */
  blank: ReactNode;
}

/** A finger that moves at least this far, in CSS pixels, wants the next card. */
const SWIPE = 60;

/** Sentences of at most this many letters are shown larger still. */
const BRIEF = 30;

/**
 * One sentence for the person who reads it, as large as fits, with the worker's own language below.
 * The screen stays awake; a swipe or an arrow key brings the next card.
 */
export function CardScreen({ card, pack, list, query, blank }: CardScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [turned, setTurned] = useState(false);
  const start = useRef<{ x: number; y: number } | null>(null);
  const speaks = useSyncExternalStore(
    subscribeToVoices,
    () => canSpeak(card.host.language),
    () => false,
  );
  useAwake();
  const { language, country } = pack;
  const place = list.findIndex(({ id }) => id === card.id);
  const to = (index: number): string | null => {
    const other = list[index];
    return other ? pathTo(language, country, 'cards', other.id) + query : null;
  };
  const before = to(place - 1);
  const after = to(place + 1);

  useEffect(() => {
    const turnPage = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement) return;
      const next = event.key === 'ArrowRight' ? after : event.key === 'ArrowLeft' ? before : null;
      if (next) navigate(next, { replace: true });
    };
    addEventListener('keydown', turnPage);
    return () => removeEventListener('keydown', turnPage);
  }, [after, before, navigate]);

  const finishSwipe = (x: number, y: number): void => {
    const from = start.current;
    start.current = null;
    if (!from || Math.abs(x - from.x) < SWIPE || Math.abs(x - from.x) < 2 * Math.abs(y - from.y)) return;
    // Turned around, the reader's left is the worker's right.
    const forward = x < from.x !== turned;
    const next = forward ? after : before;
    if (next) navigate(next, { replace: true });
  };

  return (
    <main
      className={styles.screen}
      onTouchStart={({ touches }) => {
        const touch = touches[0];
        start.current = touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : null;
      }}
      onTouchEnd={({ changedTouches }) => {
        const touch = changedTouches[0];
        if (touch) finishSwipe(touch.clientX, touch.clientY);
      }}
    >
      <div className={styles.tools}>
        <Link
          href={pathTo(language, country, 'cards')}
          className={button.round}
          aria-label={t(($) => $.cards.close)}
        >
          <X aria-hidden="true" />
        </Link>
        <span className={styles.space} />
        {speaks && (
          <button
            type="button"
            className={button.round}
            aria-label={t(($) => $.cards.speak)}
            onClick={() => speak(card.host.sentence, card.host.language)}
          >
            <Volume2 aria-hidden="true" />
          </button>
        )}
        <button
          type="button"
          className={button.round}
          aria-label={t(($) => $.cards.turn)}
          aria-pressed={turned}
          onClick={() => setTurned(!turned)}
        >
          <RotateCw aria-hidden="true" />
        </button>
        {document.fullscreenEnabled && (
          <button
            type="button"
            className={button.round}
            aria-label={t(($) => $.cards.full)}
            onClick={() => void toggleFullScreen()}
          >
            <Maximize aria-hidden="true" />
          </button>
        )}
        <QuickExit words={t(($) => $.nav.quickExit)} />
      </div>
      <div className={`${styles.body} ${turned ? styles.turned : ''}`}>
        <h1
          tabIndex={-1}
          className={`${styles.host} ${card.host.sentence.length <= BRIEF ? styles.brief : ''}`}
          lang={card.host.language}
        >
          {card.host.sentence}
        </h1>
        <LawList
          laws={card.laws}
          language={card.host.language}
          articleWords={(number) => t(($) => $.facts.article, { number })}
        />
        {blank}
        {card.textLanguage !== card.host.language && (
          <p className={styles.own} lang={card.textLanguage}>
            {card.sentence}
          </p>
        )}
      </div>
      <nav className={styles.pages} aria-label={t(($) => $.cards.title)}>
        <PageLink to={before} icon={ChevronLeft} words={t(($) => $.cards.previous)} />
        <span>{t(($) => $.cards.place, { number: place + 1, total: list.length })}</span>
        <PageLink to={after} icon={ChevronRight} words={t(($) => $.cards.next)} />
      </nav>
    </main>
  );
}

function PageLink({ to, icon: Icon, words }: { to: string | null; icon: typeof X; words: string }) {
  if (!to) return <span className={button.round} />;
  return (
    <Link href={to} replace className={button.round} aria-label={words}>
      <Icon aria-hidden="true" />
    </Link>
  );
}

/** Some phones refuse; then the card simply stays as it is. */
async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Nothing is lost: the card already fills the page.
  }
}
