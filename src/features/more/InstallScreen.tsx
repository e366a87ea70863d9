import { MonitorSmartphone } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#ui/Button.tsx';
import card from '#ui/Card.module.css';
import { Notice } from '#ui/Notice.tsx';
import { installOffer, isInAppBrowser, isInstalled, subscribeToInstall } from '#ui/install.ts';
import styles from './MoreScreen.module.css';

/** How to put the app on the home screen: by the browser's own offer, else by written steps. */
export function InstallScreen() {
  const { t } = useTranslation();
  const offer = useSyncExternalStore(subscribeToInstall, installOffer, () => null);
  if (isInstalled()) return <Notice kind="good">{t(($) => $.install.done)}</Notice>;
  return (
    <>
      <p>{t(($) => $.install.why)}</p>
      {isInAppBrowser(navigator.userAgent) && <Notice kind="attention">{t(($) => $.install.inApp)}</Notice>}
      {offer && (
        <Button icon={MonitorSmartphone} onClick={() => void offer.prompt()}>
          {t(($) => $.install.button)}
        </Button>
      )}
      <section className={card.card}>
        <h2>{t(($) => $.install.androidTitle)}</h2>
        <ol className={styles.steps}>
          <li>{t(($) => $.install.androidSteps.one)}</li>
          <li>{t(($) => $.install.androidSteps.two)}</li>
          <li>{t(($) => $.install.androidSteps.three)}</li>
        </ol>
      </section>
      <section className={card.card}>
        <h2>{t(($) => $.install.iphoneTitle)}</h2>
        <ol className={styles.steps}>
          <li>{t(($) => $.install.iphoneSteps.one)}</li>
          <li>{t(($) => $.install.iphoneSteps.two)}</li>
          <li>{t(($) => $.install.iphoneSteps.three)}</li>
        </ol>
        <Notice kind="attention">{t(($) => $.install.iphoneWarning)}</Notice>
      </section>
    </>
  );
}
