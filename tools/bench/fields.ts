/**
 * The field names of each bench's result, as the public contract fixes them (those of `tails`, `jobs` and `overload`, which
 * it does not name, as README.md does). More fields may stand beside them.
 */

export const BENCH_FIELDS = {
  ingest: [
    'batch.eventsPerSecond',
    'batch.p99Ms',
    'batch.cpuMicrosPerEvent',
    'single.requestsPerSecond',
    'single.p95Ms',
    'duplicates.eventsPerSecond',
    'copyRows.eventsPerSecond',
    'copyRows.cpuMicrosPerEvent',
    'copyRows.bytesPerEvent',
    'bytesPerEvent',
    'ratios.cpuToCopy',
    'ratios.bytesToCopy',
    'ratios.duplicatesToFresh',
  ],
  append: ['groupedPerSecond', 'onePerTransactionPerSecond', 'ratio'],
  replay: ['noopEventsPerSecond', 'cpuMicrosPerEvent', 'sqlEventsPerSecond'],
  find: ['events', 'p95Ms.id', 'p95Ms.subject', 'p95Ms.typeRange'],
  scale: ['emptyPerSecond', 'fullPerSecond', 'ratio'],
  soak: ['rssMaxMb', 'rssSlopeMbPerHour', 'bytesPerMillionKeys'],
  start: ['firstMs', 'cleanMs', 'afterKillMs'],
  commands: ['perSecond', 'p95Ms', 'hotStreamPerSecond'],
  projection: ['rebuildEventsPerSecond', 'lagP99Ms'],
  business: [
    'ordersPerSecond',
    'boardLagP99Ms',
    'readP95Ms.menu',
    'readP95Ms.orders',
    'readP95Ms.member',
    'readP95Ms.availability',
    'lastPlaces.confirmed',
    'lastPlaces.refused',
    'lastPlaces.errors',
    'lastPlaces.p99Ms',
    'loyaltyHot.perSecond',
    'loyaltyHot.doubled',
    'loyaltyHot.minBalance',
  ],
  quiz: ['requestsPerSecond', 'p95Ms', 'errorRate'],
  campaign: [
    'recipients',
    'maxPerSecond',
    'budgetViolations',
    'pairViolations',
    'stalledWindows',
    'rateUsed',
    'doubles',
    'unknown',
    'lost',
  ],
  documents: [
    'operationsPerSecond',
    'acceptP95Ms',
    'smallP95Ms',
    'errorRate',
    'serverRssMaxMb',
    'filesLeft',
  ],
  console: [
    'firstChartSeconds',
    'jsKbGzip.menu',
    'jsKbGzip.booking',
    'jsKbGzip.quiz',
    'jsKbGzip.console',
    'lcpMs.menu',
    'lcpMs.console',
    'inpP98Ms',
    'scroll.rows',
    'scroll.domRowsMax',
    'scroll.frameP95Ms',
    'axeViolations',
    'routesCovered',
    'foreignRequests',
    'cspViolations',
  ],
  jobs: [
    'enqueuedPerSecond',
    'enqueueCpuMicros',
    'workedPerSecond',
    'workCpuMicros',
    'pickupP95Ms.same',
    'pickupP95Ms.other',
    'idleCpuMsPerSecond',
  ],
  tails: [
    'cpuMicrosPerEvent.none',
    'cpuMicrosPerEvent.one',
    'cpuMicrosPerEvent.thousand',
    'ratio',
    'addedRatio',
  ],
  overload: [
    'x2.goodputRatio',
    'x2.refusalP95Ms',
    'x2.serverRefusalP95Ms',
    'x5.goodputRatio',
    'x5.refusalP95Ms',
    'x5.serverRefusalP95Ms',
    'recoveredRatio',
  ],
} as const;

export type BenchName = keyof typeof BENCH_FIELDS;

/** A bench's result: nested objects with numbers at the names of BENCH_FIELDS, anything readable beside them. */
export interface BenchResult {
  readonly [name: string]: unknown;
}

export function isBenchName(name: string): name is BenchName {
  return Object.hasOwn(BENCH_FIELDS, name);
}

/** The number at a dotted path, undefined when there is none. */
export function numberAt(result: BenchResult, path: string): number | undefined {
  let value: unknown = result;
  for (const part of path.split('.')) value = memberOf(value, part);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Names of the contract's fields that the result lacks or that are not finite numbers. */
export function missingFields(name: BenchName, result: BenchResult): string[] {
  return BENCH_FIELDS[name].filter((path) => numberAt(result, path) === undefined);
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
