import { Search, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { contactsById, type Pack } from '#content/pack.ts';
import {
  createSearchIndex,
  type ResultKind,
  type SearchData,
  type SearchIndex,
  type SearchResult,
  search,
} from '#content/search.ts';
import type { ContentError } from '#content/store.ts';
import { pathTo } from '#i18n/paths.ts';
import type { Result } from '#lib/result.ts';
import { CallLines } from '#ui/CallLine.tsx';
import card from '#ui/Card.module.css';
import { CARD_ICON, CONTACT_ICONS, LIST_ICON } from '#ui/icons.ts';
import { Notice } from '#ui/Notice.tsx';
import { Picture } from '#ui/Picture.tsx';
import { RowLink, rows } from '#ui/RowLink.tsx';
import styles from './SearchScreen.module.css';

interface SearchScreenProps {
  pack: Pack;
  /** Fetches what search needs beyond the pack. */
  loadData: () => Promise<Result<SearchData, ContentError>>;
}

/** Searches as the worker types; the query stands in the address, so that it can be shared and Back finds it. */
export function SearchScreen({ pack, loadData }: SearchScreenProps) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  // The letters stay here while the worker types: the address would lag behind an input method.
  const [typed, setTyped] = useState(params.get('q') ?? '');
  const [data, setData] = useState<SearchData | 'failed' | null>(null);
  useEffect(() => {
    let current = true;
    void loadData().then((loaded) => {
      if (current) setData(loaded.ok ? loaded.value : 'failed');
    });
    return () => {
      current = false;
    };
  }, [loadData]);
  const index = useMemo<SearchIndex | null>(
    () => (data && data !== 'failed' ? createSearchIndex(data, pack) : null),
    [data, pack],
  );
  const results = useMemo(() => (index ? search(index, typed) : []), [index, typed]);
  const change = (text: string): void => {
    setTyped(text);
    setParams(text ? { q: text } : {}, { replace: true });
  };
  return (
    <>
      <search className={styles.field}>
        <Search aria-hidden="true" />
        <input
          type="search"
          aria-label={t(($) => $.search.label)}
          placeholder={t(($) => $.search.label)}
          value={typed}
          autoComplete="off"
          enterKeyHint="search"
          onChange={(event) => change(event.target.value)}
        />
        {typed && (
          <button type="button" aria-label={t(($) => $.search.clear)} onClick={() => change('')}>
            <X aria-hidden="true" />
          </button>
        )}
      </search>
      {data === 'failed' && (
        <Notice kind="problem" role="alert">
          {t(($) => $.search.failed)}
        </Notice>
      )}
      {typed === '' && <Suggestions pack={pack} />}
      {index && typed !== '' && (
        <>
          <p role="status" className={card.soft}>
            {results.length > 0
              ? t(($) => $.search.found, { count: results.length })
              : t(($) => $.search.none)}
          </p>
          {results.length === 0 && <WhenNothing pack={pack} />}
          <ul className={rows}>
            {results.map((result) => (
              <li key={`${result.kind}/${result.id}`}>
                <Found result={result} pack={pack} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** What people ask most, before a letter is typed: what has happened. */
function Suggestions({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  return (
    <section className={card.stack} aria-labelledby="often">
      <h2 id="often">{t(($) => $.search.suggestions)}</h2>
      <ul className={styles.suggestions}>
        {pack.paths.map(({ id, title, picture, textLanguage }) => {
          return (
            <li key={id}>
              <Link href={pathTo(pack.language, pack.country, 'paths', id)} lang={textLanguage}>
                <Picture name={picture} />
                {title}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function WhenNothing({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const first = pack.contacts.filter(({ rank, verifyFirst }) => rank >= 10 && rank < 40 && !verifyFirst);
  return (
    <section className={card.card}>
      <p>{t(($) => $.search.noneHint)}</p>
      <CallLines
        contacts={first.slice(0, 3)}
        callWords={(name) => t(($) => $.help.call, { name })}
        insideWords={t(($) => $.help.insideCambodia)}
        verifyWords={t(($) => $.help.verifyFirst)}
      />
    </section>
  );
}

/** A result: an entry to open, or a number to call at once. */
function Found({ result: { kind, id }, pack }: { result: SearchResult; pack: Pack }) {
  const { t } = useTranslation();
  const { language, country } = pack;
  const row = (href: string, icon: ReactNode, title: string, lang: string, danger: boolean) => (
    <RowLink href={href} icon={icon} danger={danger} title={title} language={lang}>
      {t(($) => $.search.kinds[kind])}
      {danger && <> · {t(($) => $.search.danger)}</>}
    </RowLink>
  );
  switch (kind satisfies ResultKind) {
    case 'path': {
      const path = pack.paths.find((item) => item.id === id);
      if (!path) return null;
      const href = pathTo(language, country, 'paths', id);
      return row(href, <Picture name={path.picture} />, path.title, path.textLanguage, path.danger);
    }
    case 'right': {
      const right = pack.rights.find((item) => item.id === id);
      if (!right) return null;
      const href = pathTo(language, country, 'rights', id);
      return row(href, <Picture name={right.picture} />, right.title, right.textLanguage, right.danger);
    }
    case 'card': {
      const shown = pack.cards.find((item) => item.id === id);
      if (!shown) return null;
      const href = pathTo(language, country, 'cards', id);
      return row(href, <CARD_ICON aria-hidden="true" />, shown.sentence, shown.textLanguage, shown.danger);
    }
    case 'checklist': {
      const item = pack.checklist.find((entry) => entry.id === id);
      if (!item) return null;
      const href = `${pathTo(language, country, 'checklist', item.stage)}#${id}`;
      return row(href, <LIST_ICON aria-hidden="true" />, item.title, item.textLanguage, false);
    }
    case 'contact': {
      const [contact] = contactsById(pack, [id]);
      if (!contact) return null;
      const Icon = CONTACT_ICONS[contact.category];
      return (
        <article className={`${card.card} ${styles.item}`} lang={contact.textLanguage}>
          <span className={`${card.icon} ${contact.rank < 10 ? card.danger : ''}`}>
            {Icon && <Icon aria-hidden="true" />}
          </span>
          <div className={card.grow}>
            <CallLines
              contacts={[contact]}
              callWords={(name) => t(($) => $.help.call, { name })}
              insideWords={t(($) => $.help.insideCambodia)}
              verifyWords={t(($) => $.help.verifyFirst)}
            />
            <p className={styles.kind}>{contact.use}</p>
          </div>
        </article>
      );
    }
  }
}
