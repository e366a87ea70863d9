import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Pack } from '#content/pack.ts';
import { pathTo } from '#i18n/paths.ts';
import card from '#ui/Card.module.css';
import { Picture } from '#ui/Picture.tsx';
import styles from './PathTiles.module.css';

/** What has happened, as pictures to press; danger stands out. */
export function PathTiles({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  if (pack.paths.length === 0) return null;
  return (
    <section className={card.stack} aria-labelledby="happened">
      <h2 id="happened">{t(($) => $.rights.happened)}</h2>
      <ul className={styles.tiles}>
        {pack.paths.map(({ id, title, picture, danger, textLanguage }) => {
          return (
            <li key={id}>
              <Link
                className={`${styles.tile} ${danger ? styles.danger : ''}`}
                href={pathTo(pack.language, pack.country, 'paths', id)}
                lang={textLanguage}
              >
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
