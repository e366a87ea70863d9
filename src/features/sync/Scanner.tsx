import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readCode } from '#crypto/recoveryCode.ts';
import { Notice } from '#ui/Notice.tsx';
import { StepHeading } from './StepHeading.tsx';
import styles from './Scanner.module.css';
import { useCamera } from './useCamera.ts';

/** The camera, until it sees a code of ours. */
export function Scanner({ onCode }: { onCode: (digits: string) => void }) {
  const { t } = useTranslation();
  const [isOther, setOther] = useState(false);
  const { video, state } = useCamera((text) => {
    const read = readCode(text);
    setOther(read.type !== 'Code');
    if (read.type === 'Code') onCode(read.digits);
  });
  const isRunning = state === 'starting' || state === 'looking';
  return (
    <>
      <StepHeading>{t(($) => $.sync.restore.scan)}</StepHeading>
      {isRunning && (
        <div className={styles.frame}>
          {/* Without sound, so it has no captions. */}
          <video ref={video} className={styles.video} muted playsInline aria-hidden="true" />
          <span className={styles.corners} aria-hidden="true" />
        </div>
      )}
      <div role="status">
        {state === 'starting' && <p>{t(($) => $.sync.restore.starting)}</p>}
        {state === 'looking' && !isOther && <p>{t(($) => $.sync.restore.scanHint)}</p>}
        {state === 'looking' && isOther && (
          <Notice kind="attention">{t(($) => $.sync.restore.scanOther)}</Notice>
        )}
        {state === 'refused' && <Notice kind="attention">{t(($) => $.sync.restore.refused)}</Notice>}
        {state === 'noCamera' && <Notice kind="attention">{t(($) => $.sync.restore.noCamera)}</Notice>}
        {state === 'notLoaded' && <Notice kind="attention">{t(($) => $.failure.contentMissing)}</Notice>}
      </div>
    </>
  );
}
