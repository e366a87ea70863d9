import { useLiveQuery } from 'dexie-react-hooks';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { getPhoto } from '#data/photos.ts';
import { PhotoImage } from '#ui/PhotoImage.tsx';

interface StoredPhotoProps {
  db: Database;
  photoId: string | null;
  alt: string;
  className?: string | undefined;
}

/** A photo of a page, read from the phone. */
export function StoredPhoto({ db, photoId, alt, className }: StoredPhotoProps) {
  const { t } = useTranslation();
  const photo = useLiveQuery(() => (photoId === null ? null : getPhoto(db, photoId)), [db, photoId]);
  return (
    <PhotoImage photo={photo} alt={alt} missing={t(($) => $.contract.photoMissing)} className={className} />
  );
}
