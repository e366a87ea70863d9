import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import type { Language } from '#i18n/languages.ts';
import card from '#ui/Card.module.css';
import { SealedExport } from './SealedExport.tsx';
import { SealedImportPart } from './SealedImportPart.tsx';
import { useSync } from './startSync.ts';

interface SealedFilePartProps {
  db: Database;
  language: Language;
  today: string;
}

/** The same locked copy as a file, for a phone without server. */
export function SealedFilePart({ db, language, today }: SealedFilePartProps) {
  const { t } = useTranslation();
  const sync = useSync(db);
  return (
    <>
      <section className={card.card}>
        <h2>{t(($) => $.sync.file.title)}</h2>
        <p>{t(($) => $.sync.file.hint)}</p>
        <SealedExport sync={sync} language={language} today={today} />
      </section>
      <section className={card.card}>
        <h2>{t(($) => $.sync.file.importTitle)}</h2>
        <p>{t(($) => $.sync.file.importHint)}</p>
        <SealedImportPart sync={sync} />
      </section>
    </>
  );
}
