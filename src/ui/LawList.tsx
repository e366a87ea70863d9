import styles from './LawList.module.css';

interface LawListProps {
  laws: { name: string; plain: string; official: string; article: string; language: string }[];
  /** The language of the screen. */
  language: string;
  /** "article 33" in that language. */
  articleWords: (number: string) => string;
}

/** Laws by name and article, in the reader's language and as an officer of the country knows them. */
export function LawList({ laws, language, articleWords }: LawListProps) {
  if (laws.length === 0) return null;
  return (
    <ul className={styles.laws}>
      {laws.map((law) => (
        <li key={law.name + law.plain}>
          {law.language !== language && (
            <>
              {law.name}
              {law.plain && <>, {articleWords(law.plain)}</>}
            </>
          )}
          <span className={law.language === language ? undefined : styles.official} lang={law.language}>
            {law.official} {law.article}
          </span>
        </li>
      ))}
    </ul>
  );
}
