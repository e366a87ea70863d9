import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { buttonClass } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import styles from './PhoneScreen.module.css';

/** How a second phone gets the same papers: with the same code. */
export function PhoneScreen({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Notice>{t(($) => $.sync.phone.same)}</Notice>
      <ol className={`${card.card} ${styles.steps}`}>
        <li>{t(($) => $.sync.phone.steps.one, { host: location.host })}</li>
        <li>{t(($) => $.sync.phone.steps.two)}</li>
        <li>{t(($) => $.sync.phone.steps.three)}</li>
        <li>{t(($) => $.sync.phone.steps.four)}</li>
      </ol>
      <p>{t(($) => $.sync.phone.noCode)}</p>
      <Link href={code} className={buttonClass('secondary')}>
        {t(($) => $.sync.code.new)}
      </Link>
    </>
  );
}
