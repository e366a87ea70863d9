import { ArrowRight, Images, Keyboard, type LucideIcon, ScanQrCode } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readCode } from '#crypto/recoveryCode.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import styles from './CodeEntry.module.css';
import { CodeInput } from './CodeInput.tsx';
import { digitsOf, type TypedGroups } from './codeGroups.ts';
import { loadReader, readQrPicture } from './readQr.ts';
import { Scanner } from './Scanner.tsx';
import { StepHeading } from './StepHeading.tsx';

export type EntryStep = 'ways' | 'scan' | 'type';

interface CodeEntryProps {
  step: EntryStep;
  onStep: (step: EntryStep) => void;
  /** Kept by the screen, so that nothing typed is lost when the code does not fit. */
  groups: TypedGroups;
  onGroups: (groups: TypedGroups) => void;
  onCode: (digits: string) => void;
}

type Looking = 'no' | 'yes' | 'nothing' | 'notLoaded';

/** Three ways to give a code: with the camera, from a picture of it, or typed. */
export function CodeEntry({ step, onStep, groups, onGroups, onCode }: CodeEntryProps) {
  const { t } = useTranslation();
  const [looking, setLooking] = useState<Looking>('no');
  const file = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);

  const look = async (picture: File): Promise<void> => {
    setLooking('yes');
    const read = await loadReader().catch(() => null);
    const text = read && (await readQrPicture(picture, read));
    const code = readCode(text ?? '');
    setLooking(code.type === 'Code' ? 'no' : read ? 'nothing' : 'notLoaded');
    if (code.type === 'Code') onCode(code.digits);
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const digits = digitsOf(groups);
    if (digits) onCode(digits);
    else focusFirstOpen(form.current);
  };

  const picture = (
    <Way
      icon={Images}
      words={looking === 'yes' ? t(($) => $.sync.restore.reading) : t(($) => $.sync.restore.picture)}
      onClick={() => file.current?.click()}
    />
  );
  const typing = <Way icon={Keyboard} words={t(($) => $.sync.restore.type)} onClick={() => onStep('type')} />;
  if (step === 'type') {
    return (
      <form ref={form} className={card.stack} onSubmit={send} noValidate>
        <StepHeading>{t(($) => $.sync.restore.type)}</StepHeading>
        <p>{t(($) => $.sync.restore.typeHint)}</p>
        <CodeInput groups={groups} onChange={onGroups} />
        <Button type="submit" icon={ArrowRight} aria-disabled={digitsOf(groups) === null}>
          {t(($) => $.sync.next)}
        </Button>
      </form>
    );
  }
  return (
    <div className={card.stack}>
      {step === 'scan' ? (
        <Scanner onCode={onCode} />
      ) : (
        <Way icon={ScanQrCode} words={t(($) => $.sync.restore.scan)} onClick={() => onStep('scan')} />
      )}
      {picture}
      {typing}
      <input
        ref={file}
        type="file"
        accept="image/*"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t(($) => $.sync.restore.picture)}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          // The same picture can be chosen again.
          event.target.value = '';
          if (chosen) void look(chosen);
        }}
      />
      {looking === 'nothing' && (
        <Notice kind="attention" role="alert">
          {t(($) => $.sync.restore.noneFound)}
        </Notice>
      )}
      {looking === 'notLoaded' && (
        <Notice kind="attention" role="alert">
          {t(($) => $.failure.contentMissing)}
        </Notice>
      )}
    </div>
  );
}

function Way({ icon: Icon, words, onClick }: { icon: LucideIcon; words: string; onClick: () => void }) {
  return (
    <button type="button" className={styles.way} onClick={onClick}>
      <span className={card.icon}>
        <Icon aria-hidden="true" />
      </span>
      {words}
    </button>
  );
}

/** The first field that is not complete, or wrong: there is something to do. */
function focusFirstOpen(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLInputElement>('li:not([data-right="true"]) input')?.focus();
}
