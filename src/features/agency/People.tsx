import { UserRound, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type AgencyPerson,
  emptyAgencyPerson,
  removeAgencyPerson,
  saveAgencyPerson,
} from '#data/agencyPeople.ts';
import { type Database, newId } from '#data/database.ts';
import card from '#ui/Card.module.css';
import { CallButton } from './CallButton.tsx';
import { ItemForm } from './ItemForm.tsx';
import { ItemRow } from './ItemRow.tsx';
import { ItemSection } from './ItemSection.tsx';
import styles from './People.module.css';
import { PhoneField, usePhone } from './PhoneField.tsx';
import { TextField } from './TextField.tsx';
import { useItemDraft } from './useItemDraft.ts';
import type { Undo } from './useUndo.ts';

interface PeopleProps {
  db: Database;
  agencyId: string;
  people: readonly AgencyPerson[];
  undo: Undo;
}

/** Who works for the agency, or says so. */
export function People({ db, agencyId, people, undo }: PeopleProps) {
  const { t } = useTranslation();
  return (
    <ItemSection
      icon={UsersRound}
      title={t(($) => $.agency.people)}
      hint={t(($) => $.agency.peopleHint)}
      add={t(($) => $.agency.addPerson)}
      items={people}
      makeNew={() => ({ id: newId(db), ...emptyAgencyPerson(agencyId) })}
      row={(person, open) => <PersonRow person={person} onOpen={open} />}
      form={(opened, close) => (
        <PersonForm
          db={db}
          opened={opened}
          isNew={people.every(({ id }) => id !== opened.id)}
          undo={undo}
          onClose={close}
        />
      )}
    />
  );
}

function PersonRow({ person, onOpen }: { person: AgencyPerson; onOpen: () => void }) {
  const { t } = useTranslation();
  const name = person.name ?? t(($) => $.papers.unnamedContact);
  return (
    <ItemRow
      label={t(($) => $.agency.changeItem, { name })}
      picture={
        <span className={styles.face}>
          <UserRound aria-hidden="true" />
        </span>
      }
      action={person.phone && <CallButton name={name} phone={person.phone} />}
      onOpen={onOpen}
    >
      <strong>{name}</strong>
      {person.role && <span className={card.soft}>{person.role}</span>}
    </ItemRow>
  );
}

interface PersonFormProps {
  db: Database;
  opened: AgencyPerson;
  isNew: boolean;
  undo: Undo;
  onClose: () => void;
}

function PersonForm({ db, opened, isNew, undo, onClose }: PersonFormProps) {
  const { t } = useTranslation();
  const { id, ...fields } = opened;
  const form = useItemDraft(db, fields, (next, before) => saveAgencyPerson(db, id, next, before));
  const { draft, change } = form;
  const phone = usePhone(opened.phone);
  const roles = t(($) => $.agency.roleIdeas, { returnObjects: true });
  return (
    <ItemForm
      label={t(($) => $.agency.people)}
      isNew={isNew}
      form={form}
      check={phone.check}
      onClose={onClose}
      remove={{
        words: t(($) => $.agency.removePerson),
        run: () =>
          undo.remove(
            t(($) => $.agency.personRemoved),
            () => removeAgencyPerson(db, id),
          ),
      }}
    >
      <TextField
        label={t(($) => $.agency.personName)}
        value={draft.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        label={t(($) => $.agency.personRole)}
        value={draft.role}
        ideas={[roles.boss, roles.staff, roles.broker, roles.trainer]}
        onChange={(role) => change({ role })}
      />
      <PhoneField
        label={t(($) => $.agency.personPhone)}
        phone={phone}
        onChange={(number) => change({ phone: number })}
      />
    </ItemForm>
  );
}
