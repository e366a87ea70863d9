import { ArrowLeft, ArrowRight, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import type { Page } from '#data/pages.ts';
import styles from './PageTile.module.css';
import { StoredPhoto } from './StoredPhoto.tsx';

export type Direction = 'earlier' | 'later';

interface PageTileProps {
  db: Database;
  page: Page;
  /** 0 for the first page. */
  index: number;
  total: number;
  onOpen: () => void;
  onRemove: () => void;
  onMove: (direction: Direction) => void;
}

/** One page: tap to see it large, arrows to put it in its place, the bin to delete it. */
export function PageTile({ db, page, index, total, onOpen, onRemove, onMove }: PageTileProps) {
  const { t } = useTranslation();
  const number = index + 1;
  return (
    <div className={styles.tile}>
      <button
        type="button"
        className={styles.open}
        aria-label={t(($) => $.contract.viewPage, { number })}
        onClick={onOpen}
      >
        <StoredPhoto db={db} photoId={page.photoId} alt="" className={styles.photo} />
        <span className={styles.number} aria-hidden="true">
          {number}
        </span>
      </button>
      <div className={styles.tools}>
        <button
          type="button"
          data-move="earlier"
          disabled={index === 0}
          aria-label={t(($) => $.contract.moveEarlier, { number })}
          onClick={() => onMove('earlier')}
        >
          <ArrowLeft aria-hidden="true" />
        </button>
        <button type="button" aria-label={t(($) => $.contract.removePage, { number })} onClick={onRemove}>
          <Trash2 aria-hidden="true" />
        </button>
        <button
          type="button"
          data-move="later"
          disabled={number === total}
          aria-label={t(($) => $.contract.moveLater, { number })}
          onClick={() => onMove('later')}
        >
          <ArrowRight aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
