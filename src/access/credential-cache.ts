/**
 * What a credential stands for, from a cache that is at most a second old.
 *
 * An entry is `fresh` for FRESH_MS and answers at once; in the second half of that time its next use starts a refresh
 * in the background, so a credential in steady use never waits. A `stale` entry is not used: the request waits for a
 * look-up. A revocation therefore counts everywhere within FRESH_MS plus one statement (the contract allows 2 s), and
 * without the database nobody is let in on an old answer (ASVS 16.5.3: no fail-open).
 */
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { createLookupQueue, type CredentialLookup } from './lookup-queue.ts';

const FRESH_MS = 1000;
const REFRESH_AFTER_MS = 500;
/** Credentials in use and wrong ones remembered, each about 300 bytes; the oldest leaves first. */
const ENTRIES_MAX = 20_000;

/** `value` null: the credential is not valid. `looked` is when it was asked for, -Infinity before the first answer. */
interface Entry<Value> {
  value: Value | null;
  looked: number;
  refreshing: Promise<Value> | null;
}

export interface CredentialCache<Value> {
  /**
   * `raw` is what was sent, by which an entry is found without parsing; `credentialOf` parses it where there is none.
   * Answers at once where it can. Errors: UNAUTHENTICATED; UNAVAILABLE when it is not cached and the database is gone.
   */
  get(raw: string, credentialOf: () => string): Value | Promise<Value>;
  /** Whether it was valid when it was last looked up. */
  knows(raw: string): boolean;
  /** Forgets everything, so that a change made by this process counts at once. */
  forget(): void;
}

export function createCredentialCache<Value>(deps: {
  readonly lookup: CredentialLookup<Value>;
  readonly clock: Clock;
  /** Said to whoever shows one that is not valid. */
  readonly refusal: string;
  /** Of a look-up, see lookup-queue.ts. */
  readonly lookupTimeoutMs?: number | undefined;
}): CredentialCache<Value> {
  const { clock } = deps;
  const entries = createEntries<Value>();
  const lookUp = createLookupQueue(deps.lookup, deps.lookupTimeoutMs);

  function admitted(value: Value | null): Value {
    if (value === null) throw new Failure('UNAUTHENTICATED', deps.refusal);
    return value;
  }

  function refresh(raw: string, credential: string, known?: Entry<Value>): Promise<Value> {
    const entry = known ?? { value: null, looked: Number.NEGATIVE_INFINITY, refreshing: null };
    const asked = clock.nowMs();
    const answer = lookUp(credential)
      .then((value) => {
        entry.value = value;
        entry.looked = asked;
        return admitted(value);
      })
      .catch((error: unknown) => {
        throw unavailable(error);
      })
      .finally(() => {
        entry.refreshing = null;
        if (entry.looked === Number.NEGATIVE_INFINITY) entries.remove(raw);
      });
    entry.refreshing = answer;
    // A background refresh that fails is tried again by the next request, which then waits for it.
    answer.catch(() => undefined);
    entries.put(raw, entry);
    return answer;
  }

  return {
    get(raw, credentialOf) {
      const entry = entries.get(raw);
      const age = entry === undefined ? FRESH_MS : clock.nowMs() - entry.looked;
      // A negative age is a clock that was set back: the entry's age is then unknown.
      const isFresh = age >= 0 && age < FRESH_MS;
      if (entry !== undefined && isFresh && (age < REFRESH_AFTER_MS || entry.refreshing !== null))
        return admitted(entry.value);
      const answer = entry?.refreshing ?? refresh(raw, credentialOf(), entry);
      return entry !== undefined && isFresh ? admitted(entry.value) : answer;
    },
    knows: (raw) => (entries.get(raw)?.value ?? null) !== null,
    forget: () => entries.clear(),
  };
}

/** A bounded map; what was put longest ago leaves first, and every refresh puts anew. */
function createEntries<Value>() {
  const entries = new Map<string, Entry<Value>>();
  return {
    get: (raw: string): Entry<Value> | undefined => entries.get(raw),
    put(raw: string, entry: Entry<Value>): void {
      entries.delete(raw);
      entries.set(raw, entry);
      const oldest = entries.keys().next().value;
      if (entries.size > ENTRIES_MAX && oldest !== undefined) entries.delete(oldest);
    },
    remove: (raw: string): boolean => entries.delete(raw),
    clear: (): void => entries.clear(),
  };
}

function unavailable(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure(
    'UNAVAILABLE',
    'The credential cannot be checked: the database is not reachable.',
    { cause: error },
  );
}
