/** The pages in a real browser: nothing for axe to find, keyboard alone, without a script, nothing from elsewhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing } from '../../test/support/browser.ts';
import { tooWide, violations, watch } from '../../test/support/browser-checks.ts';
import { until } from '../../test/support/until.ts';
import {
  BASE,
  YEAR,
  checkEveryPage,
  openPages,
  smallTargets,
  type PublicPages,
} from './browser-pages.fixture.ts';

/** Two looks at a dozen pages; all six are those of pages-sweep.extra.test.ts. */
const SWEEP_MS = 120_000;

let pages: PublicPages;
const skipped = browserMissing() !== null;

beforeAll(async () => {
  if (!skipped) pages = await openPages();
}, SWEEP_MS);
afterAll(async () => {
  if (!skipped) await pages.close();
});

describe.skipIf(skipped)('every page', () => {
  test.each([
    [320, false],
    [1280, true],
  ])(
    'at %d px, dark: %s, is without fault for axe, fits, and leaves the server alone',
    async (width, dark) => {
      await checkEveryPage(pages, { width, dark });
    },
    SWEEP_MS,
  );

  test('has targets of 24 px at least, but for links within a text', async () => {
    const opened = await pages.context({ width: 320 });
    const page = await opened.newPage();
    for (const [name, path] of pages.paths) {
      await page.goto(pages.house.url + path);
      expect([name, await smallTargets(page)]).toEqual([name, []]);
    }
    await opened.close();
  });
});

test.skipIf(skipped)('a fault that is put in is found by each of the checks', async () => {
  const opened = await pages.context({ width: 320 });
  const page = await opened.newPage();
  const watched = watch(page, pages.house.url);
  await page.goto(`${pages.house.url}${BASE}/menu`);
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend',
    '<img src="https://elsewhere.invalid/x.png"><a class="button" id="tiny">x</a>')`);
  await page.evaluate(`Object.assign(document.getElementById('tiny').style,
    { minHeight: '0', padding: '0', fontSize: '8px', width: '2000px' })`);
  expect((await violations(page)).join()).toContain('image-alt');
  expect(await smallTargets(page)).toHaveLength(1);
  expect(await tooWide(page)).toBeGreaterThan(0);
  expect([...watched.forbidden, ...watched.foreign].join()).toContain('elsewhere.invalid');
  await opened.close();
});

describe.skipIf(skipped)('a guest', () => {
  test('books and cancels without a script', async () => {
    const opened = await pages.context({ width: 768, scripts: false });
    const page = await opened.newPage();
    await page.goto(`${pages.house.url}${BASE}/book?date=${YEAR}-06-12`);
    await page.getByRole('button', { name: '20:00' }).click();
    await page.getByText(/Held for you until \d\d:\d\d/).waitFor();
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
    const opened = await pages.context({ width: 1280 });
    const page = await opened.newPage();
    await page.goto(
      `${pages.house.url}${BASE}/book?date=${YEAR}-06-13&start=${YEAR}-06-13T17:00:00.000Z`,
    );
    await page.getByRole('button', { name: 'Take this time' }).press('Enter');
    await page.getByLabel('Name').waitFor();
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

  test('sees the minutes of a hold go down without a script, and the page says the moment in words', async () => {
    const opened = await pages.context({ width: 320, scripts: false });
    const page = await opened.newPage();
    await page.goto(`${pages.house.url}${BASE}/book?date=${YEAR}-06-16`);
    await page.getByRole('button', { name: '20:00' }).click();
    await page.getByText(/Held for you until \d\d:\d\d/).waitFor();
    // By the clock of the style, so many seconds after the page was made.
    const left = async (seconds: number) =>
      page.evaluate<string>(`(() => {
        const shown = document.querySelector('.countdown .minutes');
        const [animation] = shown.getAnimations();
        animation.pause();
        animation.currentTime = ${seconds * 1000};
        return getComputedStyle(shown).getPropertyValue('--left');
      })()`);
    const shown = [await left(0), await left(60), await left(560), await left(700)];
    expect(shown).toEqual(['10', '9', '1', '0']);
    await opened.close();
  });

  test('answers a quiz with the keyboard, is resumed where it was left, and goes back', async () => {
    const opened = await pages.context({ width: 1280 });
    const page = await opened.newPage();
    const watched = watch(page, pages.house.url);
    await page.goto(`${pages.house.url}${BASE}/quiz/guests`);
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
    expect(watched).toEqual({ errors: [], forbidden: [], foreign: [] });
  });

  test('hears in the language of the page what is wrong with an answer', async () => {
    const opened = await pages.context({ width: 320 });
    const page = await opened.newPage();
    await page.goto(`${pages.house.url}${BASE}/quiz/guests?lang=pl`);
    await page.getByRole('button', { name: 'Zaczynamy' }).click();
    await page.getByRole('radio', { name: 'Przyjęcie' }).check();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Ilu gości?' }).fill('9000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Najwięcej 500.').waitFor();
    await opened.close();
  });

  test('is told why a quiz does nothing without a script', async () => {
    const opened = await pages.context({ width: 320, scripts: false });
    const page = await opened.newPage();
    await page.goto(`${pages.house.url}${BASE}/quiz/guests`);
    await page.getByText('This page needs JavaScript').waitFor({ state: 'visible' });
    await opened.close();
  });
});
