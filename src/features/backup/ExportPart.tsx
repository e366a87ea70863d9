import { Download, Share2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup } from '#data/backup.ts';
import type { Database } from '#data/database.ts';
import type { StorageError } from '#data/storageError.ts';
import { formatBytes } from '#i18n/format.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';

type State =
  | { step: 'idle' }
  | { step: 'working'; done: number; total: number }
  | { step: 'ready'; backup: Backup; url: string }
  | { step: 'failed'; error: StorageError };

/** Makes one file of everything, then hands it to the browser's download or to the phone's share sheet. */
export function ExportPart({ db }: { db: Database }) {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ step: 'idle' });
  const url = state.step === 'ready' ? state.url : null;
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);

  const make = async (): Promise<void> => {
    setState({ step: 'working', done: 0, total: 0 });
    const { exportAll } = await import('#data/backup.ts');
    const result = await exportAll(db, {
      onProgress: (done, total) => setState({ step: 'working', done, total }),
    });
    if (result.ok)
      setState({ step: 'ready', backup: result.value, url: URL.createObjectURL(result.value.file) });
    else setState({ step: 'failed', error: result.error });
  };
  const share = async (backup: Backup): Promise<void> => {
    const file = new File([backup.file], backup.name, { type: 'application/zip' });
    // Closing the phone's own share sheet is not a failure.
    await navigator.share({ files: [file] }).catch(() => {});
  };

  if (state.step === 'ready') {
    const { backup } = state;
    const canShare =
      'canShare' in navigator &&
      navigator.canShare({ files: [new File([''], backup.name, { type: 'application/zip' })] });
    return (
      <>
        <Notice kind="good" role="status">
          {t(($) => $.backup.exported, { name: backup.name, size: formatBytes(backup.file.size) })}
        </Notice>
        <a className={buttonClass('primary')} href={state.url} download={backup.name}>
          <Download aria-hidden="true" />
          {t(($) => $.backup.download)}
        </a>
        {canShare && (
          <Button kind="secondary" icon={Share2} onClick={() => void share(backup)}>
            {t(($) => $.backup.shareFile)}
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      {state.step === 'failed' && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[state.error.type])}
        </Notice>
      )}
      <Button icon={Download} onClick={() => void make()} disabled={state.step === 'working'}>
        {state.step === 'working'
          ? t(($) => $.backup.exporting, { done: state.done, total: state.total })
          : t(($) => $.backup.export)}
      </Button>
    </>
  );
}
