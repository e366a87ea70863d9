import { useLiveQuery } from 'dexie-react-hooks';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { getPhoto } from '#data/photos.ts';
import { PhotoImage } from '#ui/PhotoImage.tsx';
import { QuickExit } from '#ui/QuickExit.tsx';
import button from '#ui/RoundButton.module.css';
import styles from './FamilyPhoto.module.css';

interface FamilyPhotoProps {
  db: Database;
  photoId: string | null;
}

/** A photo, small; a tap shows it large. */
export function FamilyPhoto({ db, photoId }: FamilyPhotoProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles.small}
        aria-label={t(($) => $.sync.view.photo)}
        onClick={() => setOpen(true)}
      >
        <Photo db={db} photoId={photoId} />
      </button>
      {isOpen && <Large db={db} photoId={photoId} onClose={() => setOpen(false)} />}
    </>
  );
}

/** One photo over the whole screen; two fingers enlarge it. */
function Large({ db, photoId, onClose }: FamilyPhotoProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={t(($) => $.sync.view.photo)} onClose={onClose}>
      <div className={styles.head}>
        <button
          type="button"
          className={`${button.round} ${styles.close}`}
          aria-label={t(($) => $.undo.close)}
          onClick={() => dialog.current?.close()}
        >
          <X aria-hidden="true" />
        </button>
        {/* The dialog covers the header, and the way out must stay one tap away. */}
        <QuickExit words={t(($) => $.nav.quickExit)} />
      </div>
      <div className={styles.body}>
        <Photo db={db} photoId={photoId} />
      </div>
    </dialog>
  );
}

function Photo({ db, photoId }: FamilyPhotoProps) {
  const { t } = useTranslation();
  const photo = useLiveQuery(() => (photoId === null ? null : getPhoto(db, photoId)), [db, photoId]);
  return (
    <PhotoImage photo={photo} alt="" missing={t(($) => $.contract.photoMissing)} className={styles.photo} />
  );
}
