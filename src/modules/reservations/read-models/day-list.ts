import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { DAY_EVENTS, type DayEvent } from '../days/events.ts';
import { dayStream } from '../floor.ts';

interface Entry {
  readonly kind: string;
  readonly covers: number;
}

/** What a day has been promised: a row for each location and date with anything on it. */
interface DayRow {
  readonly location_id: string;
  readonly date: string;
  /** Reservations, holds and offers that start on this business day, and their guests. */
  readonly parties: number;
  readonly covers: number;
  readonly blocks: number;
  readonly waiting: number;
  /** By key; what the counts are counted from. */
  readonly entries: Readonly<Record<string, Entry>>;
  readonly [column: string]: unknown;
}

export const dayList = defineReadModel<Recorded<DayEvent>, DayRow>({
  name: 'reservations.days',
  version: 1,
  columns: {
    location_id: 'text',
    date: 'date',
    parties: 'integer',
    covers: 'integer',
    blocks: 'integer',
    waiting: 'integer',
    entries: 'jsonb',
  },
  indexes: [['location_id', 'date'], ['date']],
  on: DAY_EVENTS,
  keys: ({ data }) => [dayStream(data.locationId, data.date).id],
  project(row, { type, data }) {
    const { locationId: location_id, date } = data;
    const before = row ?? { ...EMPTY, location_id, date };
    switch (type) {
      case 'DayTablesTaken': {
        // What only reaches into this date is counted on its own business day.
        if (data.day !== date) return counted(before, without(before.entries, data.key));
        const entry = { kind: data.kind, covers: data.partySize };
        return counted(before, { ...before.entries, [data.key]: entry });
      }
      case 'DayTablesFreed':
        return counted(before, without(before.entries, data.key));
      case 'DayWaiterJoined':
        return { ...before, waiting: before.waiting + 1 };
      case 'DayWaiterLeft':
        return { ...before, waiting: Math.max(0, before.waiting - 1) };
      case 'DayTablesKept':
      case 'DayTablesBlocked':
        return before;
    }
  },
  personal: 'none',
  list: {
    filters: { locationId: 'location_id', date: 'date' },
    order: [{ column: 'date' }],
    location: 'location_id',
  },
});

const EMPTY = { parties: 0, covers: 0, blocks: 0, waiting: 0, entries: {} };

function without(entries: DayRow['entries'], key: string): DayRow['entries'] {
  return Object.fromEntries(Object.entries(entries).filter(([held]) => held !== key));
}

function counted(row: DayRow, entries: DayRow['entries']): DayRow {
  const all = Object.values(entries);
  const parties = all.filter(({ kind }) => kind !== 'block');
  return {
    ...row,
    entries,
    parties: parties.length,
    covers: parties.reduce((sum, { covers }) => sum + covers, 0),
    blocks: all.length - parties.length,
  };
}
