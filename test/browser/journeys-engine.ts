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

async function generationOf(house: House, name: string): Promise<number> {
  const { items } = await house.ask('/v1/projections');
  const named = items.find((each: { readonly name: string }) => each.name === name);
  const active = named?.generations.find(
    (each: { readonly state: string }) => each.state === 'active',
  );
  return active?.generation ?? Number.NaN;
}
