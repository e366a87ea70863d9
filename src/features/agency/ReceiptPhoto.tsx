import { useLiveQuery } from 'dexie-react-hooks';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { getPhoto } from '#data/photos.ts';
import { PhotoImage } from '#ui/PhotoImage.tsx';

interface ReceiptPhotoProps {
  db: Database;
  photoId: string | null;
  alt: string;
  className?: string | undefined;
}

export function ReceiptPhoto({ db, photoId, alt, className }: ReceiptPhotoProps) {
  const { t } = useTranslation();
  const photo = useLiveQuery(() => getPhoto(db, photoId ?? ''), [db, photoId]);
  return (
    <PhotoImage photo={photo} alt={alt} missing={t(($) => $.contract.photoMissing)} className={className} />
  );
}
