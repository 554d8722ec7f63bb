import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../../../test/support/given.ts';
import type { TillEvent } from '../events.ts';
import { added, LOCATION_ID, sessionOpened, TILL_ID } from '../tills.fixture.ts';
import { tillList } from './till-list.ts';
import { zReportKey, zReports } from './z-reports.ts';

type Listed = Extract<
  TillEvent,
  { type: 'TillAdded' | 'TillRenamed' | 'TillRetired' | 'TillSessionOpened' | 'TillSessionClosed' }
>;
const tillId = TILL_ID;
const rowOf = (...events: readonly TillEvent[]) =>
  rowAfter(tillList, tillId, events as readonly Listed[]);

const closed: TillEvent = {
  type: 'TillSessionClosed',
  data: {
    tillId,
    sessionId: 's-1',
    expected: 1,
    counted: 1,
    overShort: 0,
    closedBy: 'user:ana',
    note: null,
  },
};

test('a till is a row that says who has it open, and never how much lies in it', () => {
  const open = rowOf(added, sessionOpened);
  expect(open).toEqual({
    location_id: LOCATION_ID,
    name: 'Bar',
    currency: 'PLN',
    status: 'active',
    session_id: 's-1',
    opened_by: 'user:ana',
    opened_at: AT,
    z_number: 0,
  });
  expect(rowOf(added, sessionOpened, closed)).toMatchObject({ session_id: null, opened_by: null });
});

test('names and the end of a till are seen, and what follows nothing makes no row', () => {
  const renamed: TillEvent = { type: 'TillRenamed', data: { tillId, name: 'Terrace' } };
  const retired: TillEvent = { type: 'TillRetired', data: { tillId, reason: 'old' } };
  expect(rowOf(added, renamed, retired)).toMatchObject({ name: 'Terrace', status: 'retired' });
  expect(rowOf(renamed, retired, closed)).toBeNull();
});

test('sales do not touch the rows of tills', () => {
  expect(tillList.on.map(({ name }) => name)).not.toContain('TillSaleRung');
  expect(zReports.on.map(({ name }) => name)).toEqual(['ZReportIssued']);
  expect(zReportKey({ tillId, number: 12 })).toBe(`${tillId}~12`);
});
