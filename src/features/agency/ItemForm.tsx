import { Check, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import styles from './ItemForm.module.css';
import type { ItemDraft } from './useItemDraft.ts';

interface ItemFormProps {
  /** What is written down here, for screen readers. */
  label: string;
  form: Pick<ItemDraft<object>, 'problem' | 'retry' | 'isSaved' | 'whenSaved'>;
  /** Says what is wrong with a field; gives whether the form may close. */
  check?: () => boolean;
  onClose: () => void;
  /** Photos are still being made smaller. */
  isBusy?: boolean;
  remove?: { words: string; run: () => Promise<unknown> };
  /** A new entry begins in its first field; of an old one, the phone must not cover half with its keyboard. */
  isNew: boolean;
  children: ReactNode;
}

/** The frame of a form that saves itself: its fields, what went wrong, and the way out. */
export function ItemForm(props: ItemFormProps) {
  const { label, form, check, onClose, isBusy = false, remove, isNew, children } = props;
  const { t } = useTranslation();
  const { problem } = form;
  const frame = useRef<HTMLDivElement>(null);
  // As it was when it opened: the first saved letter must not move the focus.
  const [beginsNew] = useState(isNew);
  useEffect(() => {
    const first = beginsNew ? frame.current?.querySelector<HTMLElement>('input, textarea') : null;
    (first ?? frame.current)?.focus();
  }, [beginsNew]);
  const done = (): void => {
    if (check?.() ?? true) return form.whenSaved(onClose);
    // The field that is not right takes the focus, once its words are there.
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  };
  const leave = async (): Promise<void> => {
    if (await remove?.run()) onClose();
  };
  // What cannot be saved can still be deleted.
  const takeAway = (): void => (problem ? void leave() : form.whenSaved(() => void leave()));
  return (
    <div ref={frame} className={styles.form} role="group" aria-label={label} tabIndex={-1}>
      {children}
      {problem && (
        <Notice kind="problem" role="alert">
          <p>{t(($) => $.errors[problem.type])}</p>
          <Button kind="secondary" onClick={form.retry}>
            {t(($) => $.failure.tryAgain)}
          </Button>
        </Notice>
      )}
      <Button icon={Check} onClick={done} disabled={isBusy}>
        {t(($) => $.contacts.done)}
      </Button>
      {remove && (
        <Button kind="quiet" icon={Trash2} className={styles.remove} onClick={takeAway} disabled={isBusy}>
          {remove.words}
        </Button>
      )}
      <p className={`${card.soft} ${card.small} ${styles.kept}`}>
        {form.isSaved && <Check aria-hidden="true" size={18} />}
        {form.isSaved ? t(($) => $.contract.saved) : t(($) => $.contract.savedAuto)}
      </p>
    </div>
  );
}
