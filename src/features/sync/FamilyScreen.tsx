import { useLiveQuery } from 'dexie-react-hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Database } from '#data/database.ts';
import { type FamilyEntry, forgetFamilyEntry, listFamily } from '#data/family.ts';
import { eraseEverything } from '#data/storage.ts';
import type { StorageError } from '#data/storageError.ts';
import type { Language } from '#i18n/languages.ts';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx';
import { Notice } from '#ui/Notice.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { FamilyNodePart } from './FamilyNodePart.tsx';
import { familyTree, type Section } from './familyTree.ts';
import { openFamily } from './openFamily.ts';
import { PlainProblem } from './ProblemPart.tsx';
import { SyncLine } from './SyncLine.tsx';
import { SyncNewsList } from './SyncNotices.tsx';
import { startSync, useSync } from './startSync.ts';
import { isInTrouble } from './status.ts';

interface FamilyScreenProps {
  language: Language;
  /** What a checklist item or card is called; the entry itself holds only its id. */
  titleOf: (entry: FamilyEntry) => string | null;
}

/** The papers of somebody who gave this phone a family copy. They can be read, and nothing else. */
export function FamilyScreen(props: FamilyScreenProps) {
  const { t } = useTranslation();
  const [db, setDb] = useState<Database | null>(null);
  const [failure, setFailure] = useState<StorageError | null>(null);
  useEffect(() => {
    void openFamily().then(async (opened) => {
      if (!opened.ok) return setFailure(opened.error);
      setDb(opened.value);
      // What is new at the owner's comes now.
      await startSync(opened.value);
    });
  }, []);
  if (failure) return <FailureNotice failure={failure} />;
  if (!db) return <p role="status">{t(($) => $.status.loading)}</p>;
  return <FamilyCopy {...props} db={db} />;
}

function FamilyCopy({ db, language, titleOf }: FamilyScreenProps & { db: Database }) {
  const { t } = useTranslation();
  const sync = useSync(db);
  const entries = useLiveQuery(async () => listFamily(db), [db]);
  const [asked, setAsked] = useState<FamilyEntry | null>(null);
  const [problem, setProblem] = useState<StorageError | null>(null);
  const remove = async (entry: FamilyEntry): Promise<void> => {
    const result = await forgetFamilyEntry(db, entry);
    setProblem(result.ok ? null : result.error);
  };
  if (!entries || !sync.overview) return <p role="status">{t(($) => $.status.loading)}</p>;
  const trouble = isInTrouble(sync.overview) ? sync.overview.problem : null;
  const isHere = sync.overview.phase !== 'off' || entries.length > 0;
  if (!isHere) return <Notice>{t(($) => $.sync.view.none)}</Notice>;
  return (
    <>
      <SyncLine sync={sync} language={language} />
      {trouble && <PlainProblem sync={sync} problem={trouble} />}
      <SyncNewsList sync={sync} />
      <p className={card.soft}>{t(($) => $.sync.view.intro)}</p>
      {entries.length === 0 && <Notice>{t(($) => $.sync.view.empty)}</Notice>}
      {familyTree(entries).map((section) => (
        <SectionPart key={section.collection} section={section}>
          {section.nodes.map((node) => (
            <FamilyNodePart
              key={`${node.entry.collection} ${node.entry.id}`}
              db={db}
              node={node}
              language={language}
              titleOf={titleOf}
              onRemove={setAsked}
            />
          ))}
        </SectionPart>
      ))}
      <FailureNotice failure={problem} />
      <ForgetCopy db={db} />
      {asked && (
        <ConfirmDialog
          question={t(($) => $.sync.view.removeAsk)}
          yes={t(($) => $.sync.view.removeYes)}
          no={t(($) => $.sync.view.removeNo)}
          exitWords={t(($) => $.nav.quickExit)}
          onYes={() => void remove(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function SectionPart({ section, children }: { section: Section; children: ReactNode }) {
  const { t } = useTranslation();
  const titles: Record<Section['collection'], string> = {
    contracts: t(($) => $.papers.contracts),
    agencies: t(($) => $.papers.agencies),
    contacts: t(($) => $.papers.contacts),
    checklist: t(($) => $.checklist.title),
    cards: t(($) => $.storage.cards),
  };
  return (
    <section className={card.stack} aria-label={titles[section.collection]}>
      <h2>{titles[section.collection]}</h2>
      {children}
    </section>
  );
}

/** Takes the whole family copy off this phone; its owner keeps everything. */
function ForgetCopy({ db }: { db: Database }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<StorageError | null>(null);
  const forget = async (): Promise<void> => {
    const result = await eraseEverything(db);
    setProblem(result.ok ? null : result.error);
  };
  return (
    <>
      <FailureNotice failure={problem} />
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t(($) => $.sync.view.forget)}
      </Button>
      {isAsking && (
        <ConfirmDialog
          question={t(($) => $.sync.view.forgetAsk)}
          yes={t(($) => $.sync.view.forgetYes)}
          no={t(($) => $.sync.view.forgetNo)}
          exitWords={t(($) => $.nav.quickExit)}
          onYes={() => void forget()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
