/**
 * Who sends a request, from a cache that is at most a second old.
 *
 * An entry is `fresh` for FRESH_MS and answers at once; in the second half of that time its next use starts a refresh
 * in the background, so a key in steady use never waits. A `stale` entry is not used: the request waits for a look-up.
 * A revocation therefore counts everywhere within FRESH_MS plus one statement (the contract allows 2 s), and without
 * the database nobody is let in on an old answer (ASVS 16.5.3: no fail-open).
 */
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { keyOfHeaders } from './api-key.ts';
import type { KeyLookup } from './key-lookup.ts';
import { createLookupQueue } from './lookup-queue.ts';
import type { Authenticator, Principal } from './principal.ts';

const FRESH_MS = 1000;
const REFRESH_AFTER_MS = 500;
/** Keys in use and wrong keys remembered, each about 300 bytes; the oldest leaves first. */
const ENTRIES_MAX = 20_000;

type Headers = Parameters<Authenticator['authenticate']>[0];

/** `principal` null: the key is not valid. `looked` is when it was asked for, -Infinity before the first answer. */
interface Entry {
  principal: Principal | null;
  looked: number;
  refreshing: Promise<Principal> | null;
}

export interface CachedAuthenticator extends Authenticator {
  /** Whether these headers carry a key that was valid when it was last looked up. */
  knows(headers: Headers): boolean;
  /** Forgets everything, so that a change made by this process counts at once. */
  forget(): void;
}

export function createAuthenticator(deps: {
  readonly lookup: KeyLookup;
  readonly clock: Clock;
}): CachedAuthenticator {
  const { clock } = deps;
  const entries = createEntries();
  const lookUp = createLookupQueue(deps.lookup);

  /** `raw` is the header's value as sent: finding an entry takes no parsing on the hot path. */
  function refresh(raw: string, key: string, known?: Entry): Promise<Principal> {
    const entry = known ?? { principal: null, looked: Number.NEGATIVE_INFINITY, refreshing: null };
    const asked = clock.nowMs();
    const answer = lookUp(key)
      .then((principal) => {
        entry.principal = principal;
        entry.looked = asked;
        return admitted(principal);
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
    authenticate(headers) {
      const raw = rawOf(headers);
      const entry = entries.get(raw);
      const age = entry === undefined ? FRESH_MS : clock.nowMs() - entry.looked;
      // A negative age is a clock that was set back: the entry's age is then unknown.
      const isFresh = age >= 0 && age < FRESH_MS;
      if (entry !== undefined && isFresh && (age < REFRESH_AFTER_MS || entry.refreshing !== null))
        return admitted(entry.principal);
      const key = keyOfHeaders(headers);
      if (key === null)
        throw new Failure('UNAUTHENTICATED', 'Send Authorization: Bearer KEY or X-Api-Key: KEY.');
      const answer = entry?.refreshing ?? refresh(raw, key, entry);
      return entry !== undefined && isFresh ? admitted(entry.principal) : answer;
    },
    knows: (headers) => (entries.get(rawOf(headers))?.principal ?? null) !== null,
    forget: () => entries.clear(),
  };
}

/** A bounded map; what was put longest ago leaves first, and every refresh puts anew. */
function createEntries() {
  const entries = new Map<string, Entry>();
  return {
    get: (raw: string): Entry | undefined => entries.get(raw),
    put(raw: string, entry: Entry): void {
      entries.delete(raw);
      entries.set(raw, entry);
      const oldest = entries.keys().next().value;
      if (entries.size > ENTRIES_MAX && oldest !== undefined) entries.delete(oldest);
    },
    remove: (raw: string): boolean => entries.delete(raw),
    clear: (): void => entries.clear(),
  };
}

function rawOf(headers: Headers): string {
  const apiKey = headers['x-api-key'];
  return headers.authorization ?? (typeof apiKey === 'string' ? apiKey : '');
}

function admitted(principal: Principal | null): Principal {
  if (principal === null)
    throw new Failure('UNAUTHENTICATED', 'The key is unknown, expired or revoked.');
  return principal;
}

function unavailable(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('UNAVAILABLE', 'The key cannot be checked: the database is not reachable.', {
    cause: error,
  });
}
