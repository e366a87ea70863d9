import { Camera, Images, type LucideIcon } from 'lucide-react';
import { buttonClass } from './Button.tsx';
import styles from './PhotoPicker.module.css';

interface PhotoPickerProps {
  /** "Take a photo" */
  take: string;
  /** "Choose from the phone" */
  pick: string;
  onFiles: (files: File[]) => void;
}

/** Two ways to bring photos in: the camera, or pictures that are on the phone already. */
export function PhotoPicker({ take, pick, onFiles }: PhotoPickerProps) {
  return (
    <div className={styles.picker}>
      <FileButton kind="primary" icon={Camera} words={take} onFiles={onFiles} camera />
      <FileButton kind="secondary" icon={Images} words={pick} onFiles={onFiles} />
    </div>
  );
}

interface FileButtonProps {
  kind: 'primary' | 'secondary';
  icon: LucideIcon;
  words: string;
  camera?: boolean;
  onFiles: (files: File[]) => void;
}

/** The phone's own file input under the look of a button; a label keeps it reachable by keyboard and reader. */
function FileButton({ kind, icon: Icon, words, camera = false, onFiles }: FileButtonProps) {
  return (
    <label className={`${buttonClass(kind)} ${styles.button}`}>
      <input
        type="file"
        accept="image/*"
        className="visually-hidden"
        {...(camera ? { capture: 'environment' as const } : { multiple: true })}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // Emptied, so that the same photo can be chosen again.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <Icon aria-hidden="true" />
      <span>{words}</span>
    </label>
  );
}
