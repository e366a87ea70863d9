import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { type Pack, type Right, WORK, type Work } from '#content/pack.ts';
import { STAGES, pathTo, type Stage } from '#i18n/paths.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Chips } from '#ui/Chips.tsx';
import { Field } from '#ui/Field.tsx';
import { GROUP_ICONS } from '#ui/icons.ts';
import { Picture } from '#ui/Picture.tsx';
import { RowLink, rows } from '#ui/RowLink.tsx';
import { SearchLink } from '#ui/SearchLink.tsx';
import { useScripting } from '#ui/useScripting.ts';
import { GROUPS, type Group, groupOf } from './groups.ts';
import { PathTiles } from './PathTiles.tsx';
import styles from './RightsScreen.module.css';
import { Situations } from './Situations.tsx';

interface RightsScreenProps {
  pack: Pack;
  /** The phone's own day as `YYYY-MM-DD`; `null` in pages made at build time, which know no today. */
  today: string | null;
}

interface Filter {
  stage: Stage | null;
  work: Work | null;
  papers: 'with' | 'without' | null;
}

/** The filter and the opened groups stand in the address, so that Back and a shared link keep them. */
function useFilter(): {
  filter: Filter;
  change: (change: Partial<Filter>) => void;
  open: Group[];
  toggle: (group: Group, isOpen: boolean) => void;
} {
  const [params, setParams] = useSearchParams();
  const isTaken = useScripting();
  const read = <T extends string>(name: keyof Filter, known: readonly T[]): T | null => {
    const value = isTaken ? params.get(name) : null;
    return known.find((item) => item === value) ?? null;
  };
  const filter: Filter = {
    stage: read('stage', STAGES),
    work: read('work', WORK),
    papers: read('papers', ['with', 'without']),
  };
  const opened = isTaken ? (params.get('open') ?? '') : '';
  const open = GROUPS.filter((group) => opened.split('.').includes(group));
  const store = (next: Filter, groups: Group[]): void => {
    const chosen = Object.entries({ ...next, open: groups.join('.') || null });
    setParams(
      chosen.filter((pair): pair is [string, string] => pair[1] !== null),
      { replace: true },
    );
  };
  return {
    filter,
    open,
    change: (fields) => store({ ...filter, ...fields }, open),
    toggle(group, isOpen) {
      if (isOpen === open.includes(group)) return;
      store(filter, isOpen ? [...open, group] : open.filter((other) => other !== group));
    },
  };
}

function fits(right: Right, { stage, work, papers }: Filter): boolean {
  return (
    (!stage || right.stages.includes(stage)) &&
    (!work || right.work.length === 0 || right.work.includes(work)) &&
    (!papers || !right.papers || right.papers === papers)
  );
}

/** The front door: what has happened, then all rights of a country by subject. */
export function RightsScreen({ pack, today }: RightsScreenProps) {
  const { t } = useTranslation();
  const { filter, change, open, toggle } = useFilter();
  const { language, country } = pack;
  const shown = pack.rights.filter((right) => fits(right, filter));
  const groups = GROUPS.map((group) => ({
    group,
    rights: shown.filter(({ topic }) => groupOf(topic) === group),
  })).filter(({ rights }) => rights.length > 0);
  const isFiltered = filter.stage !== null || filter.work !== null || filter.papers !== null;
  return (
    <>
      <Situations pack={pack} stage={filter.stage} today={today} />
      <SearchLink href={pathTo(language, country, 'search')} words={t(($) => $.home.search)} />
      <PathTiles pack={pack} />
      <section className={card.stack} aria-labelledby="know">
        <h2 id="know">{t(($) => $.rights.know)}</h2>
        <Filters pack={pack} filter={filter} onChange={change} />
        {groups.map(({ group, rights }) => (
          <GroupOfRights
            key={group}
            group={group}
            rights={rights}
            pack={pack}
            isOpen={isFiltered || open.includes(group)}
            onToggle={(isOpen) => {
              if (!isFiltered) toggle(group, isOpen);
            }}
          />
        ))}
        {groups.length === 0 && (
          <>
            <p role="status">{t(($) => $.rights.nothing)}</p>
            <Button kind="secondary" onClick={() => change({ stage: null, work: null, papers: null })}>
              {t(($) => $.rights.showAll)}
            </Button>
          </>
        )}
      </section>
      {country !== 'kh' && (
        <Link className={`${card.card} ${card.link} ${styles.item}`} href={pathTo(language, 'kh', 'rights')}>
          <span className={card.grow}>{t(($) => $.rights.cambodia)}</span>
          <ChevronRight aria-hidden="true" />
        </Link>
      )}
      <p className={card.soft}>{t(($) => $.rights.legal)}</p>
    </>
  );
}

interface FiltersProps {
  pack: Pack;
  filter: Filter;
  onChange: (change: Partial<Filter>) => void;
}

/** By stage of the journey; by kind of work and papers where these change an answer. */
function Filters({ pack, filter, onChange }: FiltersProps) {
  const { t } = useTranslation();
  if (!useScripting()) return null;
  const stages = STAGES.filter((name) => pack.rights.some((right) => right.stages.includes(name)));
  const works = WORK.filter((name) => pack.rights.some((right) => right.work.includes(name)));
  return (
    <>
      <Chips
        legend={t(($) => $.rights.filter)}
        name="stage"
        options={[null, ...stages].map((value) => ({
          value,
          label: t(($) => $.rights.stages[value ?? 'all']),
        }))}
        value={filter.stage}
        onChange={(stage) => onChange({ stage })}
      />
      {works.length > 0 && (
        <div className={styles.selects}>
          <Field label={t(($) => $.rights.myWork)}>
            {(control) => (
              <select
                {...control}
                value={filter.work ?? ''}
                onChange={({ target }) =>
                  onChange({ work: WORK.find((name) => name === target.value) ?? null })
                }
              >
                <option value="">{t(($) => $.rights.anyWork)}</option>
                {works.map((name) => (
                  <option key={name} value={name}>
                    {t(($) => $.rights.work[name])}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t(($) => $.rights.myPapers)}>
            {(control) => (
              <select
                {...control}
                value={filter.papers ?? ''}
                onChange={({ target: { value } }) =>
                  onChange({ papers: value === 'with' || value === 'without' ? value : null })
                }
              >
                <option value="">{t(($) => $.rights.anyPapers)}</option>
                <option value="with">{t(($) => $.rights.withPapers)}</option>
                <option value="without">{t(($) => $.rights.withoutPapers)}</option>
              </select>
            )}
          </Field>
        </div>
      )}
    </>
  );
}

interface GroupProps {
  group: Group;
  rights: Right[];
  pack: Pack;
  /** A chosen filter leaves few, and shows them at once. */
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
}

function GroupOfRights({ group, rights, pack, isOpen, onToggle }: GroupProps) {
  const { t } = useTranslation();
  const Icon = GROUP_ICONS[group];
  return (
    <details className={styles.group} open={isOpen} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary>
        <span className={card.icon}>{Icon && <Icon aria-hidden="true" />}</span>
        <strong className={card.grow}>{t(($) => $.rights.groups[group])}</strong>
        <span className={card.soft}>{rights.length}</span>
      </summary>
      <ul className={rows}>
        {rights.map((right) => (
          <li key={right.id}>
            <RowLink
              href={pathTo(pack.language, pack.country, 'rights', right.id)}
              icon={<Picture name={right.picture} />}
              danger={right.danger}
              title={right.title}
              language={right.textLanguage}
            >
              {t(($) => $.rights.topics[right.topic as 'wage'])}
            </RowLink>
          </li>
        ))}
      </ul>
    </details>
  );
}
