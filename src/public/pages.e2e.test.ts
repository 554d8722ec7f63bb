/** The pages in a real browser: nothing for axe to find, keyboard alone, without a script, nothing from elsewhere. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing, openBrowser } from '../../test/support/browser.ts';
import { until } from '../../test/support/until.ts';
import { publicFixture, type PublicFixture } from './public.fixture.ts';
import { QUIZ } from './quiz.fixture.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [320, 768, 1280];
const YEAR = new Date().getUTCFullYear() + 1;
/** Six looks at a dozen pages. */
const SWEEP_MS = 120_000;

let house: PublicFixture;
let browser: Browser;
const skipped = browserMissing() !== null;
const base = '/public/default';
/** Pages with what they need, by name. */
const pages = new Map<string, string>();

beforeAll(async () => {
  if (skipped) return;
  house = await publicFixture({ tables: 2 });
  await fill();
  browser = await openBrowser();
}, SWEEP_MS);
afterAll(async () => {
  if (skipped) return;
  await browser.close();
  await house.close();
});

async function fill(): Promise<void> {
  const { post, locationId, send } = house;
  const category = await post('/v1/catalog/categories', { name: { en: 'Drinks', pl: 'Napoje' } });
  const categoryId = category.body['id'];
  for (const name of ['Espresso', 'Negroni <i>sbagliato</i>', 'شاي بالنعناع', 'x'.repeat(200)])
    await post('/v1/catalog/products', {
      name: { en: name },
      price: 950,
      taxClass: 'standard',
      allergens: ['milk'],
      categoryId,
    });
  const bread = { name: { en: 'Bread' }, price: 300, taxClass: 'standard' };
  const { body: product } = await post('/v1/catalog/products', bread);
  await post('/v1/leads/quizzes', { slug: 'guests', definition: QUIZ, publish: true });
  await post('/v1/customers', { name: 'Ana', email: 'ana@example.com', language: 'en' });
  const line = { productId: product['id'], quantity: 1, modifiers: [], expectedPrice: 300 };
  const order = await post('/v1/orders', { locationId, channel: 'eat-in', lines: [line] });
  const link = await post('/v1/public-links/orders', { orderId: order.body['id'] });
  await until('place and menu are there', async () => {
    const { text } = await house.page(`${base}/menu`);
    return text.includes('Bread') && text.includes('Negroni');
  });
  const fields = { name: 'Ana', email: 'ana@example.com', consent: 'yes', party: '2' };
  const start = `${YEAR}-06-10T17:00:00.000Z`;
  const booking = await send(`${base}/book`, { ...fields, start });
  const waiting = await send(`${base}/book/wait`, { ...fields, start });
  await send(`${base}/me`, { email: 'ana@example.com' });
  await until('the link is sent', () => house.sent.length > 0);
  const mine = booking.location.split('?')[0] ?? '';
  for (const [name, path] of Object.entries({
    menu: `${base}/menu`,
    search: `${base}/book?date=${YEAR}-06-10`,
    details: `${base}/book?date=${YEAR}-06-11&start=${YEAR}-06-11T17:00:00.000Z`,
    booking: booking.location,
    change: `${mine}?ask=change`,
    cancel: `${mine}?ask=cancel`,
    waiting: waiting.location,
    order: (link.body as unknown as { path: string }).path,
    ask: `${base}/me`,
    me: house.sent[0]?.path ?? '',
    quiz: `${base}/quiz/guests`,
    fault: '/public/nobody/menu',
  }))
    pages.set(name, path);
}

async function context(options: {
  readonly width: number;
  readonly dark?: boolean;
  readonly scripts?: boolean;
}): Promise<BrowserContext> {
  const { width, dark = false, scripts = true } = options;
  return browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: scripts,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
}

/** What the browser complains of, and requests that leave the server. */
function watch(page: Page): readonly string[] {
  const seen: string[] = [];
  page.on('console', (message) => {
    const isFault = message.type() === 'error' && !message.text().includes('404');
    if (isFault) seen.push(message.text());
  });
  page.on('pageerror', (error) => void seen.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(house.url)) seen.push(`left the server: ${request.url()}`);
  });
  return seen;
}

