/**
 * A time of the day in 24 hours, whatever the computer is set to: two of them stand in one line of a table, and all times of
 * the console are written so. What is typed is read when the field is left.
 */
import { useState, type ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { controlClasses, FieldFrame } from '../../design/field-frame.tsx';
import { clockOf } from './clock.ts';

export interface ClockFieldProps {
  /** Said to screen readers. */
  readonly label: string;
  /** `HH:MM`, or empty. */
  readonly value: string;
  onChange(value: string): void;
}

export function ClockField({ label, value, onChange }: ClockFieldProps): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = value === '';
  const take = (text: string): void => {
    const clock = clockOf(text);
    onChange(clock ?? '');
    // What is no time stays to be seen and mended.
    if (clock !== null) setTyped(null);
  };
  return (
    <FieldFrame field={{ label, isLabelHidden: true, className: 'w-18' }}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          placeholder="18:00"
          aria-invalid={isWrong || undefined}
          value={typed ?? value}
          onChange={({ target }) => {
            setTyped(target.value);
            // A whole time counts at once, so that Enter saves it.
            if (/^\d{2}:\d{2}$/.test(target.value)) take(target.value);
          }}
          onBlur={({ target }) => {
            if (typed !== null) take(target.value);
          }}
          className={classes(controlClasses(isWrong ? ' ' : null), 'px-2 text-center')}
        />
      )}
    </FieldFrame>
  );
}
