/** From and until, once or several times a day. */
import type { ReactElement } from 'react';
import { IconButton } from '../../design/buttons.tsx';
import { useWords } from '../../words/language.ts';
import type { Span } from './calendar-types.ts';
import { ClockField } from '../lists/clock-field.tsx';
import { words } from './hours-words.ts';
import { SPANS_MAX } from './week.ts';

const FIRST: Span = { opens: '12:00', closes: '23:00' };
const NEXT: Span = { opens: '18:00', closes: '23:00' };

export function SpanFields(props: {
  /** Whose hours they are, for screen readers. */
  readonly of: string;
  readonly value: readonly Span[];
  readonly isOff: boolean;
  onChange(value: readonly Span[]): void;
}): ReactElement {
  const t = useWords(words);
  const { of, value, isOff, onChange } = props;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2">
      {value.length === 0 ? <span className="py-2 text-muted">{t('closed')}</span> : null}
      {value.map((span, at) => (
        <div key={String(at)} className="flex items-center gap-1">
          <ClockField
            label={`${of}: ${t('from')}`}
            value={span.opens}
            onChange={(opens) => onChange(value.with(at, { ...span, opens }))}
          />
          <span aria-hidden="true">–</span>
          <ClockField
            label={`${of}: ${t('until')}`}
            value={span.closes}
            onChange={(closes) => onChange(value.with(at, { ...span, closes }))}
          />
          {isOff ? null : (
            <IconButton
              size="compact"
              icon="close"
              label={`${of}: ${t('span-remove')}`}
              onClick={() => onChange(value.toSpliced(at, 1))}
            />
          )}
        </div>
      ))}
      {isOff || value.length >= SPANS_MAX ? null : (
        <IconButton
          size="compact"
          icon="plus"
          label={`${of}: ${t('span-add')}`}
          onClick={() => onChange([...value, value.length === 0 ? FIRST : NEXT])}
        />
      )}
    </div>
  );
}
