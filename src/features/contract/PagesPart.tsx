import { useLiveQuery } from 'dexie-react-hooks';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contract } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import { listPages } from '#data/pages.ts';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import { PhotoPicker } from '#ui/PhotoPicker.tsx';
import { UndoBar } from '#ui/UndoBar.tsx';
import { PageDialog } from './PageDialog.tsx';
import { PageGrid } from './PageGrid.tsx';
import styles from './PagesPart.module.css';
import { useAddPages } from './useAddPages.ts';
import { useRemovePages } from './useRemovePages.ts';

interface PagesPartProps {
  db: Database;
  /** The contract whose pages these are. */
  id: string;
  current: () => Contract | null;
  onAdded: () => void;
}

/** The photographed pages: what an office or a court asks for first. */
export function PagesPart({ db, id, current, onAdded }: PagesPartProps) {
  const { t } = useTranslation();
  const pages = useLiveQuery(() => listPages(db, id), [db, id]) ?? [];
  const [shown, setShown] = useState<string | null>(null);
  const adding = useAddPages({ db, current, onAdded });
  const removing = useRemovePages(db);
  const { done, total } = adding.progress;
  const shownIndex = pages.findIndex((page) => page.id === shown);

  return (
    <section className={styles.part} aria-labelledby="contract-pages">
      <div>
        <h2 id="contract-pages" tabIndex={-1}>
          {t(($) => $.contract.pagesTitle)}
        </h2>
        <p className={styles.hint}>{t(($) => $.contract.pagesHint)}</p>
      </div>
      <PhotoPicker
        take={t(($) => $.contract.takePhoto)}
        pick={t(($) => $.contract.pickPhoto)}
        onFiles={adding.add}
      />
      {total > 0 && !adding.problem && (
        <div className={styles.progress}>
          <p role="status">{t(($) => $.contract.working, { done: done + 1, total })}</p>
          <progress value={done + 0.5} max={total} aria-label={t(($) => $.contract.pagesTitle)} />
        </div>
      )}
      {adding.unreadable > 0 && (
        <Notice kind="attention" role="alert">
          {t(($) => $.contract.photosFailed, { count: adding.unreadable })}
        </Notice>
      )}
      {adding.problem && (
        <Notice kind="problem" role="alert">
          <p>{t(($) => $.errors[adding.problem?.type ?? 'QuotaExceeded'])}</p>
          <Button kind="secondary" icon={RotateCw} onClick={adding.retry}>
            {t(($) => $.failure.tryAgain)}
          </Button>
        </Notice>
      )}
      {removing.problem && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[removing.problem?.type ?? 'QuotaExceeded'])}
        </Notice>
      )}
      <PageGrid db={db} pages={pages} onOpen={setShown} onRemove={removing.remove} />
      {shownIndex >= 0 && (
        <PageDialog
          db={db}
          pages={pages}
          index={shownIndex}
          onShow={(index) => setShown(pages[index]?.id ?? null)}
          onClose={() => setShown(null)}
        />
      )}
      {removing.removed && (
        <UndoBar
          key={removing.removed.records.length}
          text={t(($) => $.contract.pageRemoved)}
          undo={t(($) => $.undo.undo)}
          onUndo={removing.undo}
          onGone={removing.forget}
        />
      )}
    </section>
  );
}
