/**
 * Every address of the console and every public page, held to what all pages are held to. One loading for each address;
 * widths and looks are changed while it is open, as turning a tablet and a setting of the system do.
 */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { smallTargets, tooWide, violations, WIDTHS } from './browser-checks.ts';
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

/** Lists of the demo whose first item stands at an address. */
const FIRST_OF: Readonly<Record<string, readonly [list: string, field: string]>> = {
  '/orders/$id': ['/v1/orders?status=closed', 'id'],
  '/order/$orderId': ['/v1/orders?status=open', 'id'],
  '/reservations/$id': ['/v1/reservations', 'id'],
  '/guests/$id': ['/v1/customers', 'id'],
  '/loyalty/$id': ['/v1/loyalty/members', 'id'],
  '/leads/$id': ['/v1/leads', 'id'],
  '/documents/$id': ['/v1/documents', 'id'],
};

/** As src/routes.tsx lists them; read as text, because it is made for a bundler. */
export function consoleRoutes(): readonly string[] {
  const file = new URL('../../console/src/routes.tsx', import.meta.url);
  return [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '');
}

/** Every route of the console with an id of the demo; throws where nothing is known for one. */
export async function consoleAddresses(visit: Opened): Promise<readonly Address[]> {
  const found: Address[] = [{ name: 'no such screen', path: '/no/such/screen' }];
  for (const path of consoleRoutes()) found.push({ name: path, path: await filled(visit, path) });
  return found;
}

async function filled({ context }: Opened, path: string): Promise<string> {
  if (!path.includes('$')) return path;
  const known = DEMO_IDS[path];
  if (known !== undefined) return known;
  const [list, field] = FIRST_OF[path] ?? firstOfStreams(path);
  const id = await until(`an item of ${list}`, async () => {
    const answer = await context.request.get(list);
    if (!answer.ok()) throw new Error(`${list} answered ${answer.status()}`);
    return (await answer.json()).items[0]?.[field];
  });
  if (path === '/streams/$category/$id') return `/streams/orders/${encodeURIComponent(id)}`;
  return path.replace(/\$\w+/, encodeURIComponent(id));
}

function firstOfStreams(path: string): readonly [string, string] {
  if (path === '/streams/$category/$id') return ['/v1/orders', 'id'];
  throw new Error(`the sweep does not know what to put into ${path}: add it to sweep.ts`);
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
      if (width === 320) wrong.push(...(await smallTargets(page)).map((each) => `small: ${each}`));
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
