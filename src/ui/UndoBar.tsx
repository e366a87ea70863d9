import { Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import styles from './UndoBar.module.css';

interface UndoBarProps {
  text: string;
  undo: string;
  onUndo: () => void;
  onGone: () => void;
}

/** How long a deletion can be taken back on screen. Long, because reading takes some people long. */
const SHOWN_FOR = 12_000;

/** Says what was deleted and takes it back. The caller keeps it mounted until `onGone`. */
export function UndoBar({ text, undo, onUndo, onGone }: UndoBarProps) {
  useEffect(() => {
    const timer = setTimeout(onGone, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [onGone]);
  return (
    <div className={styles.bar} role="status">
      <span>{text}</span>
      <button type="button" onClick={onUndo}>
        <Undo2 aria-hidden="true" />
        {undo}
      </button>
    </div>
  );
}
