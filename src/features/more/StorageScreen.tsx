import { useLiveQuery } from 'dexie-react-hooks';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pack } from '#content/pack.ts';
import type { Database } from '#data/database.ts';
import { countEntries, eraseEverything, type StorageState, storageState } from '#data/storage.ts';
import { LANGUAGE_NAMES } from '#i18n/languages.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import { QuickExit } from '#ui/QuickExit.tsx';
import styles from './MoreScreen.module.css';
import { formatBytes } from '#i18n/format.ts';

interface StorageScreenProps {
  db: Database | null;
  pack: Pack;
  offline: {
    status: () => 'unsupported' | 'preparing' | 'ready' | 'failed';
    subscribe: (listener: () => void) => () => void;
  };
}

/** What is kept on this phone, how safe it is there, and how to delete it. */
export function StorageScreen({ db, pack, offline }: StorageScreenProps) {
  const { t } = useTranslation();
  const status = useSyncExternalStore(offline.subscribe, offline.status, () => 'preparing' as const);
  return (
    <>
      <section className={card.card}>
        <h2>{t(($) => $.storage.offlineTitle)}</h2>
        <p>
          {t(($) => $.storage.offlineKept, {
            language: LANGUAGE_NAMES[pack.language],
            country: t(($) => $.countries[pack.country]),
          })}
        </p>
        {status === 'ready' && <Notice kind="good">{t(($) => $.storage.offlineReady)}</Notice>}
        {status === 'preparing' && <Notice>{t(($) => $.storage.offlinePreparing)}</Notice>}
        {(status === 'failed' || status === 'unsupported') && (
          <Notice kind="attention">{t(($) => $.storage.offlineNot)}</Notice>
        )}
      </section>
      {db && <Entries db={db} />}
      {db && <Erase db={db} />}
    </>
  );
}

const KINDS = [
  ['contracts', 'contracts'],
  ['pages', 'pages'],
  ['agencies', 'agencies'],
  ['payments', 'payments'],
  ['receipts', 'receipts'],
  ['contacts', 'contacts'],
  ['checklist', 'marks'],
  ['cards', 'cards'],
  ['photos', 'photos'],
] as const;

function Entries({ db }: { db: Database }) {
  const { t } = useTranslation();
  const counts = useLiveQuery(async () => countEntries(db), [db]);
  const [space, setSpace] = useState<StorageState | null>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    void storageState(navigator.storage).then(setSpace);
  }, [counts]);
  const ask = async (): Promise<void> => {
    setRefused(!(await navigator.storage.persist()));
    setSpace(await storageState(navigator.storage));
  };
  return (
    <section className={card.card}>
      <h2>{t(($) => $.storage.entries)}</h2>
      {counts?.all === 0 && <p>{t(($) => $.storage.empty)}</p>}
      {counts && counts.all > 0 && (
        <dl className={styles.counts}>
          {KINDS.map(([kind, word]) => (
            <div key={kind}>
              <dt>{t(($) => $.storage[word])}</dt>
              <dd>{counts[kind]}</dd>
            </div>
          ))}
        </dl>
      )}
      {space?.known === false && <p>{t(($) => $.storage.unknown)}</p>}
      {space?.known && (
        <p>{t(($) => $.storage.used, { used: formatBytes(space.usage), quota: formatBytes(space.quota) })}</p>
      )}
      {space?.known && space.persisted && <Notice kind="good">{t(($) => $.storage.persisted)}</Notice>}
      {space?.known && !space.persisted && (
        <Notice kind="attention">
          <p>{t(($) => $.storage.notPersisted)}</p>
          <Button kind="secondary" onClick={() => void ask()}>
            {t(($) => $.storage.askPersist)}
          </Button>
        </Notice>
      )}
      {refused && <p role="status">{t(($) => $.storage.persistRefused)}</p>}
    </section>
  );
}

function Erase({ db }: { db: Database }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [result, setResult] = useState<Awaited<ReturnType<typeof eraseEverything>> | null>(null);
  const erase = async (): Promise<void> => {
    dialog.current?.close();
    setResult(await eraseEverything(db));
  };
  return (
    <>
      <Button kind="danger" onClick={() => dialog.current?.showModal()}>
        {t(($) => $.storage.erase)}
      </Button>
      {result?.ok && <Notice role="status">{t(($) => $.storage.erased)}</Notice>}
      {result?.ok === false && (
        <Notice kind="problem" role="alert">
          {t(($) => $.errors[result.error.type])}
        </Notice>
      )}
      <dialog ref={dialog} className={card.dialog} aria-label={t(($) => $.storage.erase)}>
        {/* The dialog covers the header, and the way out must stay one tap away. */}
        <QuickExit words={t(($) => $.nav.quickExit)} />
        <p>{t(($) => $.storage.eraseAsk)}</p>
        <div className={card.stack}>
          <Button onClick={() => dialog.current?.close()}>{t(($) => $.storage.eraseNo)}</Button>
          <Button kind="danger" onClick={() => void erase()}>
            {t(($) => $.storage.eraseYes)}
          </Button>
        </div>
      </dialog>
    </>
  );
}
