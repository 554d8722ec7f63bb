/** How much JavaScript a page asks for before its title is there. */
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';

const KILOBYTE = 1_000;

/** Kilobytes of 1,000 bytes, each script packed by itself as a server would. */
export async function scriptKilobytes(page: Page, path: string): Promise<number> {
  const scripts = new Set<string>();
  const note = (response: Response): void => {
    const type = response.headers()['content-type'] ?? '';
    if (type.includes('javascript') && response.ok()) scripts.add(response.url());
  };
  // What the page before still fetches ahead is not asked for by this one.
  await page.goto('about:blank');
  page.on('response', note);
  await page.goto(path, { waitUntil: 'load' });
  await page.locator('h1').first().waitFor();
  page.off('response', note);
  let bytes = 0;
  // Asked for again: the browser does not keep the body of everything that it was sent.
  for (const url of scripts) {
    const answer = await page.context().request.get(url);
    bytes += gzipSync(await answer.body()).length;
  }
  return bytes / KILOBYTE;
}
