/** What pages may weigh, and whether the checks of sweep.extra.test.ts find what they look for. */
import { expect, test } from 'vitest';
import { scriptKilobytes } from '../../tools/bench/console/script-sizes.ts';
import { scrollTable } from '../../tools/bench/console/scrolling.ts';
import { sweep } from '../support/browser-sweep.ts';
import type { House } from './house.ts';

const ROWS = 100_000;
const DOM_ROWS_MAX = 100;

export function budgets(house: () => House): void {
  test.each([
    ['menu', '/public/default/menu', 60],
    ['book', '/public/default/book', 60],
    ['quiz', '/public/default/quiz/guests', 200],
  ])('the page %s asks for few scripts', async (_name, path, kilobytes) => {
    const { page } = await house().visit();
    expect(await scriptKilobytes(page, path)).toBeLessThanOrEqual(kilobytes);
  });

  test('the first screen of the console asks for 300 kB of scripts at most', async () => {
    const { page } = await house().signedIn('owner@house.example');
    const kilobytes = await scriptKilobytes(page, '/today');
    expect(kilobytes).toBeGreaterThan(50);
    expect(kilobytes).toBeLessThanOrEqual(300);
  });

  test('a table of a hundred thousand rows keeps at most a hundred in the document', async () => {
    const { page } = await house().signedIn('owner@house.example');
    const scrolled = await scrollTable(page, { rows: ROWS, seconds: 2 });
    expect(scrolled.rows).toBe(ROWS);
    expect(scrolled.domRowsMax).toBeGreaterThan(10);
    expect(scrolled.domRowsMax).toBeLessThanOrEqual(DOM_ROWS_MAX);
  });

  test('a fault that is put into a screen is found by each of the checks', async () => {
    const { page, watched } = await house().visit();
    const address = { name: 'sign-in', path: '/' };
    await page.route('**/logo.svg', (route) => route.abort());
    await page.addInitScript(`addEventListener('load', () => {
      setInterval(() => {
        if (document.querySelector('#planted') !== null) return;
        document.body.insertAdjacentHTML('beforeend',
          '<div id="planted"><img src="https://elsewhere.invalid/x.png"><a class="flex" href="/">x</a></div>');
        document.querySelector('#planted a').style.cssText = 'width: 2000px';
      }, 20);
    })`);
    const found = (await sweep({ page, context: page.context() }, address, { widths: [320] })).join(
      '\n',
    );
    expect(found).toContain('image-alt');
    expect(found).toMatch(/wider than its window/);
    expect([...watched.forbidden, ...watched.foreign].join()).toContain('elsewhere.invalid');
    for (const lines of Object.values(watched)) lines.splice(0);
  });
}
