import { useTranslation } from 'react-i18next';
import { buttonClass, Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import card from '#ui/Card.module.css';

interface FailureScreenProps {
  reason: 'contentMissing' | 'notFound' | 'crashed';
  /** Where the way out leads. */
  home: string;
}

/** Every failure has words and a way out. */
export function FailureScreen({ reason, home }: FailureScreenProps) {
  const { t } = useTranslation();
  return (
    <div className={card.stack}>
      <Notice kind="attention" role="alert">
        <p>
          {reason === 'contentMissing' && t(($) => $.failure.contentMissing)}
          {reason === 'notFound' && t(($) => $.failure.notFound)}
          {reason === 'crashed' && `${t(($) => $.failure.title)}. ${t(($) => $.failure.text)}`}
        </p>
      </Notice>
      {reason !== 'notFound' && (
        <Button onClick={() => location.reload()}>{t(($) => $.failure.tryAgain)}</Button>
      )}
      {/* A whole new page on purpose: what failed must not be carried over. */}
      <a className={buttonClass('secondary')} href={home}>
        {t(($) => $.failure.toStart)}
      </a>
    </div>
  );
}
