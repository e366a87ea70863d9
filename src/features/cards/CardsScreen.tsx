import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LISTENERS, type Listener, type Pack } from '#content/pack.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { Chips } from '#ui/Chips.tsx';
import { Picture } from '#ui/Picture.tsx';
import { RowLink, rows } from '#ui/RowLink.tsx';
import { useScripting } from '#ui/useScripting.ts';

/** All sentences to show, by the one who reads them; both languages stand in the list, so it works by itself too. */
export function CardsScreen({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const [to, setTo] = useState<Listener | null>(null);
  const isTaken = useScripting();
  const { language, country } = pack;
  if (pack.cards.length === 0) return <p>{t(($) => $.cards.notInCambodia)}</p>;
  const shown = pack.cards.filter((item) => to === null || item.to.includes(to));
  const listeners = LISTENERS.filter((name) => pack.cards.some((item) => item.to.includes(name)));
  return (
    <>
      <p className={card.soft}>{t(($) => $.cards.hint)}</p>
      {isTaken && (
        <Chips
          legend={t(($) => $.rights.filter)}
          name="to"
          options={[null, ...listeners].map((value) => ({
            value,
            label: t(($) => $.cards.to[value ?? 'all']),
          }))}
          value={to}
          onChange={setTo}
        />
      )}
      <ul className={rows}>
        {shown.map(({ id, sentence, textLanguage, host, picture, danger }) => (
          <li key={id}>
            <RowLink
              href={pathTo(language, country, 'cards', id) + (to ? `?to=${to}` : '')}
              icon={<Picture name={picture} />}
              danger={danger}
              title={sentence}
              language={textLanguage}
            >
              {host.language !== textLanguage && <span lang={host.language}>{host.sentence}</span>}
            </RowLink>
          </li>
        ))}
      </ul>
    </>
  );
}
