/** Every public page of one house, in a real browser, with what each page needs. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser } from '../../test/support/browser.ts';
import { tooWide, violations, watch } from '../../test/support/browser-checks.ts';
import { yearOfNextJune } from '../../test/support/next-june.ts';
import { until } from '../../test/support/until.ts';
import { publicFixture, type PublicFixture } from './public.fixture.ts';
import { QUIZ } from './quiz.fixture.ts';

export const BASE = '/public/default';
export const YEAR = yearOfNextJune();

export interface PublicPages {
  readonly house: PublicFixture;
  /** Paths by name. */
  readonly paths: ReadonlyMap<string, string>;
  context(options: Look): Promise<BrowserContext>;
  close(): Promise<void>;
}

export interface Look {
  readonly width: number;
  readonly dark?: boolean;
  readonly scripts?: boolean;
}

export async function openPages(): Promise<PublicPages> {
  const house = await publicFixture({ tables: 2 });
  const paths = await fill(house);
  const browser = await openBrowser();
  return {
    house,
    paths,
    context: (look) => context(browser, look),
    close: async () => {
      await browser.close();
      await house.close();
    },
  };
}

/** A house with a menu, an order, a booking, a place on the waiting list and a link to one's own data. */
async function fill(house: PublicFixture): Promise<ReadonlyMap<string, string>> {
  const { post, locationId, send } = house;
  const pages = new Map<string, string>();
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
    const { text } = await house.page(`${BASE}/menu`);
    return text.includes('Bread') && text.includes('Negroni');
  });
  const guest = { name: 'Ana', email: 'ana@example.com', consent: 'yes' };
  const fields = { ...guest, party: '2' };
  const start = `${YEAR}-06-10T17:00:00.000Z`;
  const { location: taken } = await send(`${BASE}/book`, { party: '2', start });
  const booking = await send(`${taken}/confirm`, guest);
  const held = await send(`${BASE}/book`, { party: '2', start: `${YEAR}-06-15T17:00:00.000Z` });
  const waiting = await send(`${BASE}/book/wait`, { ...fields, start });
  await send(`${BASE}/me`, { email: 'ana@example.com' });
  await until('the link is sent', () => house.sent.length > 0);
  const mine = booking.location.split('?')[0] ?? '';
  for (const [name, path] of Object.entries({
    menu: `${BASE}/menu`,
    search: `${BASE}/book?date=${YEAR}-06-10`,
    held: held.location,
    wait: `${BASE}/book/wait?date=${YEAR}-06-10`,
    enquire: `${BASE}/enquire`,
    enquired: `${BASE}/enquire?done=sent`,
    take: `${BASE}/book?date=${YEAR}-06-11&start=${YEAR}-06-11T17:00:00.000Z`,
    booking: booking.location,
    change: `${mine}?ask=change`,
    cancel: `${mine}?ask=cancel`,
    waiting: waiting.location,
    order: (link.body as unknown as { path: string }).path,
    ask: `${BASE}/me`,
    me: house.sent[0]?.path ?? '',
    quiz: `${BASE}/quiz/guests`,
    fault: '/public/nobody/menu',
  }))
    pages.set(name, path);
  return pages;
}

function context(browser: Browser, look: Look): Promise<BrowserContext> {
  const { width, dark = false, scripts = true } = look;
  return browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: scripts,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
}

/** Every page in one look: nothing for axe to find, nothing wider than its window, nothing asked for elsewhere. */
export async function checkEveryPage(pages: PublicPages, look: Look): Promise<void> {
  const opened = await pages.context(look);
  const page = await opened.newPage();
  const watched = watch(page, pages.house.url);
  for (const [name, path] of pages.paths) {
    await page.goto(pages.house.url + path);
    expect([name, await violations(page)]).toEqual([name, []]);
    expect([name, await tooWide(page)]).toEqual([name, 0]);
  }
  await opened.close();
  expect(watched).toEqual({ errors: [], forbidden: [], foreign: [] });
}

/** Run in the page, which knows more names than this file. */
const SMALL_TARGETS = `[...document.querySelectorAll('a, button, input, select, textarea')]
  .filter((each) => each.closest('.trap') === null && !each.classList.contains('skip'))
  .filter((each) => getComputedStyle(each).display !== 'inline')
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 24)
  .map((each) => each.outerHTML)`;

/** Targets below 24 px, but for links within a text. */
export function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(SMALL_TARGETS);
}
