/** Journeys through the console and the public pages in a real browser, one server for all of them. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { openHouse, type House } from './house.ts';
import { guestJourneys } from './journeys-guests.ts';
import { houseJourneys } from './journeys-house.ts';

/** A first start, a build of the console, and a house to fill. */
const START_MS = 120_000;
/** What the pages of a failed journey looked like. */
const PICTURES = join(tmpdir(), 'comptoir-browser-tests');
const skipped = browserMissing() !== null;
let opened: House | null = null;

beforeAll(async () => {
  if (!skipped) opened = await openHouse();
}, START_MS);
afterAll(() => opened?.close());
afterEach(async ({ task }) => {
  const hasFailed = task.result?.state === 'fail';
  const name = task.name.replace(/\W+/g, '-').slice(0, 60);
  const wrong = await opened?.leave(hasFailed ? join(PICTURES, name) : undefined);
  // After a failure the pages may be wrong because of it.
  if (!hasFailed) expect(wrong ?? []).toEqual([]);
});

function house(): House {
  if (opened === null) throw new Error('the house is not open');
  return opened;
}

describe.skipIf(skipped)('people of a house', () => houseJourneys(house));
describe.skipIf(skipped)('guests', () => guestJourneys(house));
