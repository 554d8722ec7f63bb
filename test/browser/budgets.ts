/** What pages may weigh, and a sample of the sweep whose whole runs in sweep.extra.test.ts. */
import { expect, test } from 'vitest';
import { scriptKilobytes } from '../../tools/bench/console/script-sizes.ts';
import { scrollTable } from '../../tools/bench/console/scrolling.ts';
import { consoleAddresses, publicAddresses, sweep } from '../support/browser-sweep.ts';
import type { House } from './house.ts';

const DEMO_OWNER = 'demo@localhost';
/** The shell with much on it, a form, a table of ten thousands, a board. */
const SAMPLE = new Set([
  '/today',
  '/order/new/$locationId/$tableId',
  '/events',
  '/kitchen',
  '/access',
]);
const SWEEP_MS = 90_000;
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

  test(
    'axe and the width of some screens and of the public pages are as they should be',
    async () => {
      const staff = await house().signedIn(DEMO_OWNER);
      const inside = (await consoleAddresses(staff)).filter(({ name }) => SAMPLE.has(name));
      expect(inside).toHaveLength(SAMPLE.size);
      const found: string[] = [];
      for (const address of inside)
        for (const [width, look] of [[320, 'light'] as const, [1280, 'dark'] as const])
          found.push(...(await sweep(staff, address, { widths: [width], looks: [look] })));
      const guest = await house().visit();
      for (const address of [...publicAddresses(), { name: 'sign-in', path: '/' }])
        found.push(...(await sweep(guest, address, { widths: [320], looks: ['light', 'dark'] })));
      expect(found).toEqual([]);
    },
    SWEEP_MS,
  );

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
