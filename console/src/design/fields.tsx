/** Fields of words, choices and yes or no. `onChange` gets the value itself. */
import { useId, type ReactElement, type Ref } from 'react';
import { classes } from './classes.ts';
import { controlClasses, FieldFrame, type FieldBase } from './field-frame.tsx';
import { IconButton } from './buttons.tsx';
import { Icon } from './icons.tsx';
import { words } from './words.ts';
import { useWords } from '../words/language.ts';

export interface TextFieldProps extends FieldBase {
  readonly value: string;
  onChange(value: string): void;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'url' | undefined;
  readonly name?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly autoComplete?: string | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | undefined;
  readonly maxLength?: number | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly isMono?: boolean | undefined;
  readonly ref?: Ref<HTMLInputElement> | undefined;
  readonly onEnter?: (() => void) | undefined;
}

export function TextField(props: TextFieldProps): ReactElement {
  const { value, onChange, type = 'text', onEnter } = props;
  return (
    <FieldFrame field={props}>
      {(control) => (
        <input
          {...control}
          ref={props.ref}
          type={type}
          dir={type === 'text' ? 'auto' : undefined}
          name={props.name}
          value={value}
          placeholder={props.placeholder}
          autoComplete={props.autoComplete ?? 'off'}
          inputMode={props.inputMode}
          maxLength={props.maxLength}
          // Only dialogs and sign-in ask for it, where the field is what the person came for.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={props.autoFocus}
          onChange={(change) => onChange(change.target.value)}
          onKeyDown={(press) => {
            if (press.key === 'Enter') onEnter?.();
          }}
          className={classes(controlClasses(props.error), props.isMono === true && 'font-mono')}
        />
      )}
    </FieldFrame>
  );
}

export interface TextAreaFieldProps extends FieldBase {
  readonly value: string;
  onChange(value: string): void;
  readonly rows?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly isMono?: boolean | undefined;
}

export function TextAreaField(props: TextAreaFieldProps): ReactElement {
  return (
    <FieldFrame field={props}>
      {(control) => (
        <textarea
          {...control}
          dir="auto"
          rows={props.rows ?? 3}
          value={props.value}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          onChange={(change) => props.onChange(change.target.value)}
          className={classes(
            controlClasses(props.error, 'py-1.5'),
            props.isMono === true && 'font-mono text-13',
          )}
        />
      )}
    </FieldFrame>
  );
}

export interface SearchFieldProps extends FieldBase {
  readonly value: string;
  onChange(value: string): void;
  readonly placeholder?: string | undefined;
  readonly onEnter?: (() => void) | undefined;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** The label of a search is its placeholder too, so it takes one line. */
export function SearchField(props: SearchFieldProps): ReactElement {
  const t = useWords(words);
  return (
    <FieldFrame field={{ isLabelHidden: true, ...props }}>
      {(control) => (
        <div className="relative">
          <Icon
            name="search"
            className="pointer-events-none absolute top-2.5 left-2.5 text-muted"
          />
          <input
            {...control}
            ref={props.ref}
            type="text"
            role="searchbox"
            dir="auto"
            autoComplete="off"
            value={props.value}
            placeholder={props.placeholder ?? props.label}
            onChange={(change) => props.onChange(change.target.value)}
            onKeyDown={(press) => {
              if (press.key === 'Enter') props.onEnter?.();
              if (press.key === 'Escape' && props.value !== '') {
                press.stopPropagation();
                props.onChange('');
              }
            }}
            className={classes(controlClasses(props.error), 'pr-8 pl-8')}
          />
          {props.value === '' ? null : (
            <IconButton
              icon="close"
              label={t('clear')}
              size="compact"
              className="absolute top-1 right-1"
              onClick={() => props.onChange('')}
            />
          )}
        </div>
      )}
    </FieldFrame>
  );
}

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

export interface SelectFieldProps<Value extends string> extends FieldBase {
  readonly value: Value | '' | null;
  onChange(value: NoInfer<Value>): void;
  readonly options: readonly Option<NoInfer<Value>>[];
  /** Shown while nothing is chosen. */
  readonly placeholder?: string | undefined;
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>): ReactElement {
  const t = useWords(words);
  const { value, onChange, options } = props;
  const isChosen = options.some((option) => option.value === value);
  return (
    <FieldFrame field={props}>
      {(control) => (
        <div className="relative">
          <select
            {...control}
            value={isChosen ? (value ?? '') : ''}
            onChange={(change) => {
              const chosen = options.find((option) => option.value === change.target.value);
              if (chosen !== undefined) onChange(chosen.value);
            }}
            className={classes(controlClasses(props.error), 'appearance-none truncate pr-8')}
          >
            {isChosen ? null : <option value="">{props.placeholder ?? t('choose')}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon
            name="chevron-down"
            className="pointer-events-none absolute top-2.5 right-2.5 text-muted"
          />
        </div>
      )}
    </FieldFrame>
  );
}

export interface CheckFieldProps extends FieldBase {
  readonly value: boolean;
  onChange(value: boolean): void;
}

export function CheckField(props: CheckFieldProps): ReactElement {
  const id = useId();
  const note = props.error ?? props.hint;
  return (
    <div className={classes('flex items-start gap-2', props.className)}>
      <input
        id={id}
        type="checkbox"
        checked={props.value}
        disabled={props.disabled}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(change) => props.onChange(change.target.checked)}
        className="mt-px size-[18px] shrink-0 accent-brand"
      />
      <div className="min-w-0">
        <label htmlFor={id} className={props.isLabelHidden === true ? 'sr-only' : 'text-14'}>
          {props.label}
        </label>
        {note === undefined ? null : (
          <p
            id={`${id}-note`}
            className={classes('text-12', props.error ? 'text-wine' : 'text-muted')}
          >
            {note}
          </p>
        )}
      </div>
    </div>
  );
}

/** For what takes effect at once. */
export function SwitchField(props: CheckFieldProps): ReactElement {
  const id = useId();
  const note = props.error ?? props.hint;
  return (
    <div className={classes('flex items-start gap-3', props.className)}>
      <button
        type="button"
        role="switch"
        aria-checked={props.value}
        aria-labelledby={id}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        disabled={props.disabled}
        onClick={() => props.onChange(!props.value)}
        className={classes(
          'relative h-6 w-10 shrink-0 rounded-full border transition-colors duration-120 disabled:opacity-55',
          props.value ? 'border-brand bg-brand' : 'border-control bg-raised',
        )}
      >
        <span
          aria-hidden="true"
          className={classes(
            'absolute top-[3px] left-[3px] size-4 rounded-full transition-transform duration-120',
            props.value ? 'translate-x-4 bg-on-brand' : 'bg-control',
          )}
        />
      </button>
      <div className="min-w-0">
        <span id={id} className={props.isLabelHidden === true ? 'sr-only' : 'text-14'}>
          {props.label}
        </span>
        {note === undefined ? null : (
          <p
            id={`${id}-note`}
            className={classes('text-12', props.error ? 'text-wine' : 'text-muted')}
          >
            {note}
          </p>
        )}
      </div>
    </div>
  );
}
