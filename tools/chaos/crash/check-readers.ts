/** The half of the checker that judges readers: a tenant's listing and the tails, each against the log itself. */
import type { History, StoredRecord, TailRecord, Violation } from './history.ts';

/** L3 and L11: every reader saw exactly its tenant's events, each once, in the order of the log. */
export function checkReaders(history: History): Violation[] {
  const violations: Violation[] = [];
  const byTenant = eventsByTenant(history);
  for (const [tenant, listing] of history.listings) {
    const expected = byTenant.get(tenant) ?? [];
    const same =
      expected.length === listing.length &&
      expected.every((record, index) => isSame(record, listing[index]));
    if (!same)
      violations.push({
        rule: 'listing-differs',
        detail: `${tenant}: ${listing.length} events listed, ${expected.length} in the log`,
      });
  }
  for (const tail of history.tails)
    violations.push(...checkTail(tail, byTenant.get(tail.tenant) ?? []));
  return violations;
}

function eventsByTenant(history: History): Map<string, StoredRecord[]> {
  const byTenant = new Map<string, StoredRecord[]>();
  for (const records of history.buckets.values())
    for (const record of records) {
      const own = byTenant.get(record.tenant);
      if (own === undefined) byTenant.set(record.tenant, [record]);
      else own.push(record);
    }
  return byTenant;
}

function isSame(record: StoredRecord, listed: StoredRecord | undefined): boolean {
  return (
    listed !== undefined &&
    record.id === listed.id &&
    record.position === listed.position &&
    record.hash === listed.hash
  );
}

function checkTail(tail: TailRecord, expected: readonly StoredRecord[]): Violation[] {
  const violations: Violation[] = [];
  const seen = new Set<number>();
  let last = 0;
  for (const { id, position } of tail.seen) {
    const where = `${tail.name}: ${id} at ${position}`;
    if (seen.has(position)) violations.push({ rule: 'tail-repeated', detail: where });
    else if (position < last)
      violations.push({ rule: 'tail-disordered', detail: `${where} after ${last}` });
    seen.add(position);
    last = Math.max(last, position);
  }
  const log = new Map(expected.map((record) => [record.position, record.id]));
  for (const record of expected)
    if (!seen.has(record.position))
      violations.push({
        rule: 'tail-missed',
        detail: `${tail.name}: ${record.id} at ${record.position}`,
      });
  for (const { id, position } of tail.seen)
    if (log.get(position) !== id)
      violations.push({
        rule: 'tail-phantom',
        detail: `${tail.name}: ${id} is not at ${position} of the log`,
      });
  return violations;
}
