import styles from './SourceList.module.css';

interface SourceListProps {
  sources: { title: string; url: string; date: string }[];
}

/** Where a fact comes from. Titles stand in the language of the page they name. */
export function SourceList({ sources }: SourceListProps) {
  return (
    <ul className={styles.list} lang="en">
      {sources.map((source) => (
        <li key={source.url + source.title}>
          <a href={source.url} rel="noreferrer external">
            {source.title}
          </a>{' '}
          ({source.date})
        </li>
      ))}
    </ul>
  );
}
