/** What goes wrong around people: the server away, a session that ends, two at once, names nobody has, impatience. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { tooWide } from '../support/browser-checks.ts';
import { until } from '../support/until.ts';
import { PASSWORD, PEOPLE } from './fill-house.ts';
import type { House } from './house.ts';

const SCRIPT = `<img src=x onerror="window.wasRun=1"><script>window.wasRun=1</script>`;
const RIGHT_TO_LEFT = 'شاي بالنعناع';
const LONG = 'x'.repeat(10_000);
/** Slower than a bad mobile network. */
const SLOW_MS = 1_500;

export function badInput(house: () => House): void {
  describe('the server', () => serverAway(house));
  describe('a form', () => forms(house));
  describe('what people write', () => strange(house));
}

function serverAway(house: () => House): void {
  test('is away and back: it is said, what was typed is kept, and it is sent once', async () => {
    const { page, context } = await house().signedIn(PEOPLE.manager.email);
    await openNewGuest(page);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Olga Offline');
    await dialog.getByLabel(/^E-mail/).fill('olga@example.com');
    await context.setOffline(true);
    await dialog.getByRole('button', { name: 'Register' }).click();
    await page.getByText('The server is away.').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Olga Offline');
    await context.setOffline(false);
    await page.getByText('The server is away.').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Register' }).dblclick();
    await dialog.waitFor({ state: 'detached' });
    const { items } = await house().ask('/v1/customers?email=olga%40example.com');
    expect(items).toHaveLength(1);
  });

  test('is away while an order is taken: it waits, is shown, and goes out once in its order', async () => {
    const { page, context } = await house().signedIn(PEOPLE.bruno.email);
    await page.goto(`/order/new/${house().ids.locationId}/-`);
    await page.getByRole('button', { name: /^Salad/ }).click();
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Send order €9.00' }).click();
    await page.getByText('The server is away.').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /wait|sent|unsent/i })
      .first()
      .waitFor();
    await context.setOffline(false);
    await page.waitForURL((url) => /^\/order\/(?!new|local)/.test(url.pathname));
    const salads = await until('the order', async () => {
      const { items } = await house().ask('/v1/orders?status=open&limit=100');
      const found = items.filter(
        (each: { readonly total: { readonly amount: number } }) => each.total.amount === 900,
      );
      return found.length > 0 ? found : null;
    });
    expect(salads).toHaveLength(1);
  });

  test('is slow: something is shown at once, and what is asked for arrives', async () => {
    const { page, context } = await house().signedIn(PEOPLE.manager.email);
    await context.route('**/v1/orders*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      await route.continue();
    });
    await page.goto('/orders');
    await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor();
    await page.getByRole('grid').waitFor();
  });
}

