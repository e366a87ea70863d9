const hasSpeech = (): boolean => 'speechSynthesis' in globalThis;

/** A voice that lives on this phone: others send the text to a company's server. */
function localVoice(language: string): SpeechSynthesisVoice | undefined {
  if (!hasSpeech()) return undefined;
  return speechSynthesis
    .getVoices()
    .find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

export function canSpeak(language: string): boolean {
  return localVoice(language) !== undefined;
}

/** The list of voices comes late on many phones. */
export function subscribeToVoices(listener: () => void): () => void {
  if (!hasSpeech()) return () => {};
  speechSynthesis.addEventListener('voiceschanged', listener);
  return () => speechSynthesis.removeEventListener('voiceschanged', listener);
}

/** Says a text aloud with a voice of this phone; silent when there is none. */
export function speak(text: string, language: string): void {
  const voice = localVoice(language);
  if (!voice) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = 0.9;
  speechSynthesis.cancel();
  speechSynthesis.speak(utterance);
}

/** Ends what is being said: a code must not be heard after its screen was left. */
export function stopSpeaking(): void {
  if (hasSpeech()) speechSynthesis.cancel();
}
