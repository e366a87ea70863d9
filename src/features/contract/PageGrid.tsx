import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { movePage, type Page } from '#data/pages.ts';
import type { StorageError } from '#data/storageError.ts';
import { Notice } from '#ui/Notice.tsx';
import styles from './PageGrid.module.css';
import { type Direction, PageTile } from './PageTile.tsx';

interface PageGridProps {
  db: Database;
  pages: Page[];
  onOpen: (id: string) => void;
  onRemove: (id: string) => void;
}

/** The pages side by side, in their order. */
export function PageGrid({ db, pages, onOpen, onRemove }: PageGridProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState<{ id: string; direction: Direction } | null>(null);
  const [problem, setProblem] = useState<StorageError | null>(null);
  const movedTo = pages.findIndex(({ id }) => id === moved?.id);

  // The tile changes its place in the page and loses focus; a second tap must move the same page on.
  useEffect(() => {
    if (moved && movedTo >= 0) focusMove(list.current, moved.id, moved.direction);
  }, [moved, movedTo]);

  const move = async (page: Page, index: number, direction: Direction): Promise<void> => {
    const result = await movePage(db, page, index);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setMoved({ id: page.id, direction });
  };

  return (
    <>
      {problem && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[problem.type])}
        </Notice>
      )}
      <p className="visually-hidden" role="status">
        {movedTo >= 0 && t(($) => $.contract.pageOf, { number: movedTo + 1, total: pages.length })}
      </p>
      <ol ref={list} className={styles.grid}>
        {pages.map((page, index) => (
          <li key={page.id} data-page={page.id}>
            <PageTile
              db={db}
              page={page}
              index={index}
              total={pages.length}
              onOpen={() => onOpen(page.id)}
              onRemove={() => {
                focusAfterRemoval(list.current, index);
                onRemove(page.id);
              }}
              onMove={(direction) =>
                void move(page, direction === 'earlier' ? index - 1 : index + 1, direction)
              }
            />
          </li>
        ))}
      </ol>
    </>
  );
}

function focusMove(list: HTMLElement | null, id: string, direction: Direction): void {
  const tile = list?.querySelector(`[data-page="${CSS.escape(id)}"]`);
  const button = (name: Direction) =>
    tile?.querySelector<HTMLElement>(`[data-move="${name}"]:not(:disabled)`);
  (button(direction) ?? button(direction === 'earlier' ? 'later' : 'earlier'))?.focus();
}

/** The deleted tile takes the focus with it: the next page has it then, or the one before, or the heading. */
function focusAfterRemoval(list: HTMLElement | null, index: number): void {
  const tiles = list?.children ?? [];
  const neighbour = tiles[index + 1] ?? tiles[index - 1];
  const next = neighbour?.querySelector('button') ?? document.getElementById('contract-pages');
  next?.focus({ preventScroll: true });
}
