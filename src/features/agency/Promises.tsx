import { Handshake } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Database, newId } from '#data/database.ts';
import { type AgencyPromise, emptyPromise, removePromise, savePromise } from '#data/promises.ts';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { dayOf } from '#lib/day.ts';
import card from '#ui/Card.module.css';
import { DayField } from './DayField.tsx';
import { ItemForm } from './ItemForm.tsx';
import { ItemRow } from './ItemRow.tsx';
import { ItemSection } from './ItemSection.tsx';
import { TextField } from './TextField.tsx';
import { useItemDraft } from './useItemDraft.ts';
import type { Undo } from './useUndo.ts';

interface PromisesProps {
  db: Database;
  agencyId: string;
  promises: readonly AgencyPromise[];
  language: Language;
  undo: Undo;
}

/** What the agency said it would give, in the worker's words. */
export function Promises({ db, agencyId, promises, language, undo }: PromisesProps) {
  const { t } = useTranslation();
  return (
    <ItemSection
      icon={Handshake}
      title={t(($) => $.agency.promises)}
      hint={t(($) => $.agency.promisesHint)}
      add={t(($) => $.agency.addPromise)}
      items={promises}
      makeNew={() => ({ id: newId(db), ...emptyPromise(agencyId) })}
      row={(promise, open) => {
        const text = promise.text ?? t(($) => $.agency.nothingYet);
        return (
          <ItemRow label={t(($) => $.agency.changeItem, { name: text })} onOpen={open}>
            <strong>{text}</strong>
            {promise.madeOn && <span className={card.soft}>{formatDay(promise.madeOn, language)}</span>}
          </ItemRow>
        );
      }}
      form={(opened, close) => (
        <PromiseForm
          db={db}
          opened={opened}
          isNew={promises.every(({ id }) => id !== opened.id)}
          language={language}
          undo={undo}
          onClose={close}
        />
      )}
    />
  );
}

interface PromiseFormProps {
  db: Database;
  opened: AgencyPromise;
  isNew: boolean;
  language: Language;
  undo: Undo;
  onClose: () => void;
}

function PromiseForm({ db, opened, isNew, language, undo, onClose }: PromiseFormProps) {
  const { t } = useTranslation();
  const { id, ...fields } = opened;
  const form = useItemDraft(db, fields, (next, before) => savePromise(db, id, next, before));
  const { draft, change } = form;
  return (
    <ItemForm
      label={t(($) => $.agency.promise)}
      isNew={isNew}
      form={form}
      onClose={onClose}
      remove={{
        words: t(($) => $.agency.removePromise),
        run: () =>
          undo.remove(
            t(($) => $.agency.promiseRemoved),
            () => removePromise(db, id),
          ),
      }}
    >
      <TextField
        label={t(($) => $.agency.promise)}
        value={draft.text}
        isLong
        onChange={(text) => change({ text })}
      />
      <DayField
        label={t(($) => $.agency.promiseDay)}
        day={draft.madeOn}
        today={dayOf(db.now())}
        language={language}
        onChange={(madeOn) => change({ madeOn })}
      />
    </ItemForm>
  );
}
