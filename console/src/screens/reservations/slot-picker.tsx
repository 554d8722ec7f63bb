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

const MINUTE_MS = 60_000;

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
  const tr = useWords(refusals);
  const { asked, value, onChange } = props;
  const { read, answer } = useAvailability(asked);
  if (read.error !== null)
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (answer === null) return <Skeleton lines={3} />;
  const { reason } = answer;
  if (reason !== null && Object.hasOwn(refusals.en, reason))
    // safe because the words are there
    return <p className="text-brass-text">{tr(reason as keyof typeof refusals.en)}</p>;
  if (answer.slots.length === 0) return <p className="text-brass-text">{t('starts-closed')}</p>;
  return <Starts asked={asked} answer={answer} value={value} onChange={onChange} />;
}

function Starts(props: {
  readonly asked: SlotQuestion;
  readonly answer: Availability;
  readonly value: string | null;
  onChange(slot: Slot): void;
}): ReactElement {
  const t = useWords(words);
  const td = useWords(dayWords);
  const { asked, answer, value, onChange } = props;
  const chosen = answer.slots.find(({ startsAt }) => startsAt === value);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('starts')}</legend>
      {answer.slots.some(({ available }) => available) ? null : (
        <p className="text-brass-text">
          {t('starts-none', { size: td('size', { count: asked.partySize }) })}
        </p>
      )}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(72px,1fr))] gap-1.5">
        {answer.slots.map((slot) => (
          <StartButton
            key={slot.startsAt}
            slot={slot}
            isChosen={slot === chosen}
            onChoose={() => onChange(slot)}
          />
        ))}
      </div>
      <p aria-live="polite" className="min-h-5 text-13 text-muted">
        {chosen === undefined ? null : <WillBe slot={chosen} answer={answer} place={asked.place} />}
      </p>
    </fieldset>
  );
}

function StartButton(props: {
  readonly slot: Slot;
  readonly isChosen: boolean;
  onChoose(): void;
}): ReactElement {
  const t = useWords(words);
  const { slot, isChosen, onChoose } = props;
  const free = slot.available
    ? 'border-control bg-raised hover:bg-sunken'
    : 'cursor-not-allowed border-line bg-sunken text-muted line-through';
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      disabled={!slot.available}
      title={slot.available ? undefined : t('taken')}
      onClick={onChoose}
      className={classes(
        'h-9 rounded-control border text-14',
        isChosen ? 'border-brand bg-brand text-on-brand' : free,
      )}
    >
      {slot.localTime}
    </button>
  );
}

/** Which tables the party would have, and until when. */
function WillBe(props: {
  readonly slot: Slot;
  readonly answer: Availability;
  readonly place: Place;
}): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { slot, answer, place } = props;
  if (slot.tableIds === undefined) return null;
  const endMs = Date.parse(slot.startsAt) + answer.durationMinutes * MINUTE_MS;
  const until = formatMoment(endMs, language, { timeStyle: 'short', timeZone: answer.timeZone });
  return <>{t('will-be', { tables: tableNames(place.tables, slot.tableIds), until })}</>;
}
