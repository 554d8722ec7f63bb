/** A table of a hundred thousand rows, scrolled from one end to the other: rows in the document, frames, long tasks. */
import type { Page } from 'playwright-core';
import { tasksDuring } from './main-thread.ts';

export interface Scrolled {
  readonly rows: number;
  readonly domRowsMax: number;
  readonly frameP95Ms: number;
  /** Tasks of more than 50 ms while it scrolled, the longest of them: by the clock, others on the machine included. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** The same by the time on the processor, which is the page's own. */
  readonly longTasksCpu: number;
  readonly longestTaskCpuMs: number;
}

const LIST = /\/v1\/catalog\/products\?/;
const ADDRESS = '/m/catalog/products';
const WHEEL_PX = 2_400;
/** No further answer for so long: the table is all there. */
const SETTLED_MS = 2_000;
/** What the Long Tasks API calls long. */
const LONG_MS = 50;

/** Run in the page: counts until it is asked. */
const WATCH = `{
  const seen = { frames: [], domRowsMax: 0 };
  globalThis.scrolled = seen;
  let last = performance.now();
  const frame = (now) => {
    seen.frames.push(now - last);
    last = now;
    seen.domRowsMax = Math.max(seen.domRowsMax, document.querySelectorAll('[role=row]').length);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}`;

interface Seen {
  readonly frames: readonly number[];
  readonly domRowsMax: number;
}

/** The list is answered with rows of ours, so that the table alone is measured. */
export async function scrollTable(
  page: Page,
  { rows, seconds }: { readonly rows: number; readonly seconds: number },
): Promise<Scrolled> {
  let answeredMs = performance.now();
  await page.route(LIST, async (route) => {
    await route.fulfill({ json: pageOf(rows) });
    answeredMs = performance.now();
  });
  await page.goto(ADDRESS);
  const grid = page.getByRole('grid');
  await grid.getByRole('row').nth(1).waitFor();
  // The list is asked for again once the live feed stands; to read 100,000 rows at once is no part of scrolling.
  while (performance.now() - answeredMs < SETTLED_MS) await page.waitForTimeout(SETTLED_MS / 10);
  await grid.hover();
  const { wallMs, cpuMs } = await tasksDuring(page, async () => {
    await page.evaluate(WATCH);
    await scrollFor(page, seconds);
  });
  const seen = await page.evaluate<Seen>('globalThis.scrolled');
  const count = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const frames = seen.frames.toSorted((left, right) => left - right);
  return {
    rows: count,
    domRowsMax: seen.domRowsMax,
    frameP95Ms: frames[Math.floor(frames.length * 0.95)] ?? Number.NaN,
    longTasks: wallMs.filter((ms) => ms > LONG_MS).length,
    longestTaskMs: wallMs[0] ?? 0,
    longTasksCpu: cpuMs.filter((ms) => ms > LONG_MS).length,
    longestTaskCpuMs: cpuMs[0] ?? 0,
  };
}

/** Mostly down by the wheel, now and then a jump as by the scroll bar. */
async function scrollFor(page: Page, seconds: number): Promise<void> {
  const grid = page.getByRole('grid');
  const endMs = performance.now() + seconds * 1_000;
  for (let turn = 0; performance.now() < endMs; turn += 1) {
    if (turn % 40 === 39)
      await grid.evaluate(
        (each: { scrollTop: number; scrollHeight: number }, share) => {
          each.scrollTop = each.scrollHeight * share;
        },
        ((turn / 40) * 0.17) % 1,
      );
    else await page.mouse.wheel(0, turn % 80 < 40 ? WHEEL_PX : -WHEEL_PX);
  }
}

function pageOf(rows: number): object {
  const items = Array.from({ length: rows }, (_, index) => ({
    id: `product-${index}`,
    title: `Product ${index}`,
    name: { en: `Product ${index}` },
    status: 'active',
    taxClass: 'food',
    price: 100 + (index % 5_000),
    addedAt: new Date(index * 60_000).toISOString(),
  }));
  return { items, next: 'end', more: false };
}
