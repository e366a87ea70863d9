import { FolderOpen, RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportError } from '#data/backup.ts';
import type { Database } from '#data/database.ts';
import type { ImportSummary } from '#data/mergeBackup.ts';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';

type State =
  | { step: 'idle' }
  | { step: 'reading' }
  | { step: 'done'; file: File; summary: ImportSummary; broughtBack: boolean }
  | { step: 'failed'; error: ImportError };

/** Reads a copy in. A file that is refused changes nothing, and the reason is said in words. */
export function ImportPart({ db }: { db: Database }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>({ step: 'idle' });

  const read = async (file: File, bringBack: boolean): Promise<void> => {
    setState({ step: 'reading' });
    const { importAll } = await import('#data/backup.ts');
    const result = await importAll(db, file, { bringBack });
    if (result.ok) setState({ step: 'done', file, summary: result.value, broughtBack: bringBack });
    else setState({ step: 'failed', error: result.error });
  };

  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        className="visually-hidden"
        aria-label={t(($) => $.backup.import)}
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file can be chosen again after it was refused.
          event.target.value = '';
          if (file) void read(file, false);
        }}
      />
      <Button
        kind="secondary"
        icon={FolderOpen}
        disabled={state.step === 'reading'}
        onClick={() => input.current?.click()}
      >
        {state.step === 'reading' ? t(($) => $.backup.importing) : t(($) => $.backup.import)}
      </Button>
      {state.step === 'failed' && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[state.error.type])}
        </Notice>
      )}
      {state.step === 'done' && <Summary {...state} onBringBack={() => void read(state.file, true)} />}
    </>
  );
}

interface SummaryProps {
  summary: ImportSummary;
  broughtBack: boolean;
  onBringBack: () => void;
}

function Summary({ summary, broughtBack, onBringBack }: SummaryProps) {
  const { t } = useTranslation();
  const { added, changed, removed, deletedHere } = summary;
  return (
    <Notice kind="good" role="status">
      <p>
        {added + changed + removed === 0
          ? t(($) => $.backup.importedNothing)
          : t(($) => $.backup.imported, { added, changed })}
      </p>
      {removed > 0 && <p>{t(($) => $.backup.importedRemoved, { count: removed })}</p>}
      {broughtBack && <p>{t(($) => $.backup.broughtBack)}</p>}
      {deletedHere > 0 && !broughtBack && (
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
