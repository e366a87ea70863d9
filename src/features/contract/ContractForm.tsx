import { Check, Scale, Smartphone, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Contract } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import type { StorageError } from '#data/storageError.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import styles from './ContractForm.module.css';
import { DayFields } from './DayFields.tsx';
import { HoursFields } from './HoursFields.tsx';
import { LivingFields } from './LivingFields.tsx';
import { NoteField } from './NoteField.tsx';
import { PagesPart } from './PagesPart.tsx';
import { FeeFields, PayFields } from './PayFields.tsx';
import { SaveLine } from './SaveLine.tsx';
import { useContractForm } from './useContractForm.ts';
import { WorkFields } from './WorkFields.tsx';

interface ContractFormProps {
  db: Database;
  /** The contract when the screen opened; later values are ignored. */
  opened: Contract;
  /** There is something to delete. */
  isKept: boolean;
  language: Language;
  country: Country;
}

export function ContractForm({ db, opened, isKept, language, country }: ContractFormProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const form = useContractForm(db, opened);
  const [problem, setProblem] = useState<StorageError | null>(null);
  const { draft, change } = form;
  const papers = pathTo(language, country, 'papers');

  const remove = async (): Promise<void> => {
    const result = await form.remove();
    setProblem(result.ok ? null : result.error);
    // The list takes it from there and offers to undo.
    if (result.ok) navigate(papers, { replace: true, state: { removed: result.value } });
  };

  return (
    <>
      <PagesPart db={db} id={opened.id} current={form.current} onAdded={form.keepOnPhone} />
      <section className={styles.fields} aria-labelledby="contract-fields">
        <div>
          <h2 id="contract-fields">{t(($) => $.contract.fieldsTitle)}</h2>
          <p className={styles.hint}>{t(($) => $.contract.fieldsHint)}</p>
          <p className={styles.saves}>
            <Smartphone aria-hidden="true" size={20} />
            {t(($) => $.contract.savedAuto)}
          </p>
        </div>
        <WorkFields draft={draft} change={change} />
        <DayFields draft={draft} change={change} language={language} />
        <PayFields draft={draft} change={change} language={language} country={country} />
        <HoursFields draft={draft} change={change} language={language} />
        <LivingFields draft={draft} change={change} language={language} country={country} />
        <FeeFields draft={draft} change={change} language={language} />
        <NoteField draft={draft} change={change} />
      </section>
      <SaveLine hasChanged={form.hasChanged} saved={form.saved} problem={form.problem} onRetry={form.retry} />
      <div className={styles.end}>
        <Link href={papers} className={buttonClass('primary')}>
          <Check aria-hidden="true" />
          {t(($) => $.contract.done)}
        </Link>
        <Link href={pathTo(language, country, 'rights')} className={buttonClass('quiet')}>
          <Scale aria-hidden="true" />
          {t(($) => $.contract.compareHint)}
        </Link>
        {problem && (
          <Notice kind="problem" role="alert">
            {t(($) => $.errors[problem.type])}
          </Notice>
        )}
        {isKept && (
          <Button kind="danger" icon={Trash2} onClick={() => void remove()}>
            {t(($) => $.contract.remove)}
          </Button>
        )}
      </div>
    </>
  );
}
