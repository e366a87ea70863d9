import { useLiveQuery } from 'dexie-react-hooks';
import { useTranslation } from 'react-i18next';
import { emptyContract, getContract } from '#data/contracts.ts';
import type { Database } from '#data/database.ts';
import type { Country, Language } from '#i18n/languages.ts';
import { ContractForm } from './ContractForm.tsx';

interface ContractScreenProps {
  db: Database;
  id: string;
  language: Language;
  country: Country;
}

/** One contract: photos of its pages first, then what it says. A new one is kept from the first change on. */
export function ContractScreen({ db, id, language, country }: ContractScreenProps) {
  const { t } = useTranslation();
  const stored = useLiveQuery(() => getContract(db, id), [db, id]);
  if (stored === undefined) return <p role="status">{t(($) => $.status.loading)}</p>;
  // The form keeps what it opened with: what the worker types is never replaced by what is read later.
  const opened = stored ?? { ...emptyContract(country === 'kh' ? null : country), id };
  return (
    <ContractForm
      key={id}
      db={db}
      opened={opened}
      isKept={stored !== null}
      language={language}
      country={country}
    />
  );
}
