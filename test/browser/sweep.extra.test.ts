/**
 * Every route of the console and the public pages with the demo's data, at three widths, light and dark: axe (WCAG 2.2 AA),
 * no error, nothing against the policy, nothing from elsewhere, nothing wider than the window.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  consoleAddresses,
  consoleRoutes,
  publicAddresses,
  sweep,
  type Address,
} from '../support/browser-sweep.ts';
import { browserMissing } from '../support/browser.ts';
import { openHouse, type House, type Visit } from './house.ts';

const START_MS = 300_000;
const ADDRESS_MS = 120_000;
const skipped = browserMissing() !== null;

describe.skipIf(skipped)('with the data of the demo', () => {
  let house: House;
  let staff: Visit;
  let guest: Visit;
  let addresses: readonly Address[];

  beforeAll(async () => {
    house = await openHouse({ COMPTOIR_DEMO: 'on' });
    staff = await house.signedIn('demo@localhost');
    guest = await house.visit();
    addresses = await consoleAddresses(staff);
  }, START_MS);
  afterAll(() => house.close());

  const check = async (visit: Visit, address: Address): Promise<void> => {
    expect(await sweep(visit, address)).toEqual([]);
    const wrong = Object.values(visit.watched).flatMap((lines) => lines.splice(0));
    expect(wrong).toEqual([]);
  };

  test.each(['no such screen', ...consoleRoutes()])(
    'the console at %s',
    async (name) => {
      const address = addresses.find((each) => each.name === name);
      expect(address).toBeDefined();
      if (address !== undefined) await check(staff, address);
    },
    ADDRESS_MS,
  );

  test.each([
    ...publicAddresses(),
    { name: 'sign-in', path: '/' },
    { name: 'link', path: '/link' },
  ])('for everybody: $name', (address) => check(guest, address), ADDRESS_MS);
});
