import styles from './Krama.module.css';

/** The thin checked band of a krama scarf, the one ornament of the app. */
export function Krama() {
  return <div className={styles.krama} aria-hidden="true" />;
}
