import { expect, test } from 'vitest';
import { groupReads, ungrouped } from './group-reads.ts';
import type { AuditEntry } from './use-entries.ts';

let seq = 0;
/** So many minutes before noon. */
function entry(minutes: number, of: Partial<AuditEntry> = {}): AuditEntry {
  seq += 1;
  const recordedTime = new Date(Date.UTC(2026, 10, 22, 12) - minutes * 60_000).toISOString();
  const read = {
    class: 'access',
    action: 'orders.orders.listed',
    actor: 'ana',
    address: '198.51.100.1',
  } as const;
  return { seq, ...read, recordedTime, ...of };
}

test('what one person read again and again within a quarter of an hour is one row', () => {
  const other = { action: 'customers.customers.listed' };
  const entries = [entry(0), entry(0, other), entry(5), entry(5, other), entry(14), entry(16)];
  const groups = groupReads(entries);
  expect(groups.map(({ entry: { action }, count }) => [action, count])).toEqual([
    ['orders.orders.listed', 3],
    ['customers.customers.listed', 2],
    ['orders.orders.listed', 1],
  ]);
  expect(groups[0]).toMatchObject({ entry: entries[0], since: entries[4]?.recordedTime });
});

test('changes, refusals, other people, places, purposes and things stay rows of their own', () => {
  const entries = [
    entry(0),
    entry(0, { actor: 'jan' }),
    entry(0, { address: '203.0.113.7' }),
    entry(0, { purpose: 'the guest asked' }),
    entry(0, { subject: 'orders.orders/1' }),
    entry(0, { class: 'audit' }),
    entry(0, { class: 'audit' }),
    entry(0, { after: { command: 'x' } }),
    entry(0, { after: { command: 'x' } }),
    entry(0, { code: 'FORBIDDEN' }),
    entry(0, { code: 'FORBIDDEN' }),
    entry(0, { damaged: true }),
  ];
  expect(groupReads(entries)).toHaveLength(entries.length);
});

test('every entry is in exactly one row', () => {
  const entries = Array.from({ length: 300 }, (_, index) =>
    entry(index / 3, { actor: `p${index % 4}` }),
  );
  const groups = groupReads(entries);
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(300);
  expect(groups.length).toBeLessThan(40);
  expect(ungrouped(entries)).toHaveLength(300);
});
