import { expect, test } from 'vitest';
import { BENCH_FIELDS, isBenchName, missingFields, numberAt } from './fields.ts';

/** The sentence of the public contract, word for word, for the benches of this issue. */
const CONTRACT = `ingest: batch.{eventsPerSecond, p99Ms, cpuMicrosPerEvent}, single.{requestsPerSecond, p95Ms}, duplicates.eventsPerSecond, copyRows.{eventsPerSecond, cpuMicrosPerEvent, bytesPerEvent}, bytesPerEvent, ratios.{cpuToCopy, bytesToCopy, duplicatesToFresh}
append: groupedPerSecond, onePerTransactionPerSecond, ratio · replay: noopEventsPerSecond, cpuMicrosPerEvent, sqlEventsPerSecond · find: events, p95Ms.{id, subject, typeRange} · scale: emptyPerSecond, fullPerSecond, ratio
soak: rssMaxMb, rssSlopeMbPerHour, bytesPerMillionKeys · start: firstMs, cleanMs, afterKillMs · commands: perSecond, p95Ms, hotStreamPerSecond · projection: rebuildEventsPerSecond, lagP99Ms
business: ordersPerSecond, boardLagP99Ms, readP95Ms.{menu, orders, member, availability}, lastPlaces.{confirmed, refused, errors, p99Ms}, loyaltyHot.{perSecond, doubled, minBalance}
quiz: requestsPerSecond, p95Ms, errorRate · campaign: recipients, maxPerSecond, budgetViolations, pairViolations, stalledWindows, rateUsed, doubles, unknown, lost · documents: operationsPerSecond, acceptP95Ms, smallP95Ms, errorRate, serverRssMaxMb, filesLeft
console: firstChartSeconds, jsKbGzip.{menu, booking, quiz, console}, lcpMs.{menu, console}, inpP98Ms, scroll.{rows, domRowsMax, frameP95Ms}, axeViolations, routesCovered, foreignRequests, cspViolations`;
/** As README.md beside this file names them. */
const OTHERS = `tails: cpuMicrosPerEvent.{none, one, thousand}, ratio, addedRatio
jobs: enqueuedPerSecond, enqueueCpuMicros, workedPerSecond, workCpuMicros, pickupP95Ms.{same, other}, idleCpuMsPerSecond
overload: x2.{goodputRatio, refusalP95Ms, serverRefusalP95Ms}, x5.{goodputRatio, refusalP95Ms, serverRefusalP95Ms}, recoveredRatio`;

function expand(fields: string): string[] {
  return [...fields.matchAll(/([A-Za-z0-9]+)(?:\.(?:\{([^}]*)\}|([A-Za-z0-9]+)))?/g)].flatMap(
    ([, head, group, tail]) => {
      if (group !== undefined) return group.split(',').map((name) => `${head}.${name.trim()}`);
      return [tail === undefined ? head! : `${head}.${tail}`];
    },
  );
}

function contractFields(): Record<string, string[]> {
  const parts = `${CONTRACT}\n${OTHERS}`.split(/ · |\n/).map((part) => part.split(': '));
  return Object.fromEntries(parts.map(([name, fields]) => [name!, expand(fields!)]));
}

test('the fields are exactly those of the public contract, and the documented ones of the others', () => {
  expect(BENCH_FIELDS).toEqual(contractFields());
});

test('a result that has every field lacks none', () => {
  expect(
    missingFields('append', { groupedPerSecond: 1, onePerTransactionPerSecond: 2, ratio: 3 }),
  ).toEqual([]);
});

test('a field that is absent, misplaced or not a finite number is named', () => {
  const result = { events: 5, p95Ms: { id: Number.NaN, subject: '12' }, typeRange: 4 };
  expect(missingFields('find', result)).toEqual(['p95Ms.id', 'p95Ms.subject', 'p95Ms.typeRange']);
});

test('a name from the prototype is neither a bench nor a field', () => {
  expect(isBenchName('toString')).toBe(false);
  expect(isBenchName('ingest')).toBe(true);
  expect(numberAt({ a: {} }, 'a.constructor')).toBeUndefined();
});
