import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COUNTRIES, type Country, type Language } from '#i18n/languages.ts';
import { pathTo } from '#i18n/paths.ts';
import { Choice } from '#ui/Field.tsx';
import { Flag } from '#ui/Flag.tsx';
import styles from './MoreScreen.module.css';

const WORKER_STAGES = ['before', 'there', 'family', 'trainer'] as const;
type WorkerStage = (typeof WORKER_STAGES)[number];

interface CountryScreenProps {
  language: Language;
  country: Country;
  readStage: () => WorkerStage | null;
  onStage: (stage: WorkerStage) => void;
}

export function CountryScreen({ language, country, readStage, onStage }: CountryScreenProps) {
  const { t } = useTranslation();
  const [stage, setStage] = useState(readStage);
  return (
    <>
      <ul className={styles.choices}>
        {COUNTRIES.map((other) => (
          <li key={other}>
            <Link
              className={styles.choice}
              href={pathTo(language, other, 'more', 'country')}
              aria-current={other === country}
              replace
            >
              <Flag country={other} />
              {t(($) => $.countries[other])}
            </Link>
          </li>
        ))}
      </ul>
      <Choice
        label={t(($) => $.more.stage)}
        options={WORKER_STAGES.map((value) => ({ value, label: t(($) => $.start.stages[value]) }))}
        value={stage}
        onChange={(value) => {
          setStage(value);
          onStage(value);
        }}
      />
    </>
  );
}
