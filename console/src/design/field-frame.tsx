/** What all fields share: the label above, the control, then the hint or what is wrong. */
import { useId, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icons.tsx';
import { words } from './words.ts';
import { useWords } from '../words/language.ts';

export interface FieldBase {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** The label is said to screen readers only; another sign says what the field is. */
  readonly isLabelHidden?: boolean | undefined;
  readonly className?: string | undefined;
}

/** What the control gets so that label, hint and error belong to it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

export const CONTROL =
  'w-full min-w-0 rounded-control border bg-raised px-2.5 text-14 text-ink placeholder:text-muted disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted';

export function controlClasses(error: string | null | undefined, more = 'h-9'): string {
  return classes(CONTROL, more, (error ?? '') === '' ? 'border-control' : 'border-wine');
}

export function FieldFrame({
  field,
  children,
}: {
  readonly field: FieldBase;
  children(control: ControlProps): ReactNode;
}): ReactElement {
  const id = useId();
  const t = useWords(words);
  const { label, hint, error, required = false, isLabelHidden = false } = field;
  const note = (error ?? '') !== '' ? error : hint;
  const control: ControlProps = {
    id,
    required,
    disabled: field.disabled,
    ...(note === undefined ? {} : { 'aria-describedby': `${id}-note` }),
    ...((error ?? '') === '' ? {} : { 'aria-invalid': true }),
  };
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', field.className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-13 font-medium'}>
        {label}
        {required ? (
          <span className="text-muted" title={t('required')} aria-hidden="true">
            {' *'}
          </span>
        ) : null}
      </label>
      {children(control)}
      {note === undefined || note === null ? null : (
        <p
          id={`${id}-note`}
          className={classes(
            'flex items-start gap-1 text-12',
            (error ?? '') === '' ? 'text-muted' : 'text-wine',
          )}
        >
          {(error ?? '') === '' ? null : <Icon name="warning" className="mt-px" />}
          <span className="min-w-0 break-words">{note}</span>
        </p>
      )}
    </div>
  );
}
