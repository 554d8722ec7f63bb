/** Look-ups of credentials, gathered: what comes in while a statement runs goes in the next one, one statement at a time. */
import { Failure } from '../core/errors.ts';
import { hashKey } from './api-key.ts';

/** Hashes of credentials to what they stand for, by hexadecimal hash; those that are not valid are absent. */
export type CredentialLookup<Value> = (
  hashes: readonly Buffer[],
) => Promise<ReadonlyMap<string, Value>>;

/** The contract allows a second until 503 when the database is gone. */
const LOOKUP_TIMEOUT_MS = 800;
/** Parameters of one statement; what is beyond waits for the next. */
const HASHES_PER_LOOKUP_MAX = 500;
/** Look-ups waiting; beyond, the database is too slow for the number of new keys and requests are refused (L14). */
const WAITING_MAX = 10_000;

interface Waiter<Value> {
  readonly keyHash: Buffer;
  resolve(value: Value | null): void;
  reject(error: unknown): void;
}

/**
 * Resolves with null for one that is not valid. Errors: OVERLOADED, UNAVAILABLE, those of the database. `timeoutMs` is
 * that of the contract unless somebody has more patience, such as tests of something else on a machine that stands still.
 */
export function createLookupQueue<Value>(
  lookup: CredentialLookup<Value>,
  timeoutMs: number = LOOKUP_TIMEOUT_MS,
): (credential: string) => Promise<Value | null> {
  const waiting: Waiter<Value>[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    // One turn of the event loop gathers what came in together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting.splice(0, HASHES_PER_LOOKUP_MAX);
      try {
        const found = await withTimeout(lookup(group.map((waiter) => waiter.keyHash)), timeoutMs);
        for (const waiter of group)
          waiter.resolve(found.get(waiter.keyHash.toString('hex')) ?? null);
      } catch (error) {
        // Those that wait for the next statement would wait as long again: they fail now, within their second.
        for (const waiter of group.concat(waiting.splice(0))) waiter.reject(error);
      }
    }
    running = false;
  }

  return (key) => {
    if (waiting.length >= WAITING_MAX)
      return Promise.reject(new Failure('OVERLOADED', 'Too many credentials wait to be checked.'));
    return new Promise((resolve, reject) => {
      waiting.push({ keyHash: hashKey(key), resolve, reject });
      if (!running) void run();
    });
  };
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Failure('UNAVAILABLE', 'The credential could not be checked in time.')),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
