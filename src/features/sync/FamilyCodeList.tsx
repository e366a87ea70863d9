import { KeyRound, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import card from '#ui/Card.module.css';
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { OtherCode } from '#sync/client.ts';
import styles from './FamilyCodeList.module.css';

interface FamilyCodeListProps {
  codes: readonly OtherCode[];
  isBusy: boolean;
  onTakeAway: (cid: string) => void;
}

/** Every other code that opens the copy, and the way to end it. */
export function FamilyCodeList({ codes, isBusy, onTakeAway }: FamilyCodeListProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<OtherCode | null>(null);
  const nameOf = ({ role, label }: OtherCode): string =>
    label || (role === 'owner' ? t(($) => $.sync.family.own) : t(($) => $.sync.view.title));
  if (codes.length === 0) return <Notice>{t(($) => $.sync.family.none)}</Notice>;
  return (
    <>
      <ul className={card.stack}>
        {codes.map((code) => (
          <li key={code.cid} className={`${card.card} ${styles.code}`}>
            <span className={card.icon}>
              {code.role === 'owner' ? <KeyRound aria-hidden="true" /> : <UserRound aria-hidden="true" />}
            </span>
            <strong className={styles.name}>{nameOf(code)}</strong>
            <button
              type="button"
              className={styles.away}
              disabled={isBusy}
              aria-label={t(($) => $.sync.family.takeAwayOf, { name: nameOf(code) })}
              onClick={() => setAsked(code)}
            >
              {t(($) => $.sync.family.takeAway)}
            </button>
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          question={t(($) => $.sync.family.ask, { name: nameOf(asked) })}
          yes={t(($) => $.sync.family.yes)}
          no={t(($) => $.sync.family.no)}
          exitWords={t(($) => $.nav.quickExit)}
          onYes={() => onTakeAway(asked.cid)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
