/** One of a few: buttons side by side, for fingers. */
import type { ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { Icon, type IconName } from '../../design/icons.tsx';

export interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: NoInfer<Value>;
    readonly label: string;
    readonly icon?: IconName;
  }[];
  onChange(value: NoInfer<Value>): void;
  readonly isLabelHidden?: boolean;
}

export function Segments<Value extends string>(props: SegmentsProps<Value>): ReactElement {
  const { label, value, options, onChange, isLabelHidden = false } = props;
  return (
    <fieldset className="min-w-0">
      <legend className={isLabelHidden ? 'sr-only' : 'mb-1 text-13 font-medium'}>{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            aria-pressed={option.value === value}
            onClick={() => onChange(option.value)}
            className={classes(
              'flex min-h-14 min-w-16 flex-1 items-center justify-center gap-2 rounded-control border px-2 text-14 font-medium',
              option.value === value
                ? 'border-brand bg-brand-soft text-brand'
                : 'border-control bg-raised hover:bg-sunken',
            )}
          >
            {option.icon === undefined ? null : (
              <Icon name={option.icon} size={20} className="max-sm:hidden" />
            )}
            <span className="min-w-0 break-words">{option.label}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}
