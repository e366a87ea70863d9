import { NotebookPen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Field } from '#ui/Field.tsx';
import { FieldCard } from './FieldCard.tsx';
import type { ContractFormPart } from './useContractForm.ts';

export function NoteField({ draft, change }: ContractFormPart) {
  const { t } = useTranslation();
  return (
    <FieldCard icon={NotebookPen} title={t(($) => $.contract.groups.note)}>
      <Field label={t(($) => $.contract.note)}>
        {(control) => (
          <textarea
            {...control}
            value={draft.note ?? ''}
            onChange={(event) => change({ note: event.target.value || null })}
          />
        )}
      </Field>
    </FieldCard>
  );
}
