import { useLiveQuery } from 'dexie-react-hooks';
import { Building2, ChevronRight, Plus } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { listAgencies } from '#data/agencies.ts';
import type { Database } from '#data/database.ts';
import { listPayments } from '#data/payments.ts';
import type { Removed } from '#data/records.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { buttonClass } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import styles from './AgenciesScreen.module.css';
import { PaidSoFar } from './PaidSoFar.tsx';
import { totalsOf } from './totals.ts';
import { UndoPart } from './UndoPart.tsx';
import { useUndo } from './useUndo.ts';

interface AgenciesScreenProps {
  db: Database;
  language: Language;
  country: Country;
}

/** All agencies, each with what was paid to it. */
export function AgenciesScreen({ db, language, country }: AgenciesScreenProps) {
  const { t } = useTranslation();
  const agencies = useLiveQuery(async () => readAgencies(db), [db]);
  const undo = useUndo(db, () => {
    const removed = handedOver();
    return removed && { text: t(($) => $.agency.removed), removed };
  });
  // The browser writes the history to its own files: what was deleted must not stay there.
  useEffect(() => {
    if (history.state !== null) history.replaceState(null, '');
  }, []);
  const page = (id: string): string => pathTo(language, country, 'papers', 'agency', id);

  if (!agencies) return <p role="status">{t(($) => $.status.loading)}</p>;
  return (
    <>
      {agencies.length === 0 && <Notice>{t(($) => $.agency.empty)}</Notice>}
      {agencies.length > 0 && (
        <ul className={card.stack}>
          {agencies.map(({ id, name, totals }) => (
            <li key={id}>
              <Link className={`${card.card} ${card.link}`} href={page(id)}>
                <span className={card.row}>
                  <span className={card.icon}>
                    <Building2 aria-hidden="true" />
                  </span>
                  <span className={card.grow}>
                    <strong className={styles.name}>{name ?? t(($) => $.papers.unnamedAgency)}</strong>
                    <PaidSoFar totals={totals} language={language} />
                  </span>
                  <ChevronRight aria-hidden="true" />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Link className={buttonClass('primary')} href={page('new')}>
        <Plus aria-hidden="true" />
        {t(($) => $.papers.addAgency)}
      </Link>
      <UndoPart undo={undo} />
    </>
  );
}

/** What the agency's own screen left in `history.state` when it was deleted there. */
function handedOver(): Removed | null {
  const removed = (history.state as { removed?: Removed } | null)?.removed;
  return removed && removed.records.length > 0 ? removed : null;
}

async function readAgencies(db: Database) {
  const agencies = await listAgencies(db);
  return Promise.all(
    agencies.map(async (agency) => ({ ...agency, totals: totalsOf(await listPayments(db, agency.id)) })),
  );
}
