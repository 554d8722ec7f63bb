/** The week: a line for each day, drawn from five in the morning to five, with the hours in fields beside. */
import type { ReactElement } from 'react';
import { IconButton } from '../../design/buttons.tsx';
import { Icon } from '../../design/icons.tsx';
import { LOCALES, type Language } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { Span } from './calendar-types.ts';
import { words } from './hours-words.ts';
import { SpanFields } from './span-fields.tsx';
import { drawnOf, runsOver, spansFault, type Week } from './week.ts';

/** The first of January 2024 was a Monday. */
function dayName(at: number, language: Language): string {
  const date = new Date(Date.UTC(2024, 0, at + 1));
  const format = new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', timeZone: 'UTC' });
  return format.format(date);
}

/** Hours that the axis names, and where they stand in it. */
const TICKS = [5, 8, 11, 14, 17, 20, 23, 2] as const;

export function WeekGrid(props: {
  readonly value: Week;
  readonly isOff: boolean;
  onChange(value: Week): void;
}): ReactElement {
  const t = useWords(words);
  const { value, isOff, onChange } = props;
  const over = runsOver(value);
  return (
    <div role="group" aria-label={t('weekly')} className="flex flex-col">
      <Axis />
      {value.map((spans, at) => (
        <DayLine
          // Days have no other key than their place in the week.
          key={String(at)}
          at={at}
          spans={spans}
          isOver={over[at] === true}
          isOff={isOff}
          onChange={(next) => onChange(value.with(at, next))}
          onCopy={() => onChange(value.map(() => spans))}
        />
      ))}
    </div>
  );
}

const LINE =
  'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 lg:grid-cols-[112px_minmax(160px,1fr)_minmax(0,auto)_28px]';

function Axis(): ReactElement {
  return (
    <div aria-hidden="true" className={`${LINE} max-lg:hidden`}>
      <span />
      <span className="relative h-5">
        {TICKS.map((hour, at) => (
          <span
            key={hour}
            className="absolute text-12 text-muted"
            style={{ left: `${String((at / TICKS.length) * 100)}%` }}
          >
            {hour}
          </span>
        ))}
      </span>
      <span className="w-[448px]" />
      <span />
    </div>
  );
}

function DayLine(props: {
  readonly at: number;
  readonly spans: readonly Span[];
  /** Into the hours of the day after. */
  readonly isOver: boolean;
  readonly isOff: boolean;
  onChange(spans: readonly Span[]): void;
  onCopy(): void;
}): ReactElement {
  const t = useWords(words);
  const { at, spans, isOver, isOff, onChange, onCopy } = props;
  const language = useLanguage();
  const name = dayName(at, language);
  const fault = spansFault(spans);
  return (
    <div className={`${LINE} border-t border-line py-2`}>
      <span className="font-medium first-letter:uppercase">{name}</span>
      <Bar spans={spans} />
      <div className="col-span-2 row-start-2 min-w-0 lg:col-span-1 lg:row-start-auto lg:w-[448px]">
        <SpanFields of={name} value={spans} isOff={isOff} onChange={onChange} />
        {fault === null ? null : (
          <p role="alert" className="flex items-center gap-1 pt-1 text-12 text-wine">
            <Icon name="warning" />
            {t(`fault-${fault}`)}
          </p>
        )}
        {isOver && fault === null ? (
          <p role="status" className="flex items-center gap-1 pt-1 text-12 text-brass-text">
            <Icon name="warning" />
            {t('runs-over', { day: dayName(at + 1, language) })}
          </p>
        ) : null}
      </div>
      {isOff ? null : (
        <IconButton
          className="col-start-2 row-start-1 lg:col-start-4"
          size="compact"
          icon="copy"
          label={t('copy', { day: name })}
          onClick={onCopy}
        />
      )}
    </div>
  );
}

/** The same as the fields say, to be seen at a glance. */
function Bar({ spans }: { readonly spans: readonly Span[] }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className="relative hidden h-3 overflow-hidden rounded-full bg-sunken lg:block"
    >
      {spans
        .filter(({ opens, closes }) => opens !== '' && closes !== '')
        .map((span, at) => {
          const { left, width } = drawnOf(span);
          return (
            <span
              key={String(at)}
              className="absolute inset-y-0 rounded-full bg-brand"
              style={{ left: `${String(left)}%`, width: `${String(width)}%` }}
            />
          );
        })}
    </span>
  );
}
