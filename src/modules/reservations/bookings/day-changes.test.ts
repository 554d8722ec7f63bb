import { expect, test } from 'vitest';
import type { RecordedEvent } from '../../../core/recorded-event.ts';
import type { DayEvent } from '../days/events.ts';
import { evolve, initialState } from '../days/state.ts';
import { offerFreed } from '../policies.ts';
import { moving } from './day-changes.ts';

const EVENING = { key: 'r1', locationId: 'house', day: '2026-11-22', dates: ['2026-11-22'] };
/** Past midnight, which is the business day before and the date of the evening. */
const NIGHT = {
  ...EVENING,
  kind: 'reservation' as const,
  day: '2026-11-21',
  dates: ['2026-11-21', '2026-11-22'],
  startsAt: '2026-11-22T00:00:00.000Z',
  endsAt: '2026-11-22T01:30:00.000Z',
  takenUntil: '2026-11-22T01:30:00.000Z',
  tableIds: ['t1'],
  partySize: 2,
  heldUntil: null,
};

test('what moves to the business day before frees the evening of the same date for those who wait', () => {
  const events = moving(EVENING, NIGHT).flatMap(({ events: some, id }) =>
    // safe because a move puts events of days on streams of days
    id === 'house~2026-11-22' ? (some as readonly DayEvent[]) : [],
  );
  const offered = events.flatMap((event) =>
    // safe because the policy looks at no more than these
    offerFreed.react(event as unknown as RecordedEvent, { waiting: 1 }),
  );
  expect(offered).toMatchObject([{ command: 'OfferFreedTables', id: 'house~2026-11-22' }]);
  expect(events.reduce(evolve, initialState).taken).toMatchObject([
    { key: 'r1', from: NIGHT.startsAt, day: '2026-11-21' },
  ]);
});
