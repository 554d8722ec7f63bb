/** Numbers, amounts, days and times. What is typed stays as typed; a value is told when it is one. */
import { useState, type ReactElement } from 'react';
import { classes } from './classes.ts';
import { controlClasses, FieldFrame, type FieldBase } from './field-frame.tsx';
import { useHouseCurrency } from './house-currency.ts';
import { amountText, minorUnitsOf, numberOf } from './number-text.ts';
import { words } from './words.ts';
import type { Money } from '../words/format.ts';
import { useWords } from '../words/language.ts';

export interface NumberFieldProps extends FieldBase {
  readonly value: number | null;
  onChange(value: number | null): void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly unit?: string | undefined;
  readonly placeholder?: string | undefined;
}

export function NumberField(props: NumberFieldProps): ReactElement {
  const t = useWords(words);
  const [typed, setTyped] = useState<string | null>(null);
  const shown =
    typed !== null && numberOf(typed) === props.value
      ? typed
      : (props.value?.toString() ?? typed ?? '');
  const isWrong = typed !== null && numberOf(typed) === undefined;
  const { min, max, step = 1 } = props;
  const within = (value: number): number =>
    Math.min(max ?? Infinity, Math.max(min ?? -Infinity, value));
  return (
    <FieldFrame field={{ ...props, error: isWrong ? t('not-a-number') : props.error }}>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            placeholder={props.placeholder}
            value={isWrong ? typed : shown}
            onChange={({ target }) => {
              setTyped(target.value);
              const value = numberOf(target.value);
              if (value !== undefined) props.onChange(value);
            }}
            onKeyDown={(press) => {
              const by = press.key === 'ArrowUp' ? step : press.key === 'ArrowDown' ? -step : 0;
              if (by === 0) return;
              press.preventDefault();
              setTyped(null);
              props.onChange(within((props.value ?? 0) + by));
            }}
            onBlur={() => {
              if (props.value === null || isWrong) return;
              const kept = within(props.value);
              setTyped(null);
              if (kept !== props.value) props.onChange(kept);
            }}
            className={classes(controlClasses(props.error), props.unit !== undefined && 'pr-12')}
          />
          {props.unit === undefined ? null : <Unit>{props.unit}</Unit>}
        </div>
      )}
    </FieldFrame>
  );
}

export interface MoneyFieldProps extends FieldBase {
  /** Minor units and currency. */
  readonly value: Money | null;
  onChange(value: Money | null): void;
  /** While there is no value; without it that of the house. */
  readonly currency?: string | undefined;
  readonly autoFocus?: boolean | undefined;
}

export function MoneyField(props: MoneyFieldProps): ReactElement {
  const t = useWords(words);
  const house = useHouseCurrency();
  const currency = props.currency ?? props.value?.currency ?? house;
  const [typed, setTyped] = useState<string | null>(null);
  const amount = props.value?.amount ?? null;
  const isWrong = typed !== null && minorUnitsOf(typed, currency) === undefined;
  const isTyped = typed !== null && (isWrong || minorUnitsOf(typed, currency) === amount);
  return (
    <FieldFrame field={{ ...props, error: isWrong ? t('not-an-amount') : props.error }}>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={props.autoFocus}
            value={isTyped ? typed : amount === null ? '' : amountText(amount, currency)}
            onChange={({ target }) => {
              setTyped(target.value);
              const minor = minorUnitsOf(target.value, currency);
              if (minor !== undefined)
                props.onChange(minor === null ? null : { amount: minor, currency });
            }}
            onBlur={() => {
              if (!isWrong) setTyped(null);
            }}
            className={classes(controlClasses(props.error), 'pr-14 text-right')}
          />
          <Unit>{currency}</Unit>
        </div>
      )}
    </FieldFrame>
  );
}

function Unit({ children }: { readonly children: string }): ReactElement {
  return (
    <span className="pointer-events-none absolute top-0 right-0 flex h-9 items-center px-2.5 text-13 text-muted">
      {children}
    </span>
  );
}

export interface DateFieldProps extends FieldBase {
  /** YYYY-MM-DD, or empty. */
  readonly value: string;
  onChange(value: string): void;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

export function DateField(props: DateFieldProps): ReactElement {
  return <Native type="date" field={props} />;
}

/** HH:MM, or empty. */
export function TimeField(props: DateFieldProps): ReactElement {
  return <Native type="time" field={props} />;
}

/** YYYY-MM-DDTHH:MM in the zone of the reader, or empty. */
export function DateTimeField(props: DateFieldProps): ReactElement {
  return <Native type="datetime-local" field={props} />;
}

function Native({
  type,
  field,
}: {
  readonly type: 'date' | 'time' | 'datetime-local';
  readonly field: DateFieldProps;
}): ReactElement {
  return (
    <FieldFrame field={field}>
      {(control) => (
        <input
          {...control}
          type={type}
          value={field.value}
          min={field.min}
          max={field.max}
          onChange={(change) => field.onChange(change.target.value)}
          className={controlClasses(field.error)}
        />
      )}
    </FieldFrame>
  );
}
