/** What is shown when the start was taken meanwhile: others of the day, or the waiting list. */
import type { ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { Place } from './booking-types.ts';
import { words } from './words-book.ts';

/** What a refusal tells, as texts. */
export function startsIn(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : [];
}

export function Alternatives(props: {
  readonly place: Place;
  readonly startsAt: string | null;
  readonly starts: readonly string[];
  onPick(start: string): void;
  onWait?(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { place, startsAt, starts, onPick, onWait } = props;
  const clock = (start: string): string =>
    formatMoment(start, language, { timeStyle: 'short', timeZone: place.timeZone });
  return (
    <div
      role="alert"
      className="flex flex-col gap-2 rounded-card border border-brass bg-brass-soft p-3"
    >
      <p className="font-semibold">
        {t('full-title', { time: startsAt === null ? '–' : clock(startsAt) })}
      </p>
      <p>{starts.length === 0 ? t('full-none') : t('full-text')}</p>
      <div className="flex flex-wrap gap-2">
        {starts.map((start) => (
          <Button key={start} onClick={() => onPick(start)}>
            {clock(start)}
          </Button>
        ))}
        {onWait === undefined ? null : (
          <Button icon="clock" onClick={onWait}>
            {t('wait-instead')}
          </Button>
        )}
      </div>
    </div>
  );
}
