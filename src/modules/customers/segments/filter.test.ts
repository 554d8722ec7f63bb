import { expect, test } from 'vitest';
import type { CustomerRow } from '../read-models/customer-list.ts';
import { isInSegment } from './filter.ts';

const row: CustomerRow = {
  name: 'Ana',
  kind: 'person',
  email: null,
  phone: null,
  language: 'pl',
  time_zone: null,
  status: 'active',
  consents: ['email'],
  tags: ['regular', 'wine'],
  merged_into: null,
  registered_at: '2026-03-01T00:00:00.000Z',
};

test.each([
  { kind: 'person' as const },
  { languages: ['en', 'pl'] },
  { tagsAll: ['regular', 'wine'] },
  { tagsAny: ['press', 'wine'] },
  { tagsNone: ['press'] },
  { consents: ['email' as const] },
  { registeredFrom: '2026-03-01T01:00:00+01:00', registeredTo: '2026-03-02T00:00:00Z' },
])('%o has the customer', (filter) => {
  expect(isInSegment(filter, row)).toBe(true);
});

test.each([
  { kind: 'organisation' as const },
  { languages: ['en'] },
  { tagsAll: ['regular', 'press'] },
  { tagsAny: ['press'] },
  { tagsNone: ['wine'] },
  { consents: ['email' as const, 'sms' as const] },
  { registeredTo: '2026-03-01T00:00:00Z' },
])('%o has the customer not', (filter) => {
  expect(isInSegment(filter, row)).toBe(false);
});

test('whoever is archived, merged or erased is in no segment by tags', () => {
  const filter = { tagsAny: ['wine'] };
  expect(isInSegment(filter, { ...row, status: 'archived' })).toBe(false);
  expect(isInSegment(filter, { ...row, status: 'merged' })).toBe(false);
  expect(isInSegment(filter, { ...row, tags: null })).toBe(false);
});
