import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import { ExportPart } from './ExportPart.tsx';
import { ImportPart } from './ImportPart.tsx';

export function BackupScreen({ db }: { db: Database }) {
  const { t } = useTranslation();
  return (
    <>
      <section className={card.card}>
        <h2>{t(($) => $.backup.exportTitle)}</h2>
        <p>{t(($) => $.backup.exportHint)}</p>
        <Notice kind="attention">{t(($) => $.backup.exportWarning)}</Notice>
        <ExportPart db={db} />
      </section>
      <section className={card.card}>
        <h2>{t(($) => $.backup.importTitle)}</h2>
        <p>{t(($) => $.backup.importHint)}</p>
        <ImportPart db={db} />
      </section>
    </>
  );
}
