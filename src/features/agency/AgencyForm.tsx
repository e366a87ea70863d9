import { useTranslation } from 'react-i18next';
import { type AgencyFields, saveAgency } from '#data/agencies.ts';
import type { Destination } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import card from '#ui/Card.module.css';
import { ItemForm } from './ItemForm.tsx';
import { PhoneField, usePhone } from './PhoneField.tsx';
import { TextField } from './TextField.tsx';
import { useItemDraft } from './useItemDraft.ts';

interface AgencyFormProps {
  db: Database;
  id: string;
  opened: AgencyFields;
  /** Where the worker goes, saved along. */
  destination: Destination | null;
  isNew: boolean;
  onDone: () => void;
}

/** Who the agency is. Everything may be left empty. */
export function AgencyForm({ db, id, opened, destination, isNew, onDone }: AgencyFormProps) {
  const { t } = useTranslation();
  const form = useItemDraft(db, opened, (next, before) =>
    saveAgency(db, id, { ...next, country: next.country ?? destination }, before),
  );
  const { draft, change } = form;
  const phone = usePhone(opened.phone);
  return (
    <section className={card.card}>
      <ItemForm
        label={t(($) => $.agency.title)}
        isNew={isNew}
        form={form}
        check={phone.check}
        onClose={onDone}
      >
        <TextField label={t(($) => $.agency.name)} value={draft.name} onChange={(name) => change({ name })} />
        <TextField
          label={t(($) => $.agency.licence)}
          hint={t(($) => $.agency.licenceHint)}
          value={draft.licence}
          onChange={(licence) => change({ licence })}
        />
        <PhoneField
          label={t(($) => $.agency.phone)}
          phone={phone}
          onChange={(number) => change({ phone: number })}
        />
        <TextField
          label={t(($) => $.agency.address)}
          value={draft.address}
          onChange={(address) => change({ address })}
        />
        <TextField
          label={t(($) => $.agency.note)}
          value={draft.note}
          isLong
          onChange={(note) => change({ note })}
        />
      </ItemForm>
    </section>
  );
}
