import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import button from '#ui/RoundButton.module.css';
import styles from './Clearable.module.css';

interface ClearableProps {
  label: string;
  isFilled: boolean;
  onClear: () => void;
  children: ReactNode;
}

/** A choice or stepper that can be emptied again: a wrong tap must not become part of the contract. */
export function Clearable({ label, isFilled, onClear, children }: ClearableProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.clearable}>
      {children}
      {isFilled && (
        <button
          type="button"
          className={`${button.round} ${styles.clear}`}
          aria-label={`${label}: ${t(($) => $.contract.clear)}`}
          onClick={onClear}
        >
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
