/**
 * What a person feels: when the largest part of a page is there (LCP), and how long the page takes to answer a touch (INP:
 * the Event Timing of the browser, from the input to the next frame), as web.dev/articles/vitals defines them.
 */
import type { Page } from 'playwright-core';

/** Of a page that has just loaded, in milliseconds. */
export async function largestPaintMs(page: Page, path: string, heading = 'h1'): Promise<number> {
  await page.goto(path, { waitUntil: 'load' });
  await page.locator(heading).first().waitFor();
  return page.evaluate<number>(`new Promise((resolve) => {
    let at = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) at = Math.max(at, entry.startTime);
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    setTimeout(() => resolve(at), 1000);
  })`);
}

/** Run before the page's own scripts: keeps the longest duration of each interaction. */
const KEEP_INTERACTIONS = `{
  const kept = new Map();
  globalThis.keptInteractions = kept;
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) kept.set(interactionId, Math.max(kept.get(interactionId) ?? 0, duration));
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
}`;

/**
 * Milliseconds of each interaction that took longer than a frame, while the page changes once a second. `rounds` of the
 * same few touches: the palette opened, typed into and closed, the rail folded, a tab changed, a person's menu.
 */
export async function interactionsMs(
  page: Page,
  { path, rounds }: { readonly path: string; readonly rounds: number },
): Promise<{ readonly slow: readonly number[]; readonly touches: number }> {
  await page.addInitScript(KEEP_INTERACTIONS);
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  let touches = 0;
  const press = async (key: string): Promise<void> => {
    await page.keyboard.press(key);
    touches += 1;
  };
  for (let round = 0; round < rounds; round += 1) {
    await press('Control+k');
    await page.getByRole('dialog').waitFor();
    for (const letter of 'floor') await press(letter);
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const name of ['Collapse the rail', 'Expand the rail']) {
      await page.getByRole('button', { name }).click();
      touches += 1;
    }
    await page.getByRole('button', { name: 'You and this screen' }).click();
    await page.getByRole('menu').waitFor();
    await press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    touches += 1;
  }
  const slow = await page.evaluate<readonly number[]>('[...globalThis.keptInteractions.values()]');
  return { slow, touches };
}

/** The value that `share` of all are at or below; interactions of less than a frame count as 16 ms. */
export function percentileOf(
  { slow, touches }: { readonly slow: readonly number[]; readonly touches: number },
  share: number,
): number {
  const quick = Math.max(0, touches - slow.length);
  const all = [...Array.from({ length: quick }, () => FRAME_MS), ...slow].toSorted((a, b) => a - b);
  return all[Math.min(all.length - 1, Math.ceil(all.length * share) - 1)] ?? Number.NaN;
}

const FRAME_MS = 16;
