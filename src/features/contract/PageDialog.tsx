import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import type { Page } from '#data/pages.ts';
import { QuickExit } from '#ui/QuickExit.tsx';
import styles from './PageDialog.module.css';
import { StoredPhoto } from './StoredPhoto.tsx';

interface PageDialogProps {
  db: Database;
  pages: Page[];
  index: number;
  onShow: (index: number) => void;
  onClose: () => void;
}

/** One page over the whole screen; two fingers enlarge it. */
export function PageDialog({ db, pages, index, onShow, onClose }: PageDialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    // In braces: Chromium 156 gives back a promise, which React would call as a clean-up.
    body.current?.scrollTo(0, 0);
  }, [index]);
  const page = pages[index];
  const name = t(($) => $.contract.pageOf, { number: index + 1, total: pages.length });
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={name} onClose={onClose}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.round}
          aria-label={t(($) => $.contract.closePage)}
          onClick={close}
        >
          <X aria-hidden="true" />
        </button>
        <p className={styles.name} aria-live="polite">
          {name}
        </p>
        {/* The one of the layout lies behind the dialog and cannot be tapped. */}
        <QuickExit words={t(($) => $.nav.quickExit)} />
      </div>
      <div ref={body} className={styles.body}>
        {page && (
          <StoredPhoto key={page.id} db={db} photoId={page.photoId} alt={name} className={styles.photo} />
        )}
      </div>
      {pages.length > 1 && (
        <div className={styles.foot}>
          <PageButton number={index} total={pages.length} icon={ArrowLeft} onShow={onShow} />
          <PageButton number={index + 2} total={pages.length} icon={ArrowRight} onShow={onShow} />
        </div>
      )}
    </dialog>
  );
}

interface PageButtonProps {
  /** 1 for the first page. */
  number: number;
  total: number;
  icon: typeof ArrowLeft;
  onShow: (index: number) => void;
}

/** The page before or after; the button stays in its place when there is none. */
function PageButton({ number, total, icon: Icon, onShow }: PageButtonProps) {
  const { t } = useTranslation();
  const exists = number >= 1 && number <= total;
  return (
    <button
      type="button"
      className={styles.turn}
      // Not `disabled`: the finger on the last page must not lose the keyboard focus.
      aria-disabled={!exists}
      aria-label={t(($) => $.contract.page, { number: Math.min(Math.max(number, 1), total) })}
      onClick={() => exists && onShow(number - 1)}
    >
      <Icon aria-hidden="true" />
    </button>
  );
}
