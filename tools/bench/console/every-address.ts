/**
 * Every address of the console and of guests held to axe, the policy and its own host: by two browsers at once, since the
 * most of it is computing within the page, and within a bounded time. What could not be looked at is told, never passed
 * over.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import {
  consoleAddresses,
  publicAddresses,
  sweep,
  type Address,
} from '../../../test/support/browser-sweep.ts';
import type { Scope } from '../scope.ts';
import { openLook, openSignedIn, type Look } from './browsing.ts';

const LOOKERS = 2;
/** Three times what it takes on a quiet machine of two cores. */
const WHOLE_MS = 12 * 60_000;
/** A page that does not come to rest by then is told as one. */
const ADDRESS_MS = 120_000;

export interface Swept {
  readonly axeViolations: number;
  readonly routesCovered: number;
  /** Addresses that time did not suffice for, or that could not be looked at. */
  readonly routesLeft: number;
  readonly foreignRequests: number;
  readonly cspViolations: number;
}

interface Visit {
  readonly address: Address;
  readonly isInside: boolean;
}

interface Found {
  readonly violations: string[];
  covered: number;
  readonly left: string[];
  readonly looks: Look[];
}

export async function everyAddress(browser: Browser, url: string, scope: Scope): Promise<Swept> {
  const first = await openSignedIn(browser, url);
  const inside = await consoleAddresses(first);
  const queue: Visit[] = [
    ...inside.map((address) => ({ address, isInside: true })),
    ...publicAddresses().map((address) => ({ address, isInside: false })),
  ];
  const found: Found = { violations: [], covered: 0, left: [], looks: [first] };
  const deadlineMs = performance.now() + WHOLE_MS;
  const looker = async (): Promise<void> => {
    for (let visit = queue.shift(); visit !== undefined; visit = queue.shift()) {
      const { name } = visit.address;
      if (performance.now() > deadlineMs) found.left.push(`${name}: no time was left`);
      else await lookAt(visit, { browser, url, found });
    }
  };
  await Promise.all(Array.from({ length: LOOKERS }, looker));
  for (const line of [...found.violations, ...found.left]) scope.say(line);
  const of = (kind: 'forbidden' | 'foreign'): number =>
    found.looks.reduce((sum, { watched }) => sum + watched[kind].length, 0);
  return {
    axeViolations: found.violations.length,
    routesCovered: found.covered,
    routesLeft: found.left.length,
    foreignRequests: of('foreign'),
    cspViolations: of('forbidden'),
  };
}

/** A browser context of its own for each: what one leaves behind is not the next one's. */
async function lookAt(
  { address, isInside }: Visit,
  {
    browser,
    url,
    found,
  }: { readonly browser: Browser; readonly url: string; readonly found: Found },
): Promise<void> {
  const look = await (isInside ? openSignedIn : openLook)(browser, url);
  found.looks.push(look);
  try {
    found.violations.push(...(await inTime(sweep(look, address))));
    found.covered += 1;
  } catch (error) {
    found.left.push(`${address.name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await look.context.close();
  }
}

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const given = new AbortController();
  const late = delay(ADDRESS_MS, undefined, { signal: given.signal }).then(() => {
    throw new Error(`it was not looked at within ${ADDRESS_MS} ms`);
  });
  // The one that loses must not be a rejection that nobody hears.
  late.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    given.abort();
  }
}
