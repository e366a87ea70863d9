import { Trash2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { Button } from '#ui/Button.tsx';
import { QuickExit } from '#ui/QuickExit.tsx';
import { ReceiptPhoto } from './ReceiptPhoto.tsx';
import styles from './ReceiptViewer.module.css';

interface ReceiptViewerProps {
  db: Database;
  photoId: string | null;
  onClose: () => void;
  onRemove: () => void;
}

/** One receipt over the whole screen, to be shown or enlarged with two fingers. */
export function ReceiptViewer({ db, photoId, onClose, onRemove }: ReceiptViewerProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={styles.viewer}
      aria-label={t(($) => $.agency.seeReceipt)}
      onClose={onClose}
    >
      <div className={styles.bar}>
        <button type="button" className={styles.round} onClick={onClose}>
          <X aria-hidden="true" />
          <span className="visually-hidden">{t(($) => $.undo.close)}</span>
        </button>
        {/* The dialog covers the header, and the way out must stay one tap away. */}
        <QuickExit words={t(($) => $.nav.quickExit)} />
      </div>
      <ReceiptPhoto db={db} photoId={photoId} alt={t(($) => $.agency.receipts)} className={styles.photo} />
      <Button kind="danger" icon={Trash2} onClick={onRemove}>
        {t(($) => $.agency.removeReceipt)}
      </Button>
    </dialog>
  );
}
