/** Days and hours of a week in which something is sold. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { LOCALES, type Language } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { ClockField } from '../lists/clock-field.tsx';
import type { Window } from './menu-types.ts';
import { words } from './words.ts';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** The first of January 2024 was a Monday. */
const MONDAY = 1;

/** ISO 8601: Monday is 1. */
export function dayName(day: number, language: Language): string {
  const date = new Date(Date.UTC(2024, 0, MONDAY + day - 1));
  return new Intl.DateTimeFormat(LOCALES[language], { weekday: 'short', timeZone: 'UTC' }).format(
    date,
  );
}

export function windowLine({ days, from, to }: Window, language: Language): string {
  return `${days.map((day) => dayName(day, language)).join(', ')} ${from}–${to}`;
}

export function HoursFields(props: {
  /** "Sold only" without one. */
  readonly label?: string;
  readonly value: readonly Window[];
  onChange(value: readonly Window[]): void;
}): ReactElement {
  const t = useWords(words);
  const { value, onChange } = props;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{props.label ?? t('hours')}</legend>
      {value.length === 0 ? <p className="text-13 text-muted">{t('hours-any')}</p> : null}
      {value.map((window, at) => (
        <WindowFields
          key={String(at)}
          value={window}
          onChange={(changed) => onChange(value.with(at, changed))}
          onRemove={() => onChange(value.toSpliced(at, 1))}
        />
      ))}
      <div>
        <Button
          size="compact"
          icon="plus"
          onClick={() => onChange([...value, { days: [...DAYS], from: '12:00', to: '15:00' }])}
        >
          {t('hours-add')}
        </Button>
      </div>
    </fieldset>
  );
}

function WindowFields(props: {
  readonly value: Window;
  onChange(value: Window): void;
  onRemove(): void;
}): ReactElement {
  const t = useWords(words);
  const { value, onChange, onRemove } = props;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <DaysField value={value.days} onChange={(days) => onChange({ ...value, days })} />
      <ClockField
        label={t('hours-from')}
        value={value.from}
        onChange={(from) => onChange({ ...value, from })}
      />
      <ClockField
        label={t('hours-to')}
        value={value.to}
        onChange={(to) => onChange({ ...value, to })}
      />
      <IconButton icon="trash" label={t('remove')} onClick={onRemove} />
    </div>
  );
}

function DaysField(props: {
  readonly value: Window['days'];
  onChange(value: Window['days']): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { value, onChange } = props;
  return (
    <div role="group" aria-label={t('hours-days')} className="flex flex-wrap gap-1">
      {DAYS.map((day) => {
        const isIn = value.includes(day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={isIn}
            onClick={() =>
              onChange(DAYS.filter((each) => (each === day ? !isIn : value.includes(each))))
            }
            className={classes(
              'h-9 rounded-control border px-1.5 text-13',
              isIn ? 'border-brand bg-brand-soft text-brand' : 'border-control bg-raised',
            )}
          >
            {dayName(day, language)}
          </button>
        );
      })}
    </div>
  );
}
