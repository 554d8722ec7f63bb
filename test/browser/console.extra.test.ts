/** The long part of the journeys in a browser: the engine's screens, what goes wrong, what pages weigh. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { openHouse, type House } from './house.ts';
import { badInput } from './bad-input.ts';
import { budgets } from './budgets.ts';
import { engineJourneys } from './journeys-engine.ts';

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

describe.skipIf(skipped)('who looks after the engine', () => engineJourneys(house));
describe.skipIf(skipped)('when things go wrong', () => badInput(house));
describe.skipIf(skipped)('pages', () => budgets(house));
