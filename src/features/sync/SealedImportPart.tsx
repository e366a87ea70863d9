import { FolderOpen, RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { SealedFileError, SealedImport } from '#sync/client.ts';
import { CodeEntry, type EntryStep } from './CodeEntry.tsx';
import { emptyGroups } from './codeGroups.ts';
import { fileFailureText } from './failureText.ts';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';

interface Done {
  readonly digits: string;
  readonly summary: SealedImport;
  readonly broughtBack: boolean;
}

/** Reads a locked file in: the file first, then its code. A code that does not fit leaves both where they are. */
export function SealedImportPart({ sync }: { sync: Sync }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [step, setStep] = useState<EntryStep>('ways');
  const [groups, setGroups] = useState(emptyGroups);
  const [done, setDone] = useState<Done | null>(null);
  const reading = useAction<SealedFileError>(sync);

  const read = async (digits: string, bringBack: boolean): Promise<void> => {
    if (!file) return;
    if (step === 'scan') setStep('ways');
    const result = await reading.run((client) => client.importSealed(file, digits, bringBack));
    if (result) setDone({ digits, summary: result.value, broughtBack: bringBack });
  };
  const choose = (chosen: File): void => {
    reading.forget();
    setDone(null);
    setFile(chosen);
  };

  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".mitra,application/octet-stream"
        className="visually-hidden"
        aria-label={t(($) => $.sync.file.importTitle)}
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          // The same file can be chosen again after it was refused.
          event.target.value = '';
          if (chosen) choose(chosen);
        }}
      />
      {file && !done && <strong role="status">{t(($) => $.sync.file.chosen, { name: file.name })}</strong>}
      {reading.failure && (
        <Notice kind="problem" role="alert">
          {fileFailureText(t, reading.failure)}
        </Notice>
      )}
      {reading.isBusy && <p role="status">{t(($) => $.backup.importing)}</p>}
      {file && !done && !reading.isBusy && (
        <CodeEntry
          step={step}
          onStep={setStep}
          groups={groups}
          onGroups={(typed) => {
            reading.forget();
            setGroups(typed);
          }}
          onCode={(digits) => void read(digits, false)}
        />
      )}
      {file && !done && step !== 'ways' && (
        <Button kind="quiet" onClick={() => setStep('ways')}>
          {t(($) => $.nav.back)}
        </Button>
      )}
      {done && <Summary done={done} onBringBack={() => void read(done.digits, true)} />}
      <Button
        kind={file ? 'quiet' : 'secondary'}
        icon={FolderOpen}
        disabled={reading.isBusy}
        onClick={() => input.current?.click()}
      >
        {file ? t(($) => $.sync.file.otherFile) : t(($) => $.backup.import)}
      </Button>
    </>
  );
}

function Summary({ done, onBringBack }: { done: Done; onBringBack: () => void }) {
  const { t } = useTranslation();
  const { added, changed, removed, deletedHere } = done.summary;
  return (
    <Notice kind="good" role="status">
      <p>
        {added + changed + removed === 0
          ? t(($) => $.backup.importedNothing)
          : t(($) => $.backup.imported, { added, changed })}
      </p>
      {removed > 0 && <p>{t(($) => $.backup.importedRemoved, { count: removed })}</p>}
      {done.broughtBack && <p>{t(($) => $.backup.broughtBack)}</p>}
      {deletedHere > 0 && !done.broughtBack && (
        <>
          <p>{t(($) => $.backup.deletedHere, { count: deletedHere })}</p>
          <Button kind="secondary" icon={RotateCcw} onClick={onBringBack}>
            {t(($) => $.backup.bringBack)}
          </Button>
        </>
      )}
    </Notice>
  );
}
