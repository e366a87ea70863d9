import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { StorageError } from '#data/storageError.ts';
import { formatBytes } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { buttonClass } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import type { CopyPreview, Progress, SyncError } from '#sync/client.ts';
import { CodeEntry, type EntryStep } from './CodeEntry.tsx';
import { CopyPreviewPart } from './CopyPreviewPart.tsx';
import { emptyGroups } from './codeGroups.ts';
import { FailureNotice } from './FailureNotice.tsx';
import { openFamily } from './openFamily.ts';
import styles from './RestoreScreen.module.css';
import { StepHeading } from './StepHeading.tsx';
import { loadSync, type Sync } from './startSync.ts';
import { SyncLine } from './SyncLine.tsx';
import { isInTrouble } from './status.ts';
import { useAction } from './useAction.ts';
import { useStep } from './useStep.ts';

interface RestoreScreenProps {
  sync: Sync;
  language: Language;
  papers: string;
  /** The page that says how this phone's copy stands. */
  copy: string;
  familyCopy: string;
  /** Where one only deletes the copy of a code. */
  deletion: string;
}

/** Brings a copy onto this phone: give the code, look what it opens, take it. */
export function RestoreScreen({ sync, language, papers, copy, familyCopy, deletion }: RestoreScreenProps) {
  const { t } = useTranslation();
  const { step, go, back } = useStep<EntryStep | 'preview' | 'done'>('ways');
  const [groups, setGroups] = useState(emptyGroups);
  const [preview, setPreview] = useState<CopyPreview | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [entries, setEntries] = useState(0);
  const looking = useAction<SyncError>(sync);
  const taking = useAction<SyncError | StorageError>(sync);

  const look = async (digits: string): Promise<void> => {
    const found = await looking.run((client) => client.preview(digits));
    if (found) {
      setPreview(found.value);
      taking.forget();
      go('preview', step === 'scan');
    } else if (step === 'scan') back();
  };
  const take = async ({ digits, role }: CopyPreview): Promise<void> => {
    try {
      const taken = await taking.run(async (client) => {
        if (role === 'owner') return client.restore(digits, setProgress);
        // The family's copy never mixes with what the family keeps on this phone itself.
        const family = await openFamily();
        return family.ok ? (await loadSync(family.value)).restore(digits, setProgress) : family;
      });
      if (!taken) return;
      setEntries(taken.value.entries);
      go('done', true);
    } finally {
      setProgress(null);
    }
  };

  if (step === 'done' && preview) {
    const isFamily = preview.role === 'reader';
    const isStuck = !isFamily && isInTrouble(sync.overview);
    return (
      <>
        <Notice kind="good">
          <StepHeading>{t(($) => $.sync.restore.done, { count: entries })}</StepHeading>
          {preview.photos > 0 && !isStuck && <p>{t(($) => $.sync.restore.photosCome)}</p>}
        </Notice>
        {isStuck && <SyncLine sync={sync} language={language} to={copy} />}
        <Link href={isFamily ? familyCopy : papers} replace className={buttonClass('primary')}>
          {isFamily ? t(($) => $.sync.restore.toFamily) : t(($) => $.sync.restore.toPapers)}
        </Link>
      </>
    );
  }
  if (progress || taking.isBusy) return <Fetching progress={progress} />;
  if (step === 'preview' && preview) {
    return (
      <>
        <CopyPreviewPart
          preview={preview}
          language={language}
          isBusy={taking.isBusy}
          onTake={() => void take(preview)}
          onCancel={back}
        />
        <FailureNotice failure={taking.failure} />
      </>
    );
  }
  if (looking.isBusy) return <p role="status">{t(($) => $.sync.restore.looking)}</p>;
  return (
    <>
      {step === 'ways' && <p>{t(($) => $.sync.restore.intro)}</p>}
      <FailureNotice failure={looking.failure} />
      <CodeEntry
        step={step === 'scan' || step === 'type' ? step : 'ways'}
        onStep={(next) => {
          looking.forget();
          go(next);
        }}
        groups={groups}
        onGroups={(typed) => {
          looking.forget();
          setGroups(typed);
        }}
        onCode={(digits) => void look(digits)}
      />
      {step === 'ways' && (
        <Link href={deletion} className={buttonClass('quiet')}>
          {t(($) => $.sync.delete.title)}
        </Link>
      )}
    </>
  );
}

function Fetching({ progress }: { progress: Progress | null }) {
  const { t } = useTranslation();
  const words = t(($) => $.sync.restore.fetching);
  const done = progress?.bytes ?? 0;
  const total = Math.max(progress?.total ?? 0, done);
  return (
    <section className={card.card}>
      <StepHeading>{words}</StepHeading>
      {total > 0 ? (
        <progress className={styles.bar} value={done} max={total} aria-label={words} />
      ) : (
        <progress className={styles.bar} aria-label={words} />
      )}
      {total > 0 && (
        <p className={card.soft}>
          {t(($) => $.sync.restore.progress, { done: formatBytes(done), total: formatBytes(total) })}
        </p>
      )}
    </section>
  );
}
