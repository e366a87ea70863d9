import { useLiveQuery } from 'dexie-react-hooks';
import { ChevronRight, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Database } from '#data/database.ts';
import { getPhoto } from '#data/photos.ts';
import card from '#ui/Card.module.css';
import { PhotoImage } from '#ui/PhotoImage.tsx';
import styles from './PaperCard.module.css';

interface PaperCardProps {
  to: string;
  icon: LucideIcon;
  name: string;
  detail: string | null;
  /** With `photoId`: the first page stands in place of the icon. */
  db?: Database;
  photoId?: string | null;
}

/** One paper: its picture, its name, and one line more. */
export function PaperCard({ to, icon: Icon, name, detail, db, photoId = null }: PaperCardProps) {
  return (
    <Link href={to} className={`${card.card} ${card.link} ${styles.paper}`}>
      {db && photoId !== null ? (
        <FirstPage key={photoId} db={db} photoId={photoId} />
      ) : (
        <span className={styles.icon}>
          <Icon aria-hidden="true" />
        </span>
      )}
      <span className={styles.text}>
        <strong>{name}</strong>
        {detail && <span className={card.soft}>{detail}</span>}
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  );
}

function FirstPage({ db, photoId }: { db: Database; photoId: string }) {
  const { t } = useTranslation();
  const photo = useLiveQuery(() => getPhoto(db, photoId), [db, photoId]);
  return (
    <PhotoImage photo={photo} alt="" missing={t(($) => $.contract.photoMissing)} className={styles.photo} />
  );
}
