/** Journeys of who looks after the engine: exploring events, travelling in time, computing a read model anew. */
import { expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { OWNER, type House } from './house.ts';
import { paidOrder } from './journeys-house.ts';

export function engineJourneys(house: () => House): void {
  test('an event is found, its stream is travelled, and the address leads back to the moment', async () => {
    const order = await paidOrder(house());
    const { page } = await house().signedIn(OWNER);
    await page.goto('/events');
    const filter = page.getByLabel('Filter events');
    await filter.fill(`stream:orders/${order.id}`);
    await filter.press('Enter');
    const rows = page.getByRole('grid').getByRole('row');
    await until(
      'only events of the order',
      async () => (await rows.count()) > 1 && (await rows.count()) < 12,
    );
    expect(page.url()).toContain(order.id);
    await rows.nth(1).press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('tab', { name: 'JSON' }).click();
    await drawer.getByText('specversion').first().waitFor();
    await drawer.getByRole('link', { name: 'Open stream' }).click();
    await page.waitForURL(/\/streams\/orders\//);
    const slider = page.getByRole('slider', { name: 'Version' });
    await slider.press('Home');
    await page.getByText('What it was at version 1').waitFor();
    const past = page.url();
    await slider.press('End');
    await page.getByText('What it is now').waitFor();
    await page.goto(past);
    await page.getByText('What it was at version 1').waitFor();
    await page.goBack();
    await page.goBack();
    await page.waitForURL((url) => url.href !== past);
  });

  test('events are listed newest first, older ones while one scrolls, and new ones on top while live', async () => {
    await ring(house(), 0, 450);
    const { page } = await house().signedIn(OWNER);
    await page.goto('/events?q=type:shop.bell.*');
    const grid = page.getByRole('grid');
    const rows = grid.getByRole('row');
    await rows.nth(1).getByText('shop.bell.n449').waitFor();
    await page.getByText('200 events shown').waitFor();
    await rows.nth(1).focus();
    await until('the oldest', async () => {
      await page.keyboard.press('End');
      return page.getByText('450 events shown').isVisible();
    });
    await page.keyboard.press('End');
    await grid.getByText('shop.bell.n0.v1').waitFor();
    await page.getByRole('button', { name: 'Live' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await ring(house(), 450, 3);
    await page.getByText('453 events shown').waitFor();
    await rows.last().focus();
    await page.keyboard.press('Home');
    await rows.nth(1).getByText('shop.bell.n452').waitFor();
  });

  test('a list as of a moment tells how far it is prepared and then shows what was', async () => {
    const model = 'orders.list';
    const { page } = await house().signedIn(OWNER);
    await paidOrder(house());
    const at = new Date(Date.now() - 1).toISOString();
    await house().ask(`/v1/projections/${model}/pause`, {});
    await page.goto(`/orders?at=${at}`);
    await page.getByRole('progressbar', { name: 'One list is being prepared' }).waitFor();
    await page.getByText(/Looked through [\d,]+ of [\d,]+ events/).waitFor();
    await house().ask(`/v1/projections/${model}/resume`, {});
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
  });

  test('while others look at two other moments of a list, a third is refused with words', async () => {
    for (const day of ['01', '02']) {
      const { key } = await house().ask('/v1/keys', { name: day, scopes: ['catalog:read'] });
      const asked = await fetch(`${house().url}/v1/as-of/catalog.products`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ at: `2026-01-${day}T00:00:00Z` }),
      });
      expect(asked.status).toBe(202);
    }
    const { page } = await house().signedIn(OWNER);
    await page.goto('/menu?at=2026-01-03T00:00:00Z');
    await page.getByText(/Others are looking at this list at two other moments/).waitFor();
    await page.getByText(/in \d+ minutes, or go back to now/).waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByText('Others are looking').waitFor({ state: 'detached' });
  });

  test('what does not fit the filter language is said, and nothing is asked', async () => {
    const { page } = await house().signedIn(OWNER);
    await page.goto('/events?q=tpye:x');
    await page.getByText(/There is no filter/).waitFor();
  });

  test('a read model is computed anew while it is used, and its copy takes over', async () => {
    const { page } = await house().signedIn(OWNER);
    const name = 'catalog.products';
    const before = await generationOf(house(), name);
    await page.goto('/projections');
    await page.getByRole('row', { name: new RegExp(name) }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rebuild' }).click();
    const dialog = page.getByRole('dialog', { name: `Rebuild ${name}` });
    await dialog.getByRole('button', { name: 'Rebuild' }).click();
    await until('the new copy', async () => (await generationOf(house(), name)) > before);
    await page.getByText('being filled', { exact: true }).waitFor({ state: 'detached' });
  });
}

/** Bells that rang, numbered: each number is in the type, which the list shows. */
async function ring(house: House, first: number, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => ({
    specversion: '1.0',
    id: `bell-${first + index}`,
    source: '/shop/door',
    type: `shop.bell.n${first + index}.v1`,
  }));
  const { accepted } = await house.ask('/v1/events', events);
  expect(accepted).toBe(count);
}

async function generationOf(house: House, name: string): Promise<number> {
  const { items } = await house.ask('/v1/projections');
  const named = items.find((each: { readonly name: string }) => each.name === name);
  const active = named?.generations.find(
    (each: { readonly state: string }) => each.state === 'active',
  );
  return active?.generation ?? Number.NaN;
}
