import { useEffect, useRef } from 'react';
import { Button } from './Button.tsx';
import card from './Card.module.css';
import { QuickExit } from './QuickExit.tsx';

interface ConfirmDialogProps {
  /** The question, and what follows from a yes. */
  question: string;
  yes: string;
  no: string;
  exitWords: string;
  onYes: () => void;
  onClose: () => void;
}

/** Asks once more before something that cannot be taken back. "No" stands first and has the focus. */
export function ConfirmDialog({ question, yes, no, exitWords, onYes, onClose }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // Not the quick exit, which stands before it.
    dialog.current?.querySelector('button')?.focus();
  }, []);
  return (
    <dialog ref={dialog} className={card.dialog} aria-label={question} onClose={onClose}>
      {/* The dialog covers the header, and the way out must stay one tap away. */}
      <QuickExit words={exitWords} />
      <p>{question}</p>
      <div className={card.stack}>
        <Button onClick={() => dialog.current?.close()}>{no}</Button>
        <Button
          kind="danger"
          onClick={() => {
            dialog.current?.close();
            onYes();
          }}
        >
          {yes}
        </Button>
      </div>
    </dialog>
  );
}
