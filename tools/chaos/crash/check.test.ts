import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { type History, microsOf, RULES, type Rule, type StoredRecord } from './history.ts';
import type { Attempt, SentEvent, ToldEvent } from './ledger.ts';
import { cloudEventOf, contentHash, idOf } from './workload.ts';

const SEED = 'check';
const TENANT = 'crash-0';

const sent = (number: number, variant: SentEvent['variant'] = 'true'): SentEvent => ({
  number,
  variant,
});
const told = (outcome: ToldEvent['told'], position: number | null = null): ToldEvent => ({
  told: outcome,
  position,
});

function record(number: number, position: number): StoredRecord {
  const event = cloudEventOf({ seed: SEED, tenant: TENANT, event: sent(number) });
  return {
    position,
    recordedMicros: 1_000_000n * BigInt(position),
    tenant: TENANT,
    id: idOf(TENANT, number),
    hash: contentHash(event),
  };
}

interface Parts {
  readonly attempts: readonly Attempt[];
  readonly records: readonly StoredRecord[];
  readonly listing?: readonly StoredRecord[];
  readonly seen?: readonly { id: string; position: number }[];
}

function historyOf({ attempts, records, listing = records, seen = records }: Parts): History {
  return {
    seed: SEED,
    attempts,
    buckets: new Map([[3, records]]),
    listings: new Map([[TENANT, listing]]),
    tails: [
      { name: 'steady', tenant: TENANT, seen: seen.map(({ id, position }) => ({ id, position })) },
    ],
  };
}

const attempt = (number: number, events: SentEvent[], outcomes: ToldEvent[] | null): Attempt => ({
  attempt: number,
  tenant: TENANT,
  events,
  told: outcomes,
});

/** Four events: created; unknown and stored; unknown and not stored; refused. With a duplicate and a conflict. */
const HEALTHY = {
  attempts: [
    attempt(0, [sent(0), sent(1)], [told('created', 1), told('unknown')]),
    attempt(1, [sent(2)], null),
    attempt(2, [sent(3, 'invalid')], [told('refused')]),
    attempt(3, [sent(0), sent(1)], [told('duplicate', 1), told('duplicate', 2)]),
    attempt(4, [sent(0, 'other')], [told('conflict')]),
    attempt(5, [sent(4)], [told('created', 3)]),
  ],
  records: [record(0, 1), record(1, 2), record(4, 3)],
} satisfies Parts;

/** One broken history for every rule. */
const BROKEN: Record<Rule, Parts> = {
  lost: { ...HEALTHY, records: HEALTHY.records.slice(0, 2) },
  'stored-twice': { ...HEALTHY, records: [...HEALTHY.records, record(0, 4)] },
  'refused-but-stored': { ...HEALTHY, records: [...HEALTHY.records, record(3, 4)] },
  'never-sent': { ...HEALTHY, records: [...HEALTHY.records, record(77, 4)] },
  'wrong-position': {
    ...HEALTHY,
    attempts: [...HEALTHY.attempts, attempt(6, [sent(1)], [told('duplicate', 3)])],
  },
  'created-twice': {
    ...HEALTHY,
    attempts: [...HEALTHY.attempts, attempt(6, [sent(0)], [told('created', 1)])],
  },
  'false-duplicate': {
    attempts: [...HEALTHY.attempts, attempt(6, [sent(5)], [told('duplicate', 4)])],
    records: [...HEALTHY.records, record(5, 4)],
  },
  'conflict-accepted': {
    ...HEALTHY,
    attempts: [...HEALTHY.attempts, attempt(6, [sent(0, 'other')], [told('duplicate', 1)])],
  },
  'content-changed': {
    ...HEALTHY,
    records: [{ ...record(0, 1), hash: 'another' }, record(1, 2), record(4, 3)],
  },
  'position-gap': {
    attempts: [...HEALTHY.attempts, attempt(6, [sent(5)], [told('created', 5)])],
    records: [...HEALTHY.records, record(5, 5)],
  },
  'time-went-back': {
    ...HEALTHY,
    records: [record(0, 1), record(1, 2), { ...record(4, 3), recordedMicros: 1_999_999n }],
  },
  'listing-differs': { ...HEALTHY, listing: [record(0, 1), record(4, 3)] },
  'tail-missed': { ...HEALTHY, seen: [record(0, 1), record(4, 3)] },
  'tail-repeated': { ...HEALTHY, seen: [record(0, 1), record(1, 2), record(1, 2), record(4, 3)] },
  'tail-phantom': { ...HEALTHY, seen: [...HEALTHY.records, record(2, 4)] },
  'tail-disordered': { ...HEALTHY, seen: [record(0, 1), record(4, 3), record(1, 2)] },
};

describe('the checker of the crash proof', () => {
  it('accepts a history in which unknown events are stored once or not at all', () => {
    const verdict = check(historyOf(HEALTHY));
    expect(verdict.violations).toEqual([]);
    expect(verdict).toMatchObject({
      acknowledged: 3,
      lost: 0,
      unknownOutcomes: 2,
      unknownStored: 1,
      duplicatesAnswered: 2,
      conflictsAnswered: 1,
      refused: 1,
      stored: 3,
      buckets: 1,
    });
  });

  for (const rule of Object.keys(RULES) as Rule[])
    it(`catches: ${RULES[rule]}`, () => {
      const rules = check(historyOf(BROKEN[rule])).violations.map((violation) => violation.rule);
      expect(rules).toContain(rule);
    });

  it('counts an unknown first outcome that turns out to be stored', () => {
    const verdict = check(
      historyOf({ attempts: [attempt(0, [sent(0)], null)], records: [record(0, 1)] }),
    );
    expect(verdict).toMatchObject({
      acknowledged: 0,
      unknownOutcomes: 1,
      unknownStored: 1,
      violations: [],
    });
  });

  it('sees changed content whatever the order of attributes, and ignores what the server adds', () => {
    const event = cloudEventOf({ seed: SEED, tenant: TENANT, event: sent(0) });
    const shuffled = Object.fromEntries(Object.entries(event).toReversed());
    expect(contentHash({ ...shuffled, recordedtime: 'x', position: '1', bucket: 3 })).toBe(
      contentHash(event),
    );
    expect(contentHash({ ...event, type: 'other' })).not.toBe(contentHash(event));
  });
});

describe('microsOf', () => {
  it('keeps microseconds that Date would drop, with and without decimals', () => {
    expect(microsOf('1970-01-01T00:00:01.000002Z')).toBe(1_000_002n);
    expect(microsOf('1970-01-01T00:00:01.5Z')).toBe(1_500_000n);
    expect(microsOf('1970-01-01T00:00:01Z')).toBe(1_000_000n);
  });
});
