import { Search } from 'lucide-react';
import { Link } from 'wouter';
import styles from './SearchLink.module.css';

/** Looks like the field of the search screen, and leads there. */
export function SearchLink({ href, words }: { href: string; words: string }) {
  return (
    <Link className={styles.search} href={href}>
      <Search aria-hidden="true" />
      {words}
    </Link>
  );
}
