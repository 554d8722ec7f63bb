import type { BenchName, BenchResult } from './fields.ts';
import { numberAt } from './fields.ts';

/** One budget of the design: the figure at `field` must be at least or at most `limit`. */
export interface Budget {
  readonly field: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export const BUDGETS: Readonly<Record<BenchName, readonly Budget[]>> = {
  ingest: [
    { field: 'batch.eventsPerSecond', atLeast: 120_000 },
    { field: 'batch.p99Ms', atMost: 150 },
    { field: 'single.requestsPerSecond', atLeast: 15_000 },
    { field: 'single.p95Ms', atMost: 50 },
    { field: 'ratios.cpuToCopy', atMost: 0.5 },
    { field: 'ratios.bytesToCopy', atMost: 0.2 },
    { field: 'ratios.duplicatesToFresh', atLeast: 0.5 },
  ],
  append: [{ field: 'ratio', atLeast: 10 }],
  replay: [
    { field: 'cpuMicrosPerEvent', atMost: 4.5 },
    { field: 'sqlEventsPerSecond', atLeast: 50_000 },
  ],
  find: [
    { field: 'p95Ms.id', atMost: 200 },
    { field: 'p95Ms.subject', atMost: 200 },
    { field: 'p95Ms.typeRange', atMost: 200 },
  ],
  scale: [{ field: 'ratio', atLeast: 0.9 }],
  soak: [
    { field: 'rssMaxMb', atMost: 350 },
    /** The slope less twice its standard error: what is beyond noise. */
    { field: 'rssSlopeBeyondNoiseMbPerHour', atMost: 20 },
  ],
  start: [
    { field: 'firstMs', atMost: 60_000 },
    { field: 'cleanMs', atMost: 3_000 },
    { field: 'afterKillMs', atMost: 15_000 },
  ],
  commands: [
    { field: 'perSecond', atLeast: 5_000 },
    { field: 'p95Ms', atMost: 100 },
    { field: 'hotStreamPerSecond', atLeast: 500 },
    { field: 'loadP95Ms', atMost: 10 },
  ],
  business: [
    { field: 'ordersPerSecond', atLeast: 1_000 },
    { field: 'boardLagP99Ms', atMost: 1_000 },
    { field: 'readP95Ms.menu', atMost: 50 },
    { field: 'readP95Ms.orders', atMost: 50 },
    { field: 'readP95Ms.member', atMost: 50 },
    { field: 'readP95Ms.availability', atMost: 50 },
    { field: 'lastPlaces.confirmed', atLeast: 10, atMost: 10 },
    { field: 'lastPlaces.refused', atLeast: 990 },
    { field: 'lastPlaces.errors', atMost: 0 },
    { field: 'lastPlaces.p99Ms', atMost: 1_000 },
    { field: 'loyaltyHot.perSecond', atLeast: 500 },
    { field: 'loyaltyHot.doubled', atMost: 0 },
    { field: 'loyaltyHot.minBalance', atLeast: 0 },
  ],
  campaign: [
    { field: 'budgetViolations', atMost: 0 },
    { field: 'pairViolations', atMost: 0 },
    { field: 'rateUsed', atLeast: 0.95 },
    { field: 'doubles', atMost: 0 },
    { field: 'lost', atMost: 0 },
  ],
  quiz: [
    { field: 'requestsPerSecond', atLeast: 1_000 },
    { field: 'p95Ms', atMost: 100 },
    { field: 'errorRate', atMost: 0.001 },
  ],
  documents: [
    { field: 'operationsPerSecond', atLeast: 50 },
    { field: 'acceptP95Ms', atMost: 500 },
    { field: 'smallP95Ms', atMost: 500 },
    { field: 'errorRate', atMost: 0.001 },
    { field: 'serverRssMaxMb', atMost: 400 },
    { field: 'filesLeft', atMost: 0 },
    { field: 'burst.other', atMost: 0 },
  ],
  console: [
    { field: 'firstChartSeconds', atMost: 90 },
    { field: 'jsKbGzip.menu', atMost: 60 },
    { field: 'jsKbGzip.booking', atMost: 60 },
    { field: 'jsKbGzip.quiz', atMost: 200 },
    { field: 'jsKbGzip.console', atMost: 300 },
    { field: 'lcpMs.menu', atMost: 1_500 },
    { field: 'lcpMs.console', atMost: 1_500 },
    { field: 'inpP98Ms', atMost: 200 },
    { field: 'scroll.domRowsMax', atMost: 100 },
    { field: 'scroll.longTasks', atMost: 0 },
    { field: 'scroll.longTasksCpu', atMost: 0 },
    { field: 'axeViolations', atMost: 0 },
    { field: 'routesLeft', atMost: 0 },
    { field: 'foreignRequests', atMost: 0 },
    { field: 'cspViolations', atMost: 0 },
  ],
  jobs: [],
  projection: [
    { field: 'rebuildEventsPerSecond', atLeast: 50_000 },
    { field: 'lagP99Ms', atMost: 250 },
  ],
  tails: [{ field: 'ratio', atMost: 3 }],
  overload: [
    { field: 'x2.goodputRatio', atLeast: 0.9 },
    { field: 'x2.refusalP95Ms', atMost: 50 },
    { field: 'x5.goodputRatio', atLeast: 0.9 },
    { field: 'x5.refusalP95Ms', atMost: 50 },
  ],
};

export interface Verdict {
  readonly field: string;
  readonly value: number | undefined;
  readonly limit: string;
  readonly ok: boolean;
}

/** Every budget of the bench beside the figure measured; a figure that is missing is short. */
export function verdictsOf(name: BenchName, result: BenchResult): Verdict[] {
  return BUDGETS[name].map(({ field, atLeast, atMost }) => {
    const value = numberAt(result, field);
    const ok =
      value !== undefined &&
      (atLeast === undefined || value >= atLeast) &&
      (atMost === undefined || value <= atMost);
    const limit = atLeast === undefined ? `<= ${String(atMost)}` : `>= ${String(atLeast)}`;
    return { field, value, limit, ok };
  });
}
