/** Every public page at every width, light and dark. */
import { afterAll, beforeAll, test } from 'vitest';
import { browserMissing } from '../../test/support/browser.ts';
import { WIDTHS } from '../../test/support/browser-checks.ts';
import { checkEveryPage, openPages, type PublicPages } from './browser-pages.fixture.ts';

const skipped = browserMissing() !== null;
let pages: PublicPages;

beforeAll(async () => {
  if (!skipped) pages = await openPages();
});
afterAll(async () => {
  if (!skipped) await pages.close();
});

test
  .skipIf(skipped)
  .each(WIDTHS.flatMap((width) => [false, true].map((dark) => [width, dark] as const)))(
  'every page at %d px, dark: %s, is without fault for axe, fits, and leaves the server alone',
  async (width, dark) => {
    await checkEveryPage(pages, { width, dark });
  },
);
