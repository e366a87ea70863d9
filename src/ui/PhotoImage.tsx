import { ImageOff } from 'lucide-react';
import { useCallback, useState } from 'react';
import styles from './PhotoImage.module.css';

interface PhotoImageProps {
  /** `undefined` while it is read, `null` when it is not on this phone. */
  photo: { bytes: Uint8Array<ArrayBuffer>; type: string } | null | undefined;
  /** Empty when words beside it already say what it is. */
  alt: string;
  /** Said in place of a photo that is not there. */
  missing: string;
  className?: string | undefined;
}

/** Shows a photo that is kept on the phone. Its address lives as long as the picture stands on the screen. */
export function PhotoImage({ photo, alt, missing, className = '' }: PhotoImageProps) {
  const [isBroken, setIsBroken] = useState(false);
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      if (!image || !photo) return;
      const address = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
      image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [photo],
  );

  if (photo === undefined) return <span className={`${styles.empty} ${className}`} />;
  if (photo === null || isBroken) {
    return (
      <span className={`${styles.empty} ${className}`}>
        <ImageOff aria-hidden="true" />
        <span className="visually-hidden">{missing}</span>
      </span>
    );
  }
  return (
    <img ref={show} alt={alt} className={className} decoding="async" onError={() => setIsBroken(true)} />
  );
}
