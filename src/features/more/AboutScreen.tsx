import { useTranslation } from 'react-i18next';
import { factsOf, type Pack } from '#content/pack.ts';
import { Link } from 'wouter';
import { formatDay } from '#i18n/format.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import status from '#locales/status.json';
import { SourceList } from '#ui/SourceList.tsx';

/** What the app is, what it cannot do, who stands for its words, and every source of the country. */
export function AboutScreen({ pack, version }: { pack: Pack; version: string }) {
  const { t } = useTranslation();
  const checked = factsOf(pack)
    .map((fact) => fact.checkedOn)
    .sort()[0];
  return (
    <>
      <section className={card.card}>
        <p>{t(($) => $.about.what)}</p>
        <p>{t(($) => $.about.privacy)}</p>
        <p>{t(($) => $.about.copy)}</p>
        <p>{t(($) => $.about.phoneWarning)}</p>
      </section>
      <section className={card.card}>
        <p>{t(($) => $.about.exit)}</p>
        <p>{t(($) => $.about.exitLimit)}</p>
      </section>
      <Notice kind="attention">
        <p>{t(($) => $.about.notLaw)}</p>
        <p>{t(($) => $.about.notCalled)}</p>
        {(pack.machineDraft || status[pack.language].status === 'machine-draft') && (
          <p>{t(($) => $.about.translations)}</p>
        )}
        {checked && <p>{t(($) => $.about.checked, { day: formatDay(checked, pack.language) })}</p>}
      </Notice>
      <details className={card.card}>
        <summary>
          {t(($) => $.about.sourcesTitle)} ({pack.sources.length})
        </summary>
        <SourceList sources={pack.sources} />
      </details>
      <Link className={card.card} href={pathTo(pack.language, pack.country, 'promises')}>
        {t(($) => $.more.promises)}
      </Link>
      <Link className={card.card} href={pathTo(pack.language, pack.country, 'more', 'due')}>
        {t(($) => $.more.due)}
      </Link>
      <p className={card.soft}>{t(($) => $.about.version, { version })}</p>
      <p className={card.soft}>{t(($) => $.about.licences)}</p>
    </>
  );
}
