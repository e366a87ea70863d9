import { useTranslation } from 'react-i18next';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import { UndoBar } from '#ui/UndoBar.tsx';
import styles from './UndoPart.module.css';
import type { Undo } from './useUndo.ts';

/** The bar that takes a deletion back, or the words that say why deleting failed. */
export function UndoPart({ undo }: { undo: Undo }) {
  const { t } = useTranslation();
  const { offer, failure } = undo;
  if (failure) {
    return (
      <div className={styles.failure}>
        <Notice kind="problem" role="alert">
          <p>{t(($) => $.errors[failure.error.type])}</p>
          <Button kind="secondary" onClick={() => void failure.again()}>
            {t(($) => $.failure.tryAgain)}
          </Button>
          <Button kind="quiet" onClick={undo.closeFailure}>
            {t(($) => $.undo.close)}
          </Button>
        </Notice>
      </div>
    );
  }
  if (!offer) return null;
  const [first] = offer.removed.records;
  return (
    <UndoBar
      key={first?.id}
      text={offer.text}
      undo={t(($) => $.undo.undo)}
      onUndo={() => void undo.takeBack(offer)}
      onGone={undo.forget}
    />
  );
}
