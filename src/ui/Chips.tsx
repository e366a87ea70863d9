import styles from './Chips.module.css';

interface ChipsProps<T extends string> {
  /** Said to screen readers. */
  legend: string;
  name: string;
  /** `null` stands for all. */
  options: { value: T | null; label: string }[];
  value: T | null;
  onChange: (value: T | null) => void;
}

/** A few words to choose one of, as round buttons that wrap: what a list shows. */
export function Chips<T extends string>({ legend, name, options, value, onChange }: ChipsProps<T>) {
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{legend}</legend>
      {options.map((option) => (
        <label key={option.value ?? 'all'} className={styles.chip}>
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
