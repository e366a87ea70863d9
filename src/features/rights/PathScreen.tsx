import { Camera, CircleAlert, Footprints, Hourglass, ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pack, Path } from '#content/pack.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { Picture } from '#ui/Picture.tsx';
import { RowLink } from '#ui/RowLink.tsx';
import styles from './Entry.module.css';
import { EntryHead } from './EntryHead.tsx';
import { CardLinks, Lines, type Second, SecondLanguage, ShareThis, WhoToCall } from './EntryParts.tsx';
import { EntrySources } from './EntrySources.tsx';

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
      otherLanguage={other?.textLanguage}
      language={language}
    />
  ));
  const rules = path.rights.flatMap((id) => pack.rights.find((right) => right.id === id) ?? []);
  return (
    <article className={styles.entry} lang={path.textLanguage}>
      <EntryHead
        entry={path}
        other={other}
        line={({ first }) => first}
        lineClass={styles.first}
        today={today}
      />
      <WhoToCall pack={pack} ids={path.contacts} />
      {steps}
      <CardLinks pack={pack} ids={path.cards} />
      {rest}
      {rules.length > 0 && (
        <section className={card.stack} aria-labelledby="rules" lang={language}>
          <h3 id="rules">{t(($) => $.path.rules)}</h3>
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
        </section>
      )}
      <SecondLanguage second={second} language={language} />
      <EntrySources entry={path} instruments={[]} pack={pack} />
      <ShareThis title={path.title} />
      {report}
    </article>
  );
}
