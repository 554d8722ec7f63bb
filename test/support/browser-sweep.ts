/**
 * Every address of the console and every public page, held to what all pages are held to. One loading for each address;
 * widths and looks are changed while it is open, as turning a tablet and a setting of the system do.
 */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { tooWide, violations, WIDTHS } from './browser-checks.ts';
import { until } from './until.ts';

/** A page and the browser it stands in. */
export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
}

export interface Address {
  /** As the routes write it, or the name of a public page. */
  readonly name: string;
  readonly path: string;
}

/** Ids of the demo for the addresses that hold one. */
const DEMO_IDS: Readonly<Record<string, string>> = {
  '/m/$module/$aggregate': '/m/catalog/products',
  '/m/$module/$aggregate/$id': '/m/business/locations/le-comptoir',
  '/order/new/$locationId/$tableId': '/order/new/le-comptoir/t1',
  '/tills/$id': '/tills/till-hall',
};

/** Lists whose items the addresses below an area hold, where it is not called as the list is. */
const LISTS: Readonly<Record<string, string>> = {
  '/order': '/orders?status=open',
  '/guests': '/customers',
  '/menu': '/catalog/products',
  '/loyalty': '/loyalty/members',
  '/streams': '/orders',
  '/settings': '/business/locations',
};

/** As src/routes.tsx lists them; read as text, because it is made for a bundler. */
export function consoleRoutes(): readonly string[] {
  const file = new URL('../../console/src/routes.tsx', import.meta.url);
  return [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '');
}

/** Filled in the background after the server's start. */
const SIGNS_OF_FILLING = ['/v1/orders?status=open', '/v1/customers', '/v1/reservations'];
const FILLED_MS = 200_000;

/** Every route of the console with an id of the demo, once that is there. */
export async function consoleAddresses(visit: Opened): Promise<readonly Address[]> {
  for (const list of SIGNS_OF_FILLING)
    await until(
      `the demo to have ${list}`,
      async () => {
        const answer = await visit.context.request.get(list);
        return answer.ok() && (await answer.json()).items.length > 0;
      },
      { timeoutMs: FILLED_MS },
    );
  const found: Address[] = [{ name: 'no such screen', path: '/no/such/screen' }];
  for (const path of consoleRoutes()) found.push({ name: path, path: await filled(visit, path) });
  return found;
}

async function filled({ context }: Opened, path: string): Promise<string> {
  if (!path.includes('$')) return path;
  const known = DEMO_IDS[path];
  if (known !== undefined) return known;
  const area = path.slice(0, path.indexOf('/$'));
  const list = `/v1${LISTS[area] ?? area}`;
  const answer = await context.request.get(list);
  if (!answer.ok())
    throw new Error(`${path}: ${list} answered ${answer.status()}; name its list in LISTS`);
  // Where there is nothing, the screen says so, and that is looked at as well.
  const id = (await answer.json()).items[0]?.id ?? 'none';
  if (area === '/streams') return `/streams/orders/${encodeURIComponent(id)}`;
  return path.replace(/\$\w+/, encodeURIComponent(id));
}

/** Public pages of the demo; those behind a token are swept in src/public/pages.e2e.test.ts. */
export function publicAddresses(): readonly Address[] {
  const base = '/public/demo';
  return ['menu', 'book', 'me'].map((page) => ({ name: page, path: `${base}/${page}` }));
}

export interface SweepOptions {
  readonly widths?: readonly number[];
  readonly looks?: readonly ('light' | 'dark')[];
}

/** What is wrong with an address at each width and look, as lines; none when it is as it should be. */
export async function sweep(
  { page }: Opened,
  { name, path }: Address,
  { widths = WIDTHS, looks = ['light', 'dark'] }: SweepOptions = {},
): Promise<readonly string[]> {
  const found: string[] = [];
  await page.goto(path);
  await settled(page);
  for (const width of widths)
    for (const colorScheme of looks) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const wrong = [...(await violations(page))];
      const wide = await tooWide(page);
      if (wide > 0) wrong.push(`${wide} px wider than its window`);
      found.push(...wrong.map((each) => `${name} at ${width} px, ${colorScheme}: ${each}`));
    }
  return found;
}

/** Run in the page: everything that was asked for is there, nothing moves, and two frames were drawn. */
const DRAWN = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  .then(() => Promise.all(document.getAnimations()
    .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
    .map((each) => each.finished.catch(() => undefined))))
  .then(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  .then(() => document.querySelector('main, h1') !== null && document.querySelector('.animate-pulse') === null)`;

export async function settled(page: Page): Promise<void> {
  await until('the page to settle', () => page.evaluate<boolean>(DRAWN), {
    explain: () => page.url(),
  });
}
