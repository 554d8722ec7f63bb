/**
 * A brake on guessing keys, per address, of IPv6 per /64: whoever has one of its addresses has all. Keys have 256 bits, so
 * what it protects is the database from look-ups of nonsense, not the keys: a key that was valid a moment ago passes whatever
 * its neighbours behind the same address do.
 */
import type { Clock } from '../core/clock.ts';
import type { Failure } from '../core/errors.ts';
import { rateLimited } from './problem.ts';
import { clientNetwork } from './rate-limit/client-network.ts';

/** Five a second: a client that lost its key and retries stays below it, a dictionary does not. */
export const AUTH_FAILURES_PER_WINDOW = 300;
const WINDOW_SECONDS = 60;
/** Networks remembered; the oldest leaves first, so an attacker with more of them than this gains one window. */
const ADDRESSES_MAX = 10_000;

export interface AuthFailureLimit {
  /** True while no address has failed: lets the hot path skip the rest. */
  readonly isEmpty: boolean;
  /** The refusal for an address that has used its failures up, else null. */
  refusal(address: string): Failure | null;
  failed(address: string): void;
}

export function createAuthFailureLimit(clock: Clock): AuthFailureLimit {
  const windows = new Map<string, { started: number; failures: number }>();

  function current(network: string): { started: number; failures: number } | undefined {
    const window = windows.get(network);
    if (window === undefined) return undefined;
    const age = clock.nowMs() - window.started;
    if (age >= 0 && age < WINDOW_SECONDS * 1000) return window;
    windows.delete(network);
    return undefined;
  }

  return {
    get isEmpty() {
      return windows.size === 0;
    },
    refusal(address) {
      const window = current(clientNetwork(address));
      if (window === undefined || window.failures < AUTH_FAILURES_PER_WINDOW) return null;
      const resetSeconds = Math.ceil(
        (window.started + WINDOW_SECONDS * 1000 - clock.nowMs()) / 1000,
      );
      return rateLimited('Too many requests with a wrong key came from this address.', {
        policy: 'failed-authentication',
        quota: AUTH_FAILURES_PER_WINDOW,
        windowSeconds: WINDOW_SECONDS,
        remaining: 0,
        resetSeconds,
      });
    },
    failed(address) {
      const network = clientNetwork(address);
      const window = current(network);
      if (window !== undefined) {
        window.failures += 1;
        return;
      }
      const oldest = windows.keys().next().value;
      if (windows.size >= ADDRESSES_MAX && oldest !== undefined) windows.delete(oldest);
      windows.set(network, { started: clock.nowMs(), failures: 1 });
    },
  };
}
