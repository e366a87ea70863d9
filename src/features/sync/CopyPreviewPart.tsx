import { CalendarDays, FileText, HardDriveDownload, Images, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { dayOf } from '#lib/day.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import type { CopyPreview } from '#sync/client.ts';
import lines from './Lines.module.css';
import { StepHeading } from './StepHeading.tsx';

interface CopyPreviewPartProps {
  preview: CopyPreview;
  language: Language;
  isBusy: boolean;
  onTake: () => void;
  onCancel: () => void;
}

/** What a code opens, for the worker to judge before anything is fetched. */
export function CopyPreviewPart({ preview, language, isBusy, onTake, onCancel }: CopyPreviewPartProps) {
  const { t } = useTranslation();
  const { savedAt, entries, bytes, photos, photoBytes, entriesHere } = preview;
  const isFamily = preview.role === 'reader';
  const joins = !isFamily && entriesHere > 0;
  return (
    <section className={`${card.card} ${lines.roomy}`}>
      <StepHeading>{isFamily ? t(($) => $.sync.view.title) : t(($) => $.sync.restore.found)}</StepHeading>
      <ul className={lines.lines}>
        <li>
          <CalendarDays aria-hidden="true" />
          <span>
            <strong>
              {savedAt === null
                ? t(($) => $.sync.restore.neverSaved)
                : t(($) => $.sync.restore.lastSaved, { day: formatDay(dayOf(savedAt), language) })}
            </strong>
            {savedAt !== null && <span className={card.soft}>{t(($) => $.sync.restore.dayRight)}</span>}
          </span>
        </li>
        <li>
          <FileText aria-hidden="true" />
          <span>{t(($) => $.sync.restore.entries, { count: entries })}</span>
        </li>
        <li>
          <HardDriveDownload aria-hidden="true" />
          <span>{t(($) => $.sync.restore.toFetch, { size: formatBytes(bytes) })}</span>
        </li>
        {photos > 0 && (
          <li>
            <Images aria-hidden="true" />
            <span>{t(($) => $.sync.restore.photos, { count: photos, size: formatBytes(photoBytes) })}</span>
          </li>
        )}
        {isFamily && (
          <li>
            <Users aria-hidden="true" />
            <span>{t(($) => $.sync.restore.family)}</span>
          </li>
        )}
      </ul>
      {joins && <Notice kind="attention">{t(($) => $.sync.restore.here, { count: entriesHere })}</Notice>}
      {!isFamily && <p>{t(($) => $.sync.restore.goesOn)}</p>}
      <Button disabled={isBusy} onClick={onTake}>
        {isFamily
          ? t(($) => $.sync.restore.familyTake)
          : joins
            ? t(($) => $.sync.restore.together)
            : t(($) => $.sync.restore.take)}
      </Button>
      <Button kind="secondary" disabled={isBusy} onClick={onCancel}>
        {t(($) => $.sync.cancel)}
      </Button>
    </section>
  );
}
