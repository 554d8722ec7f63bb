/** A number that fingers set: minus, the number, plus. */
import { useId, type ReactElement } from 'react';
import { IconButton } from '../../design/buttons.tsx';
import { useWords } from '../../words/language.ts';
import { words } from './words-stepper.ts';

export interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  onChange(value: number): void;
  readonly isLabelHidden?: boolean | undefined;
  readonly size?: 'normal' | 'touch' | undefined;
}

export function Stepper(props: StepperProps): ReactElement {
  const { label, value, min, max, onChange, isLabelHidden = false, size = 'touch' } = props;
  const t = useWords(words);
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="flex min-w-0 items-center gap-2">
      <span id={id} className={isLabelHidden ? 'sr-only' : 'min-w-0 flex-1 truncate text-14'}>
        {label}
      </span>
      <IconButton
        kind="quiet"
        size={size}
        icon="minus"
        label={t('less', { label })}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      />
      <output
        aria-live="polite"
        className={
          size === 'touch'
            ? 'w-12 text-center text-28 font-semibold'
            : 'w-8 text-center text-16 font-semibold'
        }
      >
        {value}
      </output>
      <IconButton
        kind="quiet"
        size={size}
        icon="plus"
        label={t('more', { label })}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      />
    </fieldset>
  );
}
