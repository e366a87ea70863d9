import { type RefObject, useEffect, useState } from 'react';

interface Item {
  readonly id: string;
}

/**
 * Which rows of a list are open as forms. An open row keeps its place while a new name or day would move it, and
 * a new one stands last; when one is closed, focus goes back to its row.
 */
export function useOpenItems<T extends Item>(live: readonly T[], section: RefObject<HTMLElement | null>) {
  const [opened, setOpened] = useState<readonly T[]>([]);
  const [order, setOrder] = useState<readonly string[]>([]);
  const [closed, setClosed] = useState<Item | null>(null);

  const unsaved = opened.filter(({ id }) => live.every((item) => item.id !== id));
  const rows = opened.length === 0 ? live : inOrder([...live, ...unsaved], order);

  useEffect(() => {
    if (!closed) return;
    const row = section.current?.querySelector<HTMLElement>(`[data-item="${closed.id}"] button`);
    (row ?? section.current?.querySelector<HTMLElement>('[data-add]'))?.focus();
  }, [closed, section]);

  const open = (item: T): void => {
    const before = rows.map(({ id }) => id);
    setOrder(before.includes(item.id) ? before : [...before, item.id]);
    setOpened([...opened, item]);
  };
  const close = (item: T): void => {
    setOpened((current) => current.filter(({ id }) => id !== item.id));
    setClosed({ id: item.id });
  };
  /** The item as it was when its form opened, `null` while it is a closed row. */
  const openedAs = (item: T): T | null => opened.find(({ id }) => id === item.id) ?? null;

  return { rows, openedAs, open, close, hasOpen: opened.length > 0 };
}

function inOrder<T extends Item>(items: readonly T[], order: readonly string[]): T[] {
  const place = ({ id }: T): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...items].sort((a, b) => place(a) - place(b));
}
