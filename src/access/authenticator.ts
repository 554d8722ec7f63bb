/**
 * Who sends a request, from a cache that is at most a second old.
 *
 * An entry is `fresh` for FRESH_MS and answers at once; in the second half of that time its next use starts a refresh
 * in the background, so a key in steady use never waits. A `stale` entry is not used: the request waits for a look-up.
 * All look-ups of a moment go in one statement, one statement at a time. A revocation therefore counts everywhere
 * within FRESH_MS plus one statement (the contract allows 2 s), and without the database nobody is let in on an old
 * answer (ASVS 16.5.3: no fail-open).
 */
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { hashKey, keyOfHeaders } from './api-key.ts';
import type { KeyLookup } from './key-lookup.ts';
import type { Authenticator, Principal } from './principal.ts';

const FRESH_MS = 1000;
const REFRESH_AFTER_MS = 500;
/** The contract allows a second until 503 when the database is gone. */
const LOOKUP_TIMEOUT_MS = 800;
/** Keys in use and wrong keys remembered, each about 300 bytes; the oldest leaves first. */
const ENTRIES_MAX = 20_000;
/** Parameters of one statement; what is beyond waits for the next. */
const HASHES_PER_LOOKUP_MAX = 500;
/** Look-ups waiting; beyond, the database is too slow for the number of new keys and requests are refused (L14). */
const WAITING_MAX = 10_000;

/** `principal` null: the key is not valid. */
interface Entry {
  principal: Principal | null;
  looked: number;
  refreshing: Promise<Principal> | null;
}

interface Waiter {
  readonly keyHash: Buffer;
  resolve(principal: Principal | null): void;
  reject(error: unknown): void;
}

export interface CachedAuthenticator extends Authenticator {
  /** Whether these headers carry a key that was valid when it was last looked up. */
  knows(headers: Parameters<Authenticator['authenticate']>[0]): boolean;
  /** Forgets everything, so that a change made by this process counts at once. */
  forget(): void;
}

export function createAuthenticator(deps: {
  readonly lookup: KeyLookup;
  readonly clock: Clock;
}): CachedAuthenticator {
  const entries = new Map<string, Entry>();
  const waiting: Waiter[] = [];
  let running = false;

  async function runLookups(): Promise<void> {
    running = true;
    // One turn of the event loop gathers what came in together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting.splice(0, HASHES_PER_LOOKUP_MAX);
      try {
        const found = await withTimeout(deps.lookup(group.map((waiter) => waiter.keyHash)));
        for (const waiter of group)
          waiter.resolve(found.get(waiter.keyHash.toString('hex')) ?? null);
      } catch (error) {
        // Those that wait for the next statement would wait as long again: they fail now, within their second.
        for (const waiter of group.concat(waiting.splice(0))) waiter.reject(error);
      }
    }
    running = false;
  }

  function lookUp(key: string): Promise<Principal | null> {
    if (waiting.length >= WAITING_MAX)
      return Promise.reject(new Failure('OVERLOADED', 'Too many keys wait to be checked.'));
    return new Promise((resolve, reject) => {
      waiting.push({ keyHash: hashKey(key), resolve, reject });
      if (!running) void runLookups();
    });
  }

  /** `raw` is the header's value as sent: finding an entry takes no parsing on the hot path. */
  function refresh(raw: string, key: string, known?: Entry): Promise<Principal> {
    const entry = known ?? { principal: null, looked: Number.NEGATIVE_INFINITY, refreshing: null };
    const asked = deps.clock.nowMs();
    const answer = lookUp(key)
      .then((principal) => {
        entry.principal = principal;
        entry.looked = asked;
        remember(raw, entry);
        return admitted(principal);
      })
      .catch((error: unknown) => {
        throw unavailable(error);
      })
      .finally(() => {
        entry.refreshing = null;
        if (entry.looked === Number.NEGATIVE_INFINITY) entries.delete(raw);
      });
    entry.refreshing = answer;
    // A background refresh that fails is tried again by the next request, which then waits for it.
    answer.catch(() => undefined);
    remember(raw, entry);
    return answer;
  }

  function remember(raw: string, entry: Entry): void {
    entries.delete(raw);
    entries.set(raw, entry);
    if (entries.size <= ENTRIES_MAX) return;
    const oldest = entries.keys().next().value;
    if (oldest !== undefined) entries.delete(oldest);
  }

  return {
    authenticate(headers) {
      const raw = rawOf(headers);
      const entry = entries.get(raw);
      const age = entry === undefined ? FRESH_MS : deps.clock.nowMs() - entry.looked;
      // A negative age is a clock that was set back: the entry's age is then unknown.
      const usable = age >= 0 && age < FRESH_MS;
      if (entry !== undefined && usable && (age < REFRESH_AFTER_MS || entry.refreshing !== null))
        return admitted(entry.principal);
      const key = keyOfHeaders(headers);
      if (key === null)
        throw new Failure('UNAUTHENTICATED', 'Send Authorization: Bearer KEY or X-Api-Key: KEY.');
      const answer = entry?.refreshing ?? refresh(raw, key, entry);
      return entry !== undefined && usable ? admitted(entry.principal) : answer;
    },
    knows(headers) {
      return (entries.get(rawOf(headers))?.principal ?? null) !== null;
    },
    forget() {
      entries.clear();
    },
  };
}

function rawOf(headers: Parameters<Authenticator['authenticate']>[0]): string {
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

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Failure('UNAVAILABLE', 'The key could not be checked in time.')),
      LOOKUP_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
