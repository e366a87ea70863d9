import { Camera, CircleAlert, Footprints, Hourglass, ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isOverdue, type Pack, type Path } from '#content/pack.ts';
import { pathTo } from '#i18n/paths.ts';
import { Notice } from '#ui/Notice.tsx';
import { Picture } from '#ui/Picture.tsx';
import { RowLink } from '#ui/RowLink.tsx';
import styles from './Entry.module.css';
import {
  CardLinks,
  EntryLinks,
  Hero,
  Lines,
  type Second,
  SecondLanguage,
  ShareThis,
  WhoToCall,
} from './EntryParts.tsx';
import { EntrySources } from './EntrySources.tsx';
import { Pair } from './Pair.tsx';

interface PathScreenProps {
  path: Path;
  pack: Pack;
  /** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
  today: string | null;
  second: Second;
  /** How to tell that something is wrong. */
  report: ReactNode;
}

/** What to do when something has happened: first, whom to call, steps, proof, what happens next, time limits. */
export function PathScreen({ path, pack, today, second, report }: PathScreenProps) {
  const { t } = useTranslation();
  const { language, country } = pack;
  const other = second.pack?.paths.find(({ id }) => id === path.id);
  const otherLanguage = other?.textLanguage;
  const boxes = [
    { key: 'steps', tone: 'do', icon: ListChecks, title: t(($) => $.rights.whatToDo) },
    { key: 'proof', tone: 'plain', icon: Camera, title: t(($) => $.path.proof) },
    { key: 'deadlines', tone: 'note', icon: Hourglass, title: t(($) => $.path.deadlines) },
    { key: 'next', tone: 'plain', icon: Footprints, title: t(($) => $.path.next) },
    { key: 'exceptions', tone: 'note', icon: CircleAlert, title: t(($) => $.rights.butNote) },
  ] as const;
  const [steps, ...rest] = boxes.map(({ key, ...box }) => (
    <Lines
      key={key}
      id={key}
      {...box}
      lines={path[key]}
      others={other?.[key]}
      otherLanguage={otherLanguage}
      language={language}
    />
  ));
  const rules = path.rights.flatMap((id) => pack.rights.find((right) => right.id === id) ?? []);
  return (
    <article className={styles.entry} lang={path.textLanguage}>
      <Hero picture={path.picture} danger={path.danger} />
      <Pair
        className={styles.title}
        as="h2"
        text={path.title}
        other={other?.title}
        otherLanguage={otherLanguage}
      />
      <Pair
        className={styles.first}
        as="p"
        text={path.first}
        other={other?.first}
        otherLanguage={otherLanguage}
      />
      {today && isOverdue(path, today) && <Notice kind="attention">{t(($) => $.facts.maybeChanged)}</Notice>}
      <WhoToCall pack={pack} ids={path.contacts} />
      {steps}
      <CardLinks pack={pack} ids={path.cards} />
      {rest}
      {rules.length > 0 && (
        <EntryLinks id="rules" title={t(($) => $.path.rules)} language={language}>
          {rules.map((right) => (
            <RowLink
              key={right.id}
              href={pathTo(language, country, 'rights', right.id)}
              icon={<Picture name={right.picture} />}
              danger={right.danger}
              title={right.title}
              language={right.textLanguage}
            />
          ))}
        </EntryLinks>
      )}
      <SecondLanguage second={second} language={language} />
      <EntrySources entry={path} instruments={[]} pack={pack} />
      <ShareThis title={path.title} />
      {report}
    </article>
  );
}
