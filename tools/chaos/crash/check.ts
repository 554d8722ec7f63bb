/**
 * The verdict on a run. Pure: the same history gives the same violations, so that the checker itself can be tested
 * with histories that hold a known fault (check.test.ts).
 *
 * Follows the set-full and total-order checkers of Jepsen (github.com/jepsen-io/jepsen) with the three outcomes ok,
 * fail and unknown: an unknown event may be in the log or not, but never twice.
 */
import { checkReaders } from './check-readers.ts';
import type { History, Rule, StoredRecord, Violation } from './history.ts';
import type { ToldEvent } from './ledger.ts';
import { cloudEventOf, contentHash, idOf } from './workload.ts';

export interface Verdict {
  readonly violations: readonly Violation[];
  /** Distinct events with at least one `created` or `duplicate`. */
  readonly acknowledged: number;
  /** Acknowledged events that are not in the log. */
  readonly lost: number;
  /** Answers that never came or said nothing certain, counted per event and attempt. */
  readonly unknownOutcomes: number;
  /** Events whose first attempt ended unknown and that turned out to be stored. */
  readonly unknownStored: number;
  readonly duplicatesAnswered: number;
  readonly conflictsAnswered: number;
  readonly refused: number;
  readonly stored: number;
  /** Buckets that hold an event. */
  readonly buckets: number;
}

/** Everything that was said about one event over all attempts. */
interface Account {
  readonly tenant: string;
  readonly number: number;
  readonly genuine: ToldEvent[];
  readonly other: ToldEvent[];
  /** Sent only in a form that must be refused. */
  valid: boolean;
}

const UNKNOWN: ToldEvent = { told: 'unknown', position: null };

export function check(history: History): Verdict {
  const accounts = accountsOf(history);
  const stored = storedById(history);
  const violations: Violation[] = [];
  for (const [bucket, records] of history.buckets) violations.push(...checkOrder(bucket, records));
  for (const [id, records] of stored)
    violations.push(...checkStored(history, { id, records, account: accounts.get(id) }));
  for (const [id, account] of accounts)
    violations.push(...checkAccount(id, account, stored.get(id)?.[0]));
  violations.push(...checkReaders(history));
  return {
    violations,
    ...count(accounts, stored),
    buckets: bucketsUsed(history),
    lost: lostIn(violations),
  };
}

function bucketsUsed({ buckets }: History): number {
  return [...buckets.values()].filter((records) => records.length > 0).length;
}

function lostIn(violations: readonly Violation[]): number {
  return violations.filter((violation) => violation.rule === 'lost').length;
}

function accountsOf(history: History): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const attempt of history.attempts)
    for (const [index, event] of attempt.events.entries()) {
      const id = idOf(attempt.tenant, event.number);
      const account = accounts.get(id) ?? newAccount(attempt.tenant, event.number);
      const told = attempt.told?.[index] ?? UNKNOWN;
      (event.variant === 'other' ? account.other : account.genuine).push(told);
      if (event.variant === 'true') account.valid = true;
      accounts.set(id, account);
    }
  return accounts;
}

function newAccount(tenant: string, number: number): Account {
  return { tenant, number, genuine: [], other: [], valid: false };
}

function storedById(history: History): Map<string, StoredRecord[]> {
  const stored = new Map<string, StoredRecord[]>();
  for (const records of history.buckets.values())
    for (const record of records) {
      const same = stored.get(record.id);
      if (same === undefined) stored.set(record.id, [record]);
      else same.push(record);
    }
  return stored;
}

/** L2: dense positions; and the recorded time never falls. */
function checkOrder(bucket: number, records: readonly StoredRecord[]): Violation[] {
  const violations: Violation[] = [];
  let expected = 1;
  let micros = 0n;
  for (const record of records) {
    if (record.position !== expected)
      violations.push(
        found(
          'position-gap',
          `bucket ${bucket}: ${record.position} stands where ${expected} belongs`,
        ),
      );
    if (record.recordedMicros < micros)
      violations.push(found('time-went-back', `bucket ${bucket}, position ${record.position}`));
    expected = record.position + 1;
    micros = record.recordedMicros;
  }
  return violations;
}

interface StoredCase {
  readonly id: string;
  readonly records: readonly StoredRecord[];
  readonly account: Account | undefined;
}

/** L5 and L12: what is in the log was sent, once, and is unchanged. */
function checkStored(history: History, { id, records, account }: StoredCase): Violation[] {
  const violations: Violation[] = [];
  const places = records.map((record) => record.position).join(', ');
  if (records.length > 1) violations.push(found('stored-twice', `${id} at ${places}`));
  if (account === undefined) return [...violations, found('never-sent', `${id} at ${places}`)];
  if (!account.valid) return [...violations, found('refused-but-stored', `${id} at ${places}`)];
  const { tenant, number } = account;
  const sent = contentHash(
    cloudEventOf({ seed: history.seed, tenant, event: { number, variant: 'true' } }),
  );
  for (const record of records)
    if (record.hash !== sent || record.tenant !== tenant)
      violations.push(found('content-changed', `${id} at ${record.position}`));
  return violations;
}

/** L1, L5 and L7: what was told about one event agrees with the log. */
function checkAccount(id: string, account: Account, stored: StoredRecord | undefined): Violation[] {
  const violations: Violation[] = [];
  const acknowledged = account.genuine.filter(isAcknowledged);
  const created = account.genuine.filter((outcome) => outcome.told === 'created').length;
  const uncertain = account.genuine.some((outcome) => outcome.told === 'unknown');
  if (acknowledged.length > 0 && stored === undefined) violations.push(found('lost', id));
  if (acknowledged.length === 0 && !uncertain && stored !== undefined)
    violations.push(found('refused-but-stored', `${id} at ${stored.position}`));
  if (created > 1) violations.push(found('created-twice', id));
  if (acknowledged.length > 0 && created === 0 && !uncertain)
    violations.push(found('false-duplicate', id));
  for (const { position } of acknowledged)
    if (stored !== undefined && position !== stored.position)
      violations.push(found('wrong-position', `${id}: told ${position}, is at ${stored.position}`));
  if (account.other.some(isAcknowledged)) violations.push(found('conflict-accepted', id));
  return violations;
}

const isAcknowledged = ({ told }: ToldEvent): boolean => told === 'created' || told === 'duplicate';

type Counts = Omit<Verdict, 'violations' | 'lost' | 'buckets'>;

function count(
  accounts: ReadonlyMap<string, Account>,
  stored: ReadonlyMap<string, StoredRecord[]>,
): Counts {
  const all = [...accounts.values()];
  const said = (told: ToldEvent['told']): number =>
    all.reduce(
      (sum, account) =>
        sum + [...account.genuine, ...account.other].filter((o) => o.told === told).length,
      0,
    );
  return {
    acknowledged: all.filter((account) => account.genuine.some(isAcknowledged)).length,
    unknownOutcomes: said('unknown'),
    unknownStored: all.filter(
      (a) => a.genuine[0]?.told === 'unknown' && stored.has(idOf(a.tenant, a.number)),
    ).length,
    duplicatesAnswered: said('duplicate'),
    conflictsAnswered: said('conflict'),
    refused: said('refused'),
    stored: [...stored.values()].reduce((sum, records) => sum + records.length, 0),
  };
}

function found(rule: Rule, detail: string): Violation {
  return { rule, detail };
}
