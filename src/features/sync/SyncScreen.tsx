import { CircleStop, KeyRound, RefreshCw, Smartphone, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageError } from '#data/storageError.ts';
import type { ChoiceSizes } from '#data/syncQueries.ts';
import type { Choice } from '#data/syncState.ts';
import type { Language } from '#i18n/languages.ts';
import { ok } from '#lib/result.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import { RowLink } from '#ui/RowLink.tsx';
import { ChoiceFields } from './ChoiceFields.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { ProblemPart } from './ProblemPart.tsx';
import { SyncLine } from './SyncLine.tsx';
import { CodeReminder } from './SyncNotices.tsx';
import type { Sync } from './startSync.ts';
import { hasGroup } from './status.ts';
import { useAction } from './useAction.ts';

interface SyncScreenProps {
  sync: Sync;
  sizes: ChoiceSizes | undefined;
  language: Language;
  /** The address of a page below this one. */
  to: (page: string) => string;
}

/** How the copy stands, what is in it, and everything one can do with it. */
export function SyncScreen({ sync, sizes, language, to }: SyncScreenProps) {
  const { t } = useTranslation();
  const changing = useAction<StorageError>(sync);
  const saving = useAction<never>(sync);
  const [isEmpty, setEmpty] = useState(false);
  const { overview } = sync;
  if (!overview) return null;
  // The last group stays: a copy of nothing would still say that it saves.
  const choose = async (change: Partial<Choice>): Promise<void> => {
    const isChosen = hasGroup({ ...overview.choice, ...change });
    setEmpty(!isChosen);
    if (isChosen) await changing.run((client) => client.setChoice(change));
  };
  const rows = [
    {
      page: 'code',
      icon: <KeyRound aria-hidden="true" />,
      title: t(($) => $.sync.page.code),
      detail: overview.code === null ? null : t(($) => $.sync.page.codeLater),
    },
    {
      page: 'phone',
      icon: <Smartphone aria-hidden="true" />,
      title: t(($) => $.sync.page.phone),
      detail: null,
    },
    {
      page: 'family',
      icon: <Users aria-hidden="true" />,
      title: t(($) => $.sync.page.family),
      detail: null,
    },
    {
      page: 'stop',
      icon: <CircleStop aria-hidden="true" />,
      title: t(($) => $.sync.page.stop),
      detail: null,
    },
  ];
  return (
    <>
      <SyncLine sync={sync} language={language} />
      {overview.problem ? (
        <ProblemPart sync={sync} problem={overview.problem} stop={to('stop')} />
      ) : (
        <Button
          kind="secondary"
          icon={RefreshCw}
          disabled={saving.isBusy}
          onClick={() => void saving.run(async (client) => ok(await client.syncNow()))}
        >
          {t(($) => $.sync.save)}
        </Button>
      )}
      <FailureNotice failure={saving.failure} />
      <CodeReminder sync={sync} to={to('code')} />
      <section className={card.card}>
        <ChoiceFields
          choice={overview.choice}
          wifiOnly={overview.wifiOnly}
          sizes={sizes}
          onChoice={(change) => void choose(change)}
          onWifiOnly={(wifiOnly) => void changing.run((client) => client.setWifiOnly(wifiOnly))}
        >
          {isEmpty && (
            <Notice kind="problem" role="alert">
              {t(($) => $.sync.consent.nothing)}
            </Notice>
          )}
        </ChoiceFields>
        <FailureNotice failure={changing.failure} />
      </section>
      <ul className={card.stack}>
        {rows.map(({ page, icon, title, detail }) => (
          <li key={page}>
            <RowLink href={to(page)} icon={icon} danger={false} title={title} language={language}>
              {detail}
            </RowLink>
          </li>
        ))}
      </ul>
    </>
  );
}
