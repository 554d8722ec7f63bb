/** One server and one browser for the journeys of a file, and what must hold after each of them. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { openHouse, type House } from './house.ts';

/** A first start, a build of the console, and a house to fill. */
const START_MS = 240_000;
/** What the pages of a failed journey looked like. */
const PICTURES = join(tmpdir(), 'comptoir-browser-tests');

/** Called once by a file of tests. `skipped` where there is no browser; `house` is open once its tests run; `env` is its server's. */
export function inHouse(env: Readonly<Record<string, string>> = {}): {
  readonly skipped: boolean;
  house(): House;
} {
  const skipped = browserMissing() !== null;
  let opened: House | null = null;
  beforeAll(async () => {
    if (!skipped) opened = await openHouse(env);
  }, START_MS);
  afterAll(() => opened?.close());
  afterEach(async ({ task }) => {
    const hasFailed = task.result?.state === 'fail';
    const name = task.name.replace(/\W+/g, '-').slice(0, 60);
    const wrong = await opened?.leave(hasFailed ? join(PICTURES, name) : undefined);
    // After a failure the pages may be wrong because of it.
    if (!hasFailed) expect(wrong ?? []).toEqual([]);
  });
  return {
    skipped,
    house() {
      if (opened === null) throw new Error('the house is not open');
      return opened;
    },
  };
}
