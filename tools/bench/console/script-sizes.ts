/** How much JavaScript a page asks for before it is quiet. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

const KILOBYTE = 1_000;

/** Kilobytes of 1,000 bytes, each script packed by itself as a server would. */
export async function scriptKilobytes(page: Page, path: string): Promise<number> {
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    if (!type.includes('javascript') || !response.ok()) return;
    scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(path, { waitUntil: 'load' });
  await page.locator('h1').first().waitFor();
  const sizes = await Promise.all(scripts);
  return sizes.reduce((sum, size) => sum + size, 0) / KILOBYTE;
}
