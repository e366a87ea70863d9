import { useEffect, useRef, useState } from 'react';

export interface CheckedText {
  readonly text: string;
  /** Filled in, not what the field asks for, and the worker has gone on: time to say so. */
  readonly showsError: boolean;
  readonly type: (text: string) => void;
  /** The worker wants to leave the form: says at once what is wrong. Gives whether all is right. */
  readonly check: () => boolean;
  /** The worker went on to another field: says it when that tap has landed. */
  readonly checkSoon: () => void;
}

/** Words that appear while a finger is down push the page away under it, and the tap hits nothing. */
const TAP_MS = 300;

/** Text that may turn out not to be a number: it stays on the screen as it was typed. */
export function useCheckedText(opened: string, isRight: (text: string) => boolean): CheckedText {
  const [text, setText] = useState(opened);
  const [isChecked, setChecked] = useState(false);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const isWrong = text.trim() !== '' && !isRight(text);
  return {
    text,
    showsError: isWrong && isChecked,
    type: (typed) => {
      clearTimeout(timer.current);
      setText(typed);
      setChecked(false);
    },
    check: () => {
      setChecked(true);
      return !isWrong;
    },
    checkSoon: () => {
      timer.current = window.setTimeout(() => setChecked(true), TAP_MS);
    },
  };
}
