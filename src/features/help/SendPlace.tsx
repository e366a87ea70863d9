import { MapPin, MessageSquareText, Share2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutBreaks } from '#i18n/format.ts';
import { Button, buttonClass } from '#ui/Button.tsx';
import { Notice } from '#ui/Notice.tsx';
import { useScripting } from '#ui/useScripting.ts';
import styles from './SendPlace.module.css';

type State =
  | { step: 'idle' }
  | { step: 'finding' }
  | { step: 'failed'; reason: 'refused' | 'unavailable' }
  | { step: 'found'; link: string };

/** Asks the phone for its place and lets the worker send it. The app itself sends nothing. */
export function SendPlace() {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ step: 'idle' });
  if (!useScripting()) return null;

  const find = (): void => {
    if (!('geolocation' in navigator)) {
      setState({ step: 'failed', reason: 'unavailable' });
      return;
    }
    setState({ step: 'finding' });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const place = `${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`;
        setState({ step: 'found', link: `https://maps.google.com/?q=${place}` });
      },
      (error) => {
        const refused = error.code === error.PERMISSION_DENIED;
        setState({ step: 'failed', reason: refused ? 'refused' : 'unavailable' });
      },
      { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 },
    );
  };

  const message =
    state.step === 'found' ? withoutBreaks(t(($) => $.help.placeText, { link: state.link })) : '';
  return (
    <div className={styles.place}>
      <Button kind="danger" icon={MapPin} onClick={find} disabled={state.step === 'finding'}>
        {state.step === 'finding' ? t(($) => $.help.placeFinding) : t(($) => $.help.sendPlace)}
      </Button>
      {state.step === 'finding' && <p className={styles.hint}>{t(($) => $.help.sendPlaceHint)}</p>}
      {state.step === 'failed' && (
        <Notice kind="attention" role="alert">
          {state.reason === 'refused' ? t(($) => $.help.placeRefused) : t(($) => $.help.placeUnavailable)}
        </Notice>
      )}
      {state.step === 'found' && (
        <Notice role="status" title={t(($) => $.help.placeReady)}>
          <p className={styles.link} lang="en">
            {state.link}
          </p>
          <a className={buttonClass('primary')} href={`sms:?&body=${encodeURIComponent(message)}`}>
            <MessageSquareText aria-hidden="true" />
            {t(($) => $.help.bySms)}
          </a>
          {'share' in navigator && (
            <Button
              kind="secondary"
              icon={Share2}
              // Closing the phone's own share sheet is not a failure.
              onClick={() => void navigator.share({ text: message }).catch(() => {})}
            >
              {t(($) => $.help.share)}
            </Button>
          )}
        </Notice>
      )}
    </div>
  );
}
