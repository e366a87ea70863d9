import { Check } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isGroupRight } from '#crypto/recoveryCode.ts';
import styles from './CodeInput.module.css';
import { type TypedGroups, typeInto } from './codeGroups.ts';

interface CodeInputProps {
  groups: TypedGroups;
  onChange: (groups: TypedGroups) => void;
}

/**
 * Eight fields that look like the paper: the same numbers at the same places. Each is checked when it is complete, and
 * the next one has the focus then.
 */
export function CodeInput({ groups, onChange }: CodeInputProps) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLOListElement>(null);
  const right = groups.map((typed, index) => isGroupRight(index + 1, typed));
  const focus = (index: number): void => list.current?.querySelectorAll('input')[index]?.focus();

  const write = (index: number, text: string): void => {
    const typed = typeInto(groups, index, text);
    onChange(typed.groups);
    // A group with a mistake keeps the focus: the mistake stands there.
    const isRight = isGroupRight(index + 1, typed.groups[index] ?? '') !== false;
    if (typed.next !== index && isRight) focus(typed.next);
  };
  const paste = (event: ClipboardEvent, index: number): void => {
    event.preventDefault();
    write(index, event.clipboardData.getData('text'));
  };
  const stepBack = (event: KeyboardEvent, index: number): void => {
    if (event.key !== 'Backspace' || groups[index] !== '' || index === 0) return;
    event.preventDefault();
    focus(index - 1);
  };

  return (
    <ol ref={list} className={styles.groups}>
      {groups.map((typed, index) => (
        <li key={index} className={styles.group} data-right={right[index] ?? undefined}>
          <label htmlFor={`${id}-${index}`} className={styles.number}>
            <span className="visually-hidden">{t(($) => $.sync.code.group, { number: index + 1 })}</span>
            <span aria-hidden="true">{index + 1}</span>
          </label>
          <input
            id={`${id}-${index}`}
            className={styles.input}
            inputMode="numeric"
            autoComplete="off"
            enterKeyHint={index < groups.length - 1 ? 'next' : 'done'}
            value={typed}
            aria-invalid={right[index] === false ? true : undefined}
            aria-describedby={right[index] === false ? `${id}-${index}-error` : undefined}
            onChange={(event) => write(index, event.target.value)}
            onPaste={(event) => paste(event, index)}
            onKeyDown={(event) => stepBack(event, index)}
          />
          {right[index] === true && <Check className={styles.tick} aria-hidden="true" />}
          {right[index] === false && (
            <p id={`${id}-${index}-error`} className={styles.error} role="alert">
              {t(($) => $.sync.restore.groupWrong, { number: index + 1 })}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
