/** The starts of a day that a party could have, as buttons. What is free may be taken a moment later. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { classes } from '../../design/classes.ts';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import type { Availability, Place, Slot } from './booking-types.ts';
import { tableNames } from './tones.ts';
import { words } from './words-book.ts';
import { words as dayWords } from './words.ts';
import { refusals } from './words-refusals.ts';

export interface SlotQuestion {
  readonly place: Place;
  readonly date: string;
  readonly partySize: number;
  readonly areaId: string | null;
}

export function useAvailability({ place, date, partySize, areaId }: SlotQuestion) {
  const query = { locationId: place.id, date, partySize, areaId: areaId ?? undefined };
  const read = useRead(
    'GET /v1/reservations/availability',
    { query },
    { enabled: partySize > 0 && date !== '' },
  );
  return { read, answer: read.data === undefined ? null : shaped<Availability>(read.data) };
}

export function SlotPicker(props: {
  readonly asked: SlotQuestion;
  readonly value: string | null;
  onChange(slot: Slot): void;
}): ReactElement {
  const t = useWords(words);
  const td = useWords(dayWords);
  const tr = useWords(refusals);
  const language = useLanguage();
  const { asked, value, onChange } = props;
  const { read, answer } = useAvailability(asked);
  if (read.error !== null)
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (answer === null) return <Skeleton lines={3} />;
  const size = td('size', { count: asked.partySize });
  const { reason } = answer;
  if (reason !== null && Object.hasOwn(refusals.en, reason))
    // safe because the words are there
    return <p className="text-brass-text">{tr(reason as keyof typeof refusals.en)}</p>;
  if (answer.slots.length === 0) return <p className="text-brass-text">{t('starts-closed')}</p>;
  const chosen = answer.slots.find(({ startsAt }) => startsAt === value);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('starts')}</legend>
      {answer.slots.some(({ available }) => available) ? null : (
        <p className="text-brass-text">{t('starts-none', { size })}</p>
      )}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(72px,1fr))] gap-1.5">
        {answer.slots.map((slot) => (
          <button
            key={slot.startsAt}
            type="button"
            aria-pressed={slot.startsAt === value}
            disabled={!slot.available}
            title={slot.available ? undefined : t('taken')}
            onClick={() => onChange(slot)}
            className={classes(
              'h-9 rounded-control border text-14',
              slot.startsAt === value
                ? 'border-brand bg-brand text-on-brand'
                : slot.available
                  ? 'border-control bg-raised hover:bg-sunken'
                  : 'cursor-not-allowed border-line bg-sunken text-muted line-through',
            )}
          >
            {slot.localTime}
          </button>
        ))}
      </div>
      <p aria-live="polite" className="min-h-5 text-13 text-muted">
        {chosen?.tableIds === undefined
          ? ''
          : t('will-be', {
              tables: tableNames(asked.place.tables, chosen.tableIds),
              until: formatMoment(
                Date.parse(chosen.startsAt) + answer.durationMinutes * MINUTE_MS,
                language,
                {
                  timeStyle: 'short',
                  timeZone: answer.timeZone,
                },
              ),
            })}
      </p>
    </fieldset>
  );
}

const MINUTE_MS = 60_000;
