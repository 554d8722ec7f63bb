/** Journeys of whoever runs the house: hours, tables, prices; a device that is lost; a table freed; a link made anew. */
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { wednesdayOfNextJune } from '../support/next-june.ts';
import { until } from '../support/until.ts';
import { PEOPLE, type Body } from './fill-house.ts';
import type { House } from './house.ts';

const YEAR = new Date().getUTCFullYear() + 1;
/** Nobody else of these tests books or blocks then. */
const DAY = wednesdayOfNextJune(2);

export function settingsJourneys(house: () => House): void {
  describe('settings', () => settings(house));
  describe('a price list', () => prices(house));
  describe('a device', () => device(house));
  describe('a reservation', () => reservation(house));
}

function settings(house: () => House): void {
  const hoursOf = async (): Promise<Body> => {
    const { locationId } = house().ids;
    const { items } = await house().ask(`/v1/reservations/calendars?locationId=${locationId}`);
    return items[0]?.settings;
  };

  test('opening hours are changed, and who changed them meanwhile is not overwritten unseen', async () => {
    const { locationId } = house().ids;
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Hours' }).click();
    await page.getByLabel('Monday: from').fill('17:30');
    await page.getByRole('button', { name: 'Sunday: remove these hours' }).click();
    await page.getByRole('button', { name: 'Add a day' }).click();
    await page.getByLabel('Day', { exact: true }).fill(`${YEAR}-12-24`);
    await save(page);
    const set = await until('the hours', hoursOf);
    expect(set.weekly).toContainEqual({ weekday: 1, opens: '17:30', closes: '23:00' });
    expect(set.weekly.filter(({ weekday }: Body) => weekday === 7)).toEqual([]);
    expect(set.exceptions).toEqual([{ date: `${YEAR}-12-24`, hours: [] }]);
    await page.getByLabel('Monday: until').fill('22:00');
    const meanwhile = { locationId, weekly: [{ weekday: 2, opens: '10:00', closes: '14:00' }] };
    await house().ask('/v1/reservations/calendars', meanwhile);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else changed it meanwhile').waitFor();
    const isTheirs = async () => (await hoursOf()).weekly[0].weekday === 2;
    await until('the hours of somebody else', isTheirs);
    await page.getByRole('button', { name: 'Send mine again' }).click();
    const mine = await until('hours that were sent on top', async () => {
      const [first] = (await hoursOf()).weekly;
      return first.weekday === 1 ? first : null;
    });
    expect(mine).toEqual({ weekday: 1, opens: '17:30', closes: '22:00' });
    await page.getByText('Somebody else changed it meanwhile').waitFor({ state: 'detached' });
  });

  test('what was typed is not left behind without a question', async () => {
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto(`/settings/${house().ids.locationId}?part=hours`);
    await page.getByLabel('Friday: from').fill('09:00');
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await until('the question', () => asked.length > 0);
    expect(await page.getByLabel('Friday: from').inputValue()).toBe('09:00');
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(asked).toHaveLength(1);
  });

  test('a table is added beside another, and stands on the floor', async () => {
    const { locationId } = house().ids;
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto(`/settings/${locationId}?part=tables`);
    await page.getByRole('button', { name: 'Add a table: Hall' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name or number').fill('Window');
    await dialog.getByLabel('Seats').fill('6');
    await dialog.getByRole('button', { name: '1 4 seats' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /^Window/ }).waitFor();
    const { tables } = await house().ask(`/v1/business/locations/${locationId}`);
    const added = tables.find(({ name }: Body) => name === 'Window');
    expect(added).toMatchObject({ areaId: 'hall', seats: 6, joinableWith: ['t1'] });
    await page.goto('/floor');
    await page.getByRole('button', { name: /^Window/ }).waitFor();
    // As it was, for the journeys after this one.
    await page.goto(`/settings/${locationId}?part=tables`);
    await page.getByRole('button', { name: /^Window/ }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Table Window is removed.').waitFor();
  });

  test('a waiter reads them and changes nothing', async () => {
    const { page } = await house().signedIn(PEOPLE.ada.email);
    await page.goto(`/settings/${house().ids.locationId}?part=hours`);
    await page.getByText('With your role you can look at this').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(await page.getByLabel('Tuesday: from').isDisabled()).toBe(true);
  });
}

function prices(house: () => House): void {
  test('is added beside the usual prices, removed, and brought back', async () => {
    const { burgerId } = house().ids;
    const lists = async (): Promise<Body> =>
      (await house().ask('/v1/catalog/price-lists/main')).lists;
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto('/settings?view=prices');
    await page.getByRole('button', { name: 'New price list' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name (en)').fill('Late night');
    await dialog.getByLabel('From', { exact: true }).fill(`${YEAR}-01-01`);
    await dialog.getByLabel('Burger: In this list').fill('12.50');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Late night' }).waitFor();
    const row = page.getByRole('row', { name: /Burger/ });
    expect(await row.textContent()).toMatch(/15\.00.*12\.50/);
    const [list] = await lists();
    expect(list).toMatchObject({
      firstDay: `${YEAR}-01-01`,
      rules: [{ kind: 'fixed', productId: burgerId, variantId: null, price: 1250 }],
    });
    await page.getByRole('button', { name: 'Remove the list: Late night' }).click();
    await page.getByText('The list is removed.').waitFor();
    expect(await lists()).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Late night' }).waitFor();
    expect(await lists()).toEqual([list]);
    await house().ask('/v1/catalog/price-lists/main/remove-list', {
      priceListId: list.priceListId,
    });
  });
}

function device(house: () => House): void {
  test('that was lost is revoked, and its key opens nothing any more', async () => {
    const { page, context } = await house().signedIn(PEOPLE.manager.email);
    await page.goto('/access?tab=devices');
    await page.getByRole('button', { name: 'Enrol a device' }).click();
    const dialog = page.getByRole('dialog');
    const name = `Lost ${randomUUID().slice(0, 4)}`;
    await dialog.getByLabel('Name of the device').fill(name);
    await dialog.getByRole('button', { name: 'Enrol a device' }).click();
    const key = (await dialog.locator('code').first().textContent()) ?? '';
    await page.keyboard.press('Escape');
    const asDevice = () =>
      context.request.get(`${house().url}/v1/session/device`, { headers: { 'x-device-key': key } });
    expect((await asDevice()).status()).toBe(200);
    const row = page.getByRole('row', { name: new RegExp(name) });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('revoked').waitFor();
    await until('the key to be worthless', async () => (await asDevice()).status() !== 200);
  });
}

function reservation(house: () => House): void {
  test('a block is lifted, and its table can be reserved again', async () => {
    const { locationId } = house().ids;
    const at = (clock: string): string => `${DAY}T${clock}:00.000Z`;
    const span = { from: at('16:00'), to: at('20:00') };
    await house().ask('/v1/reservations/days', {
      ...span,
      locationId,
      tableIds: ['t1'],
      reason: 'Private party',
    });
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto(`/reservations?day=${DAY}`);
    await page.getByRole('button', { name: 'Private party' }).click();
    await confirmed(page.getByRole('dialog'), 'Lift the block');
    await page.getByText('The block is lifted.').waitFor();
    expect(await page.getByRole('button', { name: 'Private party' }).count()).toBe(0);
    const { taken } = await house().ask(`/v1/reservations/days/${locationId}~${DAY}`);
    expect(taken).toEqual([]);
  });

  test('gets a new link from the staff, and the old one is worthless', async () => {
    const { locationId } = house().ids;
    const { id, manageToken } = await house().ask('/v1/reservations', {
      locationId,
      startsAt: `${DAY}T18:00:00.000Z`,
      partySize: 2,
      contact: { name: 'Ines Link', email: 'ines@example.com' },
    });
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto(`/reservations/${id}`);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New link for the guest' }).click();
    await confirmed(page.getByRole('dialog'), 'Make a new link');
    const dialog = page.getByRole('dialog', { name: 'The new link' });
    const address = (await dialog.locator('code').textContent()) ?? '';
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(address).not.toContain(manageToken);
    const guest = await house().visit({ width: 320 });
    await guest.page.goto(address);
    await guest.page.getByText('Ines Link').first().waitFor();
    const old = await fetch(`${house().url}/public/default/booking/${manageToken}`);
    expect(old.status).toBe(404);
  });
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').first().waitFor();
}

/** The button of a dialog that says the same as the one that opened it. */
async function confirmed(dialog: Locator, action: string): Promise<void> {
  await dialog.getByRole('button', { name: action }).click();
}
