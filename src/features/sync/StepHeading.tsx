import { type ReactNode, useEffect, useRef } from 'react';

/** The heading of a step. It takes the focus when the step comes, so that a screen reader begins there. */
export function StepHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Scrolls too, just far enough: a step may stand in the middle of a page.
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}
