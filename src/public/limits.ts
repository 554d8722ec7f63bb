/** Limits of one process on what visitors do, over sliding windows; reading pages has the limit of the server. */
import type { Clock } from '../core/clock.ts';
import { createSlidingCounts } from '../core/sliding-counts.ts';
import { rateLimited } from '../http/problem.ts';
import type { PublicLimits } from './public-services.ts';

const MINUTE_MS = 60_000;
/** Of addresses; about 10 MB for each limit. */
const KEYS_MAX = 100_000;

interface Limit {
  readonly name: string;
  readonly times: number;
  readonly minutes: number;
}

/** A hotel books for its guests behind one address; a script that empties the house is stopped after a few tables. */
export const BOOKINGS: Limit = { name: 'public-bookings', times: 20, minutes: 10 };
/** Of choosing times; how many are open at once is the reservations' own limit. */
export const HOLDS: Limit = { name: 'public-holds', times: 30, minutes: 10 };
/** Each one may send an e-mail. */
export const LINK_REQUESTS: Limit = { name: 'public-links', times: 5, minutes: 15 };
/** From however many addresses it is asked for, nobody's mailbox is filled. */
export const LINKS_TO_ONE: Limit = { name: 'public-links-to-one', times: 3, minutes: 60 };
/** Each one reads the whole history of the house. */
export const EXPORTS: Limit = { name: 'public-exports', times: 3, minutes: 60 };
/** A link that was cut by a mail program is opened a few times. */
export const WRONG_TOKENS: Limit = { name: 'public-tokens', times: 60, minutes: 10 };

export function createPublicLimits(clock: Clock): PublicLimits {
  return {
    book: counted(clock, BOOKINGS),
    hold: counted(clock, HOLDS),
    askForLink: counted(clock, LINK_REQUESTS),
    linkFor: allowed(counted(clock, LINKS_TO_ONE)),
    export: counted(clock, EXPORTS),
    wrongToken: counted(clock, WRONG_TOKENS),
  };
}

function counted(clock: Clock, { name, times, minutes }: Limit): (key: string) => void {
  const counts = createSlidingCounts({ windowMs: minutes * MINUTE_MS, keysMax: KEYS_MAX });
  return (key) => {
    const nowMs = clock.nowMs();
    if (counts.read(key, nowMs) >= times)
      throw rateLimited('Too much came from one place.', {
        policy: name,
        quota: times,
        windowSeconds: minutes * 60,
        remaining: 0,
        resetSeconds: Math.ceil(counts.untilBelow(key, nowMs, times) / 1000),
      });
    counts.add(key, nowMs);
  };
}

function allowed(count: (key: string) => void): (key: string) => boolean {
  return (key) => {
    try {
      count(key);
      return true;
    } catch {
      return false;
    }
  };
}
