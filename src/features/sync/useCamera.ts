import { type RefObject, useEffect, useRef, useState } from 'react';
import { loadReader } from './readQr.ts';

export type CameraState = 'starting' | 'looking' | 'refused' | 'noCamera' | 'notLoaded';

/** Ten frames a second: fast enough for a hand, slow enough for a cheap phone. */
const PAUSE = 100;

/**
 * Shows the camera in a video element and gives every QR text it sees, until the screen is left.
 * Nothing of the picture is kept.
 */
export function useCamera(onText: (text: string) => void): {
  video: RefObject<HTMLVideoElement | null>;
  state: CameraState;
} {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('starting');
  const latest = useRef(onText);
  useEffect(() => {
    latest.current = onText;
  });

  useEffect(() => {
    let isLeft = false;
    let stream: MediaStream | null = null;
    const look = async (): Promise<void> => {
      const read = await loadReader().catch(() => null);
      if (read === null) return setState('notLoaded');
      stream = await openCamera();
      const element = video.current;
      if (isLeft || element === null) return stop(stream);
      element.srcObject = stream;
      await element.play();
      setState('looking');
      while (!isLeft) {
        const text = await read(element);
        if (text !== null && !isLeft) latest.current(text);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    };
    look().catch((error: unknown) => !isLeft && setState(reasonOf(error)));
    return () => {
      isLeft = true;
      stop(stream);
    };
  }, []);

  return { video, state };
}

async function openCamera(): Promise<MediaStream> {
  // Missing on a plain http address.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new DOMException('No camera here', 'NotFoundError');
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
  });
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function reasonOf(error: unknown): CameraState {
  return error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'noCamera';
}
