/** What a run left behind, from three independent sides: the client's ledger, the log as read, the tails. */
import type { Attempt } from './ledger.ts';

/** One event as the server shows it, reduced to what the checker compares. */
export interface StoredRecord {
  readonly position: number;
  /** Microseconds since the epoch. */
  readonly recordedMicros: bigint;
  readonly tenant: string;
  readonly id: string;
  readonly hash: string;
}

/** What one reader of GET /v1/events/tail saw over all its connections, in the order of arrival. */
export interface TailRecord {
  readonly name: string;
  readonly tenant: string;
  readonly seen: readonly { readonly id: string; readonly position: number }[];
}

export interface History {
  readonly seed: string;
  readonly attempts: readonly Attempt[];
  /** GET /v1/log/{bucket}, in the order answered. */
  readonly buckets: ReadonlyMap<number, readonly StoredRecord[]>;
  /** GET /v1/events of each tenant, in the order answered. */
  readonly listings: ReadonlyMap<string, readonly StoredRecord[]>;
  /** Each followed its tenant from before the first event. */
  readonly tails: readonly TailRecord[];
}

export const RULES = {
  lost: 'an acknowledged event is not in the log',
  'stored-twice': 'an event is in the log more than once',
  'refused-but-stored': 'an event that was refused is in the log',
  'never-sent': 'the log holds an event that nobody sent',
  'wrong-position': 'an event is not at the position that was acknowledged',
  'created-twice': 'two answers say that they created the same event',
  'false-duplicate': 'a duplicate was answered though nothing had been stored',
  'conflict-accepted': 'other content under a stored id was accepted',
  'content-changed': 'an event in the log is not what was sent',
  'position-gap': 'the positions of a bucket are not 1, 2, 3 ... in order',
  'time-went-back': 'recordedtime falls within a bucket',
  'listing-differs': 'a tenant is not shown exactly its own events of the log in order',
  'tail-missed': 'a tail did not see an event of its tenant',
  'tail-repeated': 'a tail saw an event twice',
  'tail-phantom': 'a tail saw an event that is not there in the log',
  'tail-disordered': 'a tail saw events out of order',
} as const satisfies Record<string, string>;

export type Rule = keyof typeof RULES;

export interface Violation {
  readonly rule: Rule;
  readonly detail: string;
}

/** Microseconds since the epoch of an RFC 3339 time in UTC with up to six decimals. */
export function microsOf(time: string): bigint {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(time);
  if (match === null) throw new Error(`not an RFC 3339 time: ${time}`);
  const seconds = BigInt(Date.parse(`${match[1]}${match[3]}`)) / 1000n;
  return seconds * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0'));
}