function forms(house: () => House): void {
  test('outlives the session: the same person signs in over it and goes on', async () => {
    const { page, context } = await house().signedIn(PEOPLE.manager.email);
    await openNewGuest(page);
    const dialog = page.getByRole('dialog').first();
    await dialog.getByLabel('Name').fill('Erik Expired');
    await dialog.getByLabel(/^E-mail/).fill('erik@example.com');
    await context.clearCookies();
    await dialog.getByRole('button', { name: 'Register' }).click();
    const expired = page.getByRole('dialog', { name: 'Sign in again' });
    await expired.getByLabel('Password').fill(PASSWORD);
    await expired.getByLabel('Password').press('Enter');
    await expired.waitFor({ state: 'detached' });
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Erik Expired');
    await dialog.getByRole('button', { name: 'Register' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('of two people who edit one product: the second is shown both values', async () => {
    const product = { name: { en: 'Pie' }, price: 500, taxClass: 'food' };
    const { id } = await house().ask('/v1/catalog/products', product);
    const first = await house().signedIn(PEOPLE.manager.email);
    const second = await house().signedIn('owner@house.example');
    for (const { page } of [first, second]) {
      await page.goto(`/menu/${id}`);
      await page.getByRole('button', { name: 'Change', exact: true }).first().click();
      await page.getByRole('dialog').waitFor();
    }
    await renamed(first.page, 'Pie of the first');
    await first.page.getByRole('dialog').waitFor({ state: 'detached' });
    await renamed(second.page, 'Pie of the second');
    await second.page.getByText('Somebody else changed').first().waitFor();
    const dialog = second.page.getByRole('dialog');
    expect(await dialog.textContent()).toContain('Pie of the first');
    expect(await dialog.getByLabel(/^Name/).first().inputValue()).toBe('Pie of the second');
    const read = async () => (await house().ask(`/v1/catalog/products/${id}`)).name.en;
    expect(await read()).toBe('Pie of the first');
    await dialog.getByRole('button', { name: 'Send mine again' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await read()).toBe('Pie of the second');
  });

  test('that is left with the back button leads where one came from', async () => {
    const { page } = await house().signedIn(PEOPLE.manager.email);
    for (const area of ['/today', '/floor', '/orders', '/guests']) await page.goto(area);
    await page.getByRole('link', { name: 'Kitchen' }).click();
    await page.getByRole('heading', { name: 'Kitchen', level: 1 }).waitFor();
    for (const title of ['Guests', 'Orders', 'Floor', 'Today']) {
      await page.goBack();
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    }
    await page.goForward();
    await page.getByRole('heading', { name: 'Floor', level: 1 }).waitFor();
  });
}

async function openNewGuest(page: Page): Promise<void> {
  await page.goto('/guests');
  await page.getByRole('button', { name: 'New guest' }).first().click();
  await page.getByRole('dialog').waitFor();
}

async function renamed(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Name/).first().fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
}

function strange(house: () => House): void {
  test('is text wherever it stands: scripts, ten thousand characters, from right to left', async () => {
    const { ask, ids } = house();
    const name = `${SCRIPT} ${RIGHT_TO_LEFT}`;
    const product = { name: { en: name }, price: 700, taxClass: 'food', stationId: 'kitchen' };
    const { id: productId } = await ask('/v1/catalog/products', product);
    const { id: guestId } = await ask('/v1/customers', { name, email: 'script@example.com' });
    const line = { productId, quantity: 1, modifiers: [], expectedPrice: 700, note: name };
    const order = await ask('/v1/orders', {
      locationId: ids.locationId,
      channel: 'take-away',
      customerId: guestId,
      lines: [line],
    });
    const event = { specversion: '1.0', id: `long-${Date.now()}`, source: '/tests' };
    const more = { type: 'com.example.long', subject: name, data: { [SCRIPT]: LONG, name } };
    await ask('/v1/events', [{ ...event, ...more }]);
    const { page } = await house().signedIn('owner@house.example', { width: 320 });
    for (const path of [
      '/kitchen',
      '/orders',
      `/orders/${order.id}`,
      `/order/${order.id}`,
      `/order/new/${ids.locationId}/-`,
      '/guests',
      `/guests/${guestId}`,
      '/events',
      '/events?q=type:com.example.long',
      `/streams/orders/${order.id}`,
      '/m/catalog/products',
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('load');
      await until(
        `${path} to be drawn`,
        async () => (await page.locator('.animate-pulse').count()) === 0,
      );
      expect([path, await tooWide(page)]).toEqual([path, 0]);
      expect([path, await page.evaluate('window.wasRun')]).toEqual([path, undefined]);
    }
    await page.goto('/kitchen');
    await page.getByText('onerror=').first().waitFor();
    const ticket = page.getByText(RIGHT_TO_LEFT).first();
    expect(
      await ticket.evaluate(
        (each: { closest(selector: string): unknown }) => each.closest('[dir=auto]') !== null,
      ),
    ).toBe(true);
  });

  test('that is far too long is refused with words, and nothing breaks', async () => {
    const { page } = await house().signedIn(PEOPLE.manager.email, { width: 320 });
    await openNewGuest(page);
    const dialog = page.getByRole('dialog');
    const name = dialog.getByLabel('Name');
    await name.fill(LONG);
    const isCut = (await name.inputValue()).length < LONG.length;
    await dialog.getByRole('button', { name: 'Register' }).click();
    // What the field cut is taken, and the dialog goes; the whole of it would be refused with words.
    await (isCut
      ? dialog.waitFor({ state: 'detached' })
      : dialog.getByRole('alert').first().waitFor());
    expect(await tooWide(page)).toBe(0);
  });
}
