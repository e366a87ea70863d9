import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Field } from '#ui/Field.tsx';
import styles from './CodeCheck.module.css';
import { isGroupOf, pickTwoGroups } from './codeGroups.ts';
import { StepHeading } from './StepHeading.tsx';

interface CodeCheckProps {
  digits: string;
  isBusy: boolean;
  onRight: () => void;
  onLook: () => void;
}

/** Two groups typed back prove that the code is somewhere else than on this screen. */
export function CodeCheck({ digits, isBusy, onRight, onLook }: CodeCheckProps) {
  const { t } = useTranslation();
  const [asked] = useState(() => pickTwoGroups(Math.random));
  const [typed, setTyped] = useState<readonly [string, string]>(['', '']);
  const [isChecked, setChecked] = useState(false);
  const right = asked.map((group, index) => isGroupOf(digits, group, typed[index] ?? ''));

  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setChecked(true);
    const wrong = right.findIndex((answer) => answer !== true);
    if (wrong < 0) onRight();
    else event.currentTarget.querySelectorAll('input')[wrong]?.focus();
  };
  const errorOf = (index: number): string | undefined => {
    if (right[index] === false) return t(($) => $.sync.code.groupWrong);
    return isChecked && right[index] === null ? t(($) => $.sync.code.groupShort) : undefined;
  };

  return (
    <form className={card.stack} onSubmit={send} noValidate>
      <StepHeading>{t(($) => $.sync.code.checkTitle)}</StepHeading>
      <p>{t(($) => $.sync.code.checkHint)}</p>
      {asked.map((group, index) => (
        <div key={group} className={styles.group} data-right={right[index] === true}>
          <Field label={t(($) => $.sync.code.group, { number: group })} error={errorOf(index)}>
            {(control) => (
              <input
                {...control}
                className={styles.input}
                inputMode="numeric"
                autoComplete="off"
                maxLength={9}
                value={typed[index]}
                onChange={({ target }) => {
                  setChecked(false);
                  setTyped(index === 0 ? [target.value, typed[1]] : [typed[0], target.value]);
                }}
              />
            )}
          </Field>
          {right[index] === true && <Check className={styles.tick} aria-hidden="true" />}
        </div>
      ))}
      <Button type="submit" disabled={isBusy}>
        {t(($) => $.sync.code.check)}
      </Button>
      <Button kind="quiet" onClick={onLook}>
        {t(($) => $.sync.code.look)}
      </Button>
    </form>
  );
}
