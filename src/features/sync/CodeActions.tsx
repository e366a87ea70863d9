import { ImageDown, type LucideIcon, Printer, Share2, Volume2 } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { groupsOf, qrText } from '#crypto/recoveryCode.ts';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { Notice } from '#ui/Notice.tsx';
import { canSpeak, speak, stopSpeaking, subscribeToVoices } from '#ui/speech.ts';
import styles from './CodeActions.module.css';
import { drawCode } from './drawCode.ts';
import { modulesOf } from './qrModules.ts';

interface CodeActionsProps {
  digits: string;
  language: Language;
  today: string;
}

/** The ways to keep a code: as a picture, on paper, with somebody, by ear. */
export function CodeActions({ digits, language, today }: CodeActionsProps) {
  const { t } = useTranslation();
  const [isSaved, setSaved] = useState(false);
  const name = `mitra-${today}.png`;
  const speaks = useSyncExternalStore(
    subscribeToVoices,
    () => canSpeak(language),
    () => false,
  );
  useEffect(() => stopSpeaking, []);

  const draw = (): Promise<Blob | null> =>
    drawCode({
      name: 'Mitra',
      title: t(($) => $.sync.code.pictureTitle),
      day: t(($) => $.sync.code.madeOn, { day: formatDay(today, language) }),
      modules: modulesOf(qrText(digits)),
      groups: groupsOf(digits),
      lines: [t(($) => $.sync.code.who), t(($) => $.sync.code.without)],
      language,
    });
  const save = async (): Promise<void> => {
    const picture = await draw();
    if (picture === null) return;
    const url = URL.createObjectURL(picture);
    Object.assign(document.createElement('a'), { href: url, download: name }).click();
    // Safari reads the address only after the click.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    setSaved(true);
  };
  const share = async (): Promise<void> => {
    const picture = await draw();
    if (picture === null) return;
    // Closing the phone's own share sheet is not a failure.
    await navigator.share({ files: [new File([picture], name, { type: 'image/png' })] }).catch(() => {});
  };
  // One group after the other, digit by digit, with a pause to write it down.
  const spoken = groupsOf(digits).map((group, index) => {
    const number = t(($) => $.sync.code.group, { number: index + 1 });
    return `${number}. ${group.split('').join(', ')}.`;
  });

  return (
    <>
      <div className={styles.actions}>
        <Action icon={ImageDown} words={t(($) => $.sync.code.picture)} onClick={() => void save()} />
        <Action icon={Printer} words={t(($) => $.sync.code.print)} onClick={() => window.print()} />
        {canShareFiles(name) && (
          <Action icon={Share2} words={t(($) => $.sync.code.share)} onClick={() => void share()} />
        )}
        {speaks && (
          <Action
            icon={Volume2}
            words={t(($) => $.sync.listen)}
            onClick={() => speak(spoken.join('\n'), language)}
          />
        )}
      </div>
      {isSaved && (
        <Notice kind="good" role="status">
          {t(($) => $.sync.code.saved)}
        </Notice>
      )}
    </>
  );
}

function Action({ icon: Icon, words, onClick }: { icon: LucideIcon; words: string; onClick: () => void }) {
  return (
    <button type="button" className={styles.action} onClick={onClick}>
      <Icon aria-hidden="true" />
      {words}
    </button>
  );
}

function canShareFiles(name: string): boolean {
  return (
    'canShare' in navigator && navigator.canShare({ files: [new File([''], name, { type: 'image/png' })] })
  );
}
