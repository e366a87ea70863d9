import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';

export type ButtonKind = 'primary' | 'secondary' | 'call' | 'danger' | 'quiet';

/** The look of a button, for links that act as one. */
export function buttonClass(kind: ButtonKind = 'primary'): string {
  return `${styles.button} ${styles[kind]}`;
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  icon?: LucideIcon;
  children: ReactNode;
}

export function Button({ kind = 'primary', icon: Icon, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`${buttonClass(kind)} ${className ?? ''}`} {...rest}>
      {Icon && <Icon aria-hidden="true" />}
      {children}
    </button>
  );
}
