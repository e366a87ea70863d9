import { useLiveQuery } from 'dexie-react-hooks';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { listReceipts, type Receipt, removeReceipt } from '#data/receipts.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import { PhotoPicker } from '#ui/PhotoPicker.tsx';
import { ReceiptPhoto } from './ReceiptPhoto.tsx';
import styles from './Receipts.module.css';
import { ReceiptViewer } from './ReceiptViewer.tsx';
import type { NewReceipts } from './useAddReceipts.ts';
import type { Undo } from './useUndo.ts';

interface ReceiptsProps {
  db: Database;
  paymentId: string;
  photos: NewReceipts;
  undo: Undo;
}

/** The photographed receipts of a payment: small pictures, a tap shows one large. */
export function Receipts({ db, paymentId, photos, undo }: ReceiptsProps) {
  const { t } = useTranslation();
  const id = useId();
  const receipts = useLiveQuery(() => listReceipts(db, paymentId), [db, paymentId]) ?? [];
  const [large, setLarge] = useState<Receipt | null>(null);
  const { work, unreadable, failure } = photos;

  const remove = async (receipt: Receipt): Promise<void> => {
    setLarge(null);
    await undo.remove(
      t(($) => $.agency.receiptRemoved),
      () => removeReceipt(db, receipt.id),
    );
  };

  return (
    <div className={styles.receipts} role="group" aria-labelledby={id}>
      <strong id={id}>{t(($) => $.agency.receipts)}</strong>
      <p className={`${card.soft} ${card.small}`}>{t(($) => $.agency.receiptsHint)}</p>
      {receipts.length > 0 && (
        <ul className={styles.photos}>
          {receipts.map((receipt) => (
            <li key={receipt.id}>
              <button type="button" className={styles.thumb} onClick={() => setLarge(receipt)}>
                <ReceiptPhoto db={db} photoId={receipt.photoId} alt={t(($) => $.agency.seeReceipt)} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {work ? (
        <p role="status">{t(($) => $.contract.working, { done: work.done, total: work.total })}</p>
      ) : (
        <PhotoPicker
          take={t(($) => $.agency.addReceipt)}
          pick={t(($) => $.contract.pickPhoto)}
          onFiles={(files) => void photos.add(files)}
        />
      )}
      {unreadable > 0 && (
        <Notice kind="problem" role="alert">
          {t(($) => $.contract.photosFailed, { count: unreadable })}
        </Notice>
      )}
      {failure && (
        <Notice kind="problem" role="alert">
          <p>{t(($) => $.errors[failure.error.type])}</p>
          <Button kind="secondary" onClick={() => void failure.again()}>
            {t(($) => $.failure.tryAgain)}
          </Button>
        </Notice>
      )}
      {large && (
        <ReceiptViewer
          db={db}
          photoId={large.photoId}
          onClose={() => setLarge(null)}
          onRemove={() => void remove(large)}
        />
      )}
    </div>
  );
}
