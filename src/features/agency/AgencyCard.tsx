import { Building2, MapPin, Pencil, Stamp, StickyNote } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyFields } from '#data/agencies.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import styles from './AgencyCard.module.css';
import { CallButton } from './CallButton.tsx';

interface AgencyCardProps {
  agency: AgencyFields;
  /** The form was closed just now. */
  takesFocus: boolean;
  onChange: () => void;
}

/** Who the agency is, to read and to call. */
export function AgencyCard({ agency, takesFocus, onChange }: AgencyCardProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [takesFocus]);
  const name = agency.name ?? t(($) => $.papers.unnamedAgency);
  return (
    <section className={`${card.card} ${styles.card}`}>
      <div className={card.row}>
        <span className={card.icon}>
          <Building2 aria-hidden="true" />
        </span>
        <h2 ref={heading} tabIndex={-1} className={`${card.grow} ${styles.name}`}>
          {name}
        </h2>
      </div>
      <div className={`${styles.line} ${agency.licence ? '' : styles.missing}`}>
        <Stamp aria-hidden="true" />
        <p>
          {agency.licence ? `${t(($) => $.agency.licence)}: ${agency.licence}` : t(($) => $.agency.noLicence)}
        </p>
      </div>
      {agency.address && (
        <div className={styles.line}>
          <MapPin aria-hidden="true" />
          <p>{agency.address}</p>
        </div>
      )}
      {agency.note && (
        <div className={styles.line}>
          <StickyNote aria-hidden="true" />
          <p className={styles.note}>{agency.note}</p>
        </div>
      )}
      {agency.phone && <CallButton name={name} phone={agency.phone} />}
      <Button kind="quiet" icon={Pencil} aria-label={t(($) => $.agency.changeDetails)} onClick={onChange}>
        {t(($) => $.agency.change)}
      </Button>
    </section>
  );
}
