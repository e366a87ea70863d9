import styles from './Ideas.module.css';

interface IdeasProps {
  /** The label of the text field that an idea fills in. */
  label: string;
  ideas: readonly string[];
  value: string | null;
  onPick: (idea: string) => void;
}

/** Words to tap instead of typing them. */
export function Ideas({ label, ideas, value, onPick }: IdeasProps) {
  if (ideas.length === 0) return null;
  return (
    <div className={styles.ideas} role="group" aria-label={label}>
      {ideas.map((idea) => (
        <button key={idea} type="button" aria-pressed={idea === value} onClick={() => onPick(idea)}>
          {idea}
        </button>
      ))}
    </div>
  );
}