/** Run in the page, which knows more names than this file. */
const SMALL_TARGETS = `[...document.querySelectorAll('a, button, input, select, textarea')]
  .filter((each) => each.closest('.trap') === null && !each.classList.contains('skip'))
  .filter((each) => getComputedStyle(each).display !== 'inline')
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 24)
  .map((each) => each.outerHTML)`;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** In a world of its own, where the policy of the page does not forbid it. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then((result) => result.violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe.skipIf(skipped)('every page', () => {
  test.each(WIDTHS.flatMap((width) => [false, true].map((dark) => [width, dark] as const)))(
    'at %d px, dark: %s, is without fault for axe, fits, and leaves the server alone',
    async (width, dark) => {
      const opened = await context({ width, dark });
      const page = await opened.newPage();
      const faults = watch(page);
      for (const [name, path] of pages) {
        await page.goto(house.url + path);
        expect([name, await violations(page)]).toEqual([name, []]);
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect([name, wide]).toEqual([name, Math.min(wide, width)]);
      }
      await opened.close();
      expect(faults).toEqual([]);
    },
    SWEEP_MS,
  );

  test('has targets of 24 px at least, but for links within a text', async () => {
    const opened = await context({ width: 320 });
    const page = await opened.newPage();
    for (const [name, path] of pages) {
      await page.goto(house.url + path);
      const small = await page.evaluate<readonly string[]>(SMALL_TARGETS);
      expect([name, small]).toEqual([name, []]);
    }
    await opened.close();
  });
});

test.skipIf(skipped)('a fault that is put in is found by each of the checks', async () => {
  const opened = await context({ width: 320 });
  const page = await opened.newPage();
  const faults = watch(page);
  await page.goto(`${house.url}${base}/menu`);
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend',
    '<img src="https://elsewhere.invalid/x.png"><a class="button" id="tiny">x</a>')`);
  await page.evaluate(`Object.assign(document.getElementById('tiny').style,
    { minHeight: '0', padding: '0', fontSize: '8px', width: '2000px' })`);
  expect((await violations(page)).join()).toContain('image-alt');
  expect(await page.evaluate<readonly string[]>(SMALL_TARGETS)).toHaveLength(1);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeGreaterThan(320);
  expect(faults.join()).toMatch(/Content Security Policy|left the server/);
  await opened.close();
});

describe.skipIf(skipped)('a guest', () => {
  test('books and cancels without a script', async () => {
    const opened = await context({ width: 768, scripts: false });
    const page = await opened.newPage();
    await page.goto(`${house.url}${base}/book?date=${YEAR}-06-12`);
    await page.getByRole('link', { name: '20:00' }).click();
    await page.getByLabel('Name').fill('Jan');
    await page.getByLabel('Phone').fill('+48 123 456 789');
    await page.getByLabel(/I agree/).check();
    await page.getByRole('button', { name: 'Book the table' }).click();
    expect(await page.locator('.status').textContent()).toContain('Confirmed');
    await page.reload();
    await page.getByRole('link', { name: 'Cancel the booking' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    expect(await page.locator('.status').textContent()).toContain('Cancelled');
    // The page before is a page of its own, and sending its form again changes nothing.
    await page.goBack();
    expect(await page.locator('.status').textContent()).toContain('Cancelled');
    await opened.close();
  });

  test('books with the keyboard alone', async () => {
    const opened = await context({ width: 1280 });
    const page = await opened.newPage();
    await page.goto(
      `${house.url}${base}/book?date=${YEAR}-06-13&start=${YEAR}-06-13T17:00:00.000Z`,
    );
    const type = async (label: string, text: string) => {
      await until(`focus is on ${label}`, async () => {
        await page.keyboard.press('Tab');
        return page.evaluate<boolean>(`document.activeElement?.id === '${label}'`);
      });
      await page.keyboard.type(text);
    };
    await type('name', 'Ana');
    await type('email', 'ana@example.com');
    await type('consent', ' ');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=made/);
    await opened.close();
  });

  test('answers a quiz with the keyboard, is resumed where it was left, and goes back', async () => {
    const opened = await context({ width: 1280 });
    const page = await opened.newPage();
    const faults = watch(page);
    await page.goto(`${house.url}${base}/quiz/guests`);
    await page.getByRole('button', { name: 'Begin' }).press('Enter');
    await page.getByRole('radio', { name: 'A party' }).press('Space');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'How many guests?' }).fill('12');
    await page.reload();
    await page.getByText('going on where you were').waitFor();
    await page.getByRole('textbox', { name: 'How many guests?' }).fill('12');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Music' }).waitFor();
    await page.goBack();
    await page.getByRole('textbox', { name: 'How many guests?' }).waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('12');
    expect(await violations(page)).toEqual([]);
    await opened.close();
    expect(faults).toEqual([]);
  });

  test('is told why a quiz does nothing without a script', async () => {
    const opened = await context({ width: 320, scripts: false });
    const page = await opened.newPage();
    await page.goto(`${house.url}${base}/quiz/guests`);
    await page.getByText('This page needs JavaScript').waitFor({ state: 'visible' });
    await opened.close();
  });
});
