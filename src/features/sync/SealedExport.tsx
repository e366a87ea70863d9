import { Check, Download, FileLock2, Share2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { SealedFile, SealedFileError } from '#sync/client.ts';
import { CodeActions } from './CodeActions.tsx';
import { CodeSheet } from './CodeSheet.tsx';
import { fileFailureText } from './failureText.ts';
import type { Sync } from './startSync.ts';
import { useAction } from './useAction.ts';

interface SealedExportProps {
  sync: Sync;
  language: Language;
  today: string;
}

interface Counted {
  readonly done: number;
  readonly total: number;
}

/** Makes one locked file. Its code comes first: without it the file is of no use to anybody. */
export function SealedExport({ sync, language, today }: SealedExportProps) {
  const { t } = useTranslation();
  const [counted, setCounted] = useState<Counted>({ done: 0, total: 0 });
  const [sealed, setSealed] = useState<{ readonly file: SealedFile; readonly url: string } | null>(null);
  const url = sealed?.url;
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  const [hasKept, setKept] = useState(false);
  const making = useAction<SealedFileError>(sync);

  const make = async (): Promise<void> => {
    const made = await making.run((client) =>
      client.exportSealed((done, total) => setCounted({ done, total })),
    );
    if (made) setSealed({ file: made.value, url: URL.createObjectURL(made.value.file) });
  };

  if (sealed && !hasKept) {
    return (
      <>
        <p role="status">
          <strong>{t(($) => $.sync.file.codeFirst)}</strong>
        </p>
        <CodeSheet digits={sealed.file.digits} language={language} today={today} />
        <CodeActions digits={sealed.file.digits} language={language} today={today} />
        <Button icon={Check} onClick={() => setKept(true)}>
          {t(($) => $.sync.file.kept)}
        </Button>
      </>
    );
  }
  if (sealed) return <Ready sealed={sealed.file} url={sealed.url} onLook={() => setKept(false)} />;
  return (
    <>
      {making.failure && (
        <Notice kind="problem" role="alert">
          {fileFailureText(t, making.failure)}
        </Notice>
      )}
      <Button icon={FileLock2} disabled={making.isBusy} onClick={() => void make()}>
        {making.isBusy
          ? t(($) => $.sync.file.making, { done: counted.done, total: counted.total })
          : t(($) => $.sync.file.make)}
      </Button>
    </>
  );
}

interface ReadyProps {
  sealed: SealedFile;
  url: string;
  onLook: () => void;
}

function Ready({ sealed, url, onLook }: ReadyProps) {
  const { t } = useTranslation();
  const type = 'application/octet-stream';
  const canShare =
    'canShare' in navigator && navigator.canShare({ files: [new File([''], sealed.name, { type })] });
  const share = async (): Promise<void> => {
    // Closing the phone's own share sheet is not a failure.
    await navigator.share({ files: [new File([sealed.file], sealed.name, { type })] }).catch(() => {});
  };
  return (
    <>
      <Notice kind="good" role="status">
        {t(($) => $.backup.exported, { name: sealed.name, size: formatBytes(sealed.file.size) })}
      </Notice>
      {sealed.leftOut > 0 && (
        <Notice kind="attention">{t(($) => $.sync.file.leftOut, { number: sealed.leftOut })}</Notice>
      )}
      <a className={buttonClass('primary')} href={url} download={sealed.name}>
        <Download aria-hidden="true" />
        {t(($) => $.backup.download)}
      </a>
      {canShare && (
        <Button kind="secondary" icon={Share2} onClick={() => void share()}>
          {t(($) => $.backup.shareFile)}
        </Button>
      )}
      <Notice kind="attention">{t(($) => $.sync.file.apart)}</Notice>
      <Button kind="quiet" onClick={onLook}>
        {t(($) => $.sync.code.look)}
      </Button>
    </>
  );
}
