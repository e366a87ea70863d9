import { Briefcase } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#data/contracts.ts';
import { toLatinDigits } from '#i18n/format.ts';
import { Choice } from '#ui/Field.tsx';
import { JOB_ICONS } from '#ui/icons.ts';
import { Clearable } from './Clearable.tsx';
import { FieldCard } from './FieldCard.tsx';
import { TextField } from './TextField.tsx';
import type { ContractFormPart } from './useContractForm.ts';
import styles from './WorkFields.module.css';

const JOBS: Job[] = ['factory', 'farm', 'construction', 'domestic', 'fishing', 'services', 'other'];

/** For whom, where, and what kind of work. */
export function WorkFields({ draft, change }: ContractFormPart) {
  const { t } = useTranslation();
  const job = t(($) => $.contract.job);
  return (
    <FieldCard icon={Briefcase} title={t(($) => $.contract.groups.work)}>
      <div className={styles.jobs}>
        <Clearable label={job} isFilled={draft.job !== null} onClear={() => change({ job: null })}>
          <Choice
            label={job}
            options={JOBS.map((value) => ({
              value,
              label: t(($) => $.contract.jobs[value]),
              icon: <JobIcon job={value} />,
            }))}
            value={draft.job}
            onChange={(value) => change({ job: value })}
          />
        </Clearable>
      </div>
      <TextField
        label={t(($) => $.contract.employer)}
        value={draft.employer}
        onChange={(employer) => change({ employer })}
      />
      <TextField
        label={t(($) => $.contract.employerPhone)}
        type="tel"
        value={draft.employerPhone}
        onChange={(phone) => change({ employerPhone: phone && toLatinDigits(phone) })}
      />
      <TextField
        label={t(($) => $.contract.workplace)}
        hint={t(($) => $.contract.workplaceHint)}
        value={draft.workplace}
        onChange={(workplace) => change({ workplace })}
      />
    </FieldCard>
  );
}

function JobIcon({ job }: { job: Job }) {
  const Icon = JOB_ICONS[job];
  return Icon ? <Icon aria-hidden="true" size={32} /> : null;
}
