import { Volume2 } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Button } from '#ui/Button.tsx';
import { canSpeak, speak, stopSpeaking, subscribeToVoices } from '#ui/speech.ts';

interface ListenButtonProps {
  text: string;
  language: string;
  words: string;
}

/** Reads a text aloud. It is not there where this phone has no voice of its own for the language. */
export function ListenButton({ text, language, words }: ListenButtonProps) {
  const speaks = useSyncExternalStore(
    subscribeToVoices,
    () => canSpeak(language),
    () => false,
  );
  useEffect(() => stopSpeaking, []);
  if (!speaks) return null;
  return (
    <Button kind="quiet" icon={Volume2} onClick={() => speak(text, language)}>
      {words}
    </Button>
  );
}
