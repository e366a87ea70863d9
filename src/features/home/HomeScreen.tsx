import {
  Building2,
  CalendarClock,
  ChevronRight,
  FileText,
  ListChecks,
  Megaphone,
  PhoneCall,
  Scale,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Pack, type Right, stagesOf } from '#content/pack.ts';
import { formatDay } from '#i18n/format.ts';
import { checklistWord, pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { CARD_ICON } from '#ui/icons.ts';
import { Notice } from '#ui/Notice.tsx';
import { SearchLink } from '#ui/SearchLink.tsx';
import { useScripting } from '#ui/useScripting.ts';
import styles from './HomeScreen.module.css';
import { InstallHint } from './InstallHint.tsx';

type WorkerStage = 'before' | 'there' | 'family' | 'trainer';

interface HomeScreenProps {
  pack: Pack;
  /** Where the worker is; read after the first paint, because it is kept on this phone only. */
  readStage: () => WorkerStage | null;
  /** Progress of the checklists, once the phone's own data is open. */
  progress: ReactNode;
  /** A code that waits to be kept, if there is one. */
  reminder: ReactNode;
  /** Rights that changed a short time ago, or soon will. */
  news: Right[];
}

export function HomeScreen({ pack, readStage, progress, reminder, news }: HomeScreenProps) {
  const { t } = useTranslation();
  const { language, country } = pack;
  const isTaken = useScripting();
  const stage = isTaken ? readStage() : null;

  const to = (...rest: string[]) => pathTo(language, country, ...rest);
  const [situation] = pack.situations;
  const tiles = [
    { to: to('rights'), icon: Scale, tone: styles.teal, text: t(($) => $.home.tiles.rights) },
    { to: to('cards'), icon: CARD_ICON, tone: styles.green, text: t(($) => $.home.tiles.cards) },
    { to: to('papers'), icon: FileText, tone: styles.saffron, text: t(($) => $.home.tiles.contract) },
    { to: to('papers', 'agency'), icon: Building2, tone: styles.green, text: t(($) => $.home.tiles.agency) },
    { to: to('help'), icon: PhoneCall, tone: styles.red, text: t(($) => $.home.tiles.numbers) },
    { to: to('papers', 'contacts'), icon: Users, tone: styles.teal, text: t(($) => $.home.tiles.contacts) },
  ];
  const stages = stagesOf(pack);
  // Who is there already has left the first list behind.
  const lists = stage === 'there' ? [...stages.slice(1), ...stages.slice(0, 1)] : stages;
  return (
    <>
      <p className={styles.place}>
        {t(($) => $.countries[country])}
        {stage && <> · {t(($) => $.start.stages[stage])}</>}
      </p>
      {reminder}
      {situation && (
        <Link className={`${card.card} ${card.link} ${styles.situation}`} href={to('rights')}>
          <CalendarClock aria-hidden="true" />
          <span className={card.grow}>
            <strong lang={situation.textLanguage}>{situation.title}</strong>
            <span className={styles.asOf}>
              {t(($) => $.home.asOf, { day: formatDay(situation.asOf, language) })}
            </span>
          </span>
          <ChevronRight aria-hidden="true" />
        </Link>
      )}
      {news.map(({ id, change }) => (
        <Link key={id} className={`${card.card} ${card.link} ${styles.situation}`} href={to('rights', id)}>
          <Megaphone aria-hidden="true" />
          <span className={card.grow}>
            <strong>{change?.text}</strong>
            <span className={styles.asOf}>
              {t(($) => $.news.from, { day: formatDay(change?.from ?? '', language) })}
            </span>
          </span>
          <ChevronRight aria-hidden="true" />
        </Link>
      ))}
      <SearchLink href={to('search')} words={t(($) => $.home.search)} />
      {stage === 'trainer' && <Notice>{t(($) => $.home.lessonHint)}</Notice>}
      {stage === 'family' && <Notice>{t(($) => $.home.familyHint)}</Notice>}
      <ul className={styles.tiles}>
        {tiles.map(({ to: href, icon: Icon, tone, text }) => (
          <li key={href}>
            <Link className={styles.tile} href={href}>
              <span className={`${styles.icon} ${tone}`}>
                <Icon aria-hidden="true" />
              </span>
              {text}
            </Link>
          </li>
        ))}
      </ul>
      <section className={card.card} aria-labelledby="home-checklist">
        <h2 id="home-checklist" className={card.row}>
          <ListChecks aria-hidden="true" />
          {t(($) => $.home.checklistTitle)}
        </h2>
        {progress}
        <ul className={card.stack}>
          {lists.map((name) => (
            <li key={name}>
              <Link className={styles.line} href={to('checklist', name)}>
                <span className={card.grow}>{t(($) => $.checklist[checklistWord(name, country)])}</span>
                <ChevronRight aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <InstallHint language={language} country={country} />
    </>
  );
}
