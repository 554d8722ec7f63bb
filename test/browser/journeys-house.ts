/** Journeys of the people of a house: signing in, the tablet, an order from the table to the points. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { totpAt, TOTP_STEP_SECONDS } from '../../src/access/totp/totp.ts';
import { actingPdf, cleanPdf, falsePdf } from '../../src/demo/papers.ts';
import { until } from '../support/until.ts';
import { MEMBER_PHONE, PASSWORD, PEOPLE } from './fill-house.ts';
import type { House } from './house.ts';

export function houseJourneys(house: () => House): void {
  describe('signing in', () => signingIn(house));
  describe('a tablet of the house', () => tablet(house));
  describe('an order', () => order(house));
  describe('a document', () => documents(house));
}

function signingIn(house: () => House): void {
  test('takes a password, and a code once the second factor is on', async () => {
    const { page } = await house().visit();
    await page.goto('/');
    await typeSignIn(page, PEOPLE.locked.email, 'not the password');
    await page.getByText('You are not signed in').waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    const begin = page.locator('form', { hasText: 'Continue' });
    await begin.getByLabel('Present password').fill(PASSWORD);
    await begin.getByLabel('Present password').press('Enter');
    await page.getByLabel('First code of the app').waitFor();
    const secret = (await page.locator('code').last().textContent()) ?? '';
    const step = stepNow();
    await page.getByLabel('First code of the app').fill(totpAt(secret, step));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('The second factor is on.').waitFor();
    await leave(page);
    await typeSignIn(page, PEOPLE.locked.email, PASSWORD);
    await page.getByLabel('Code from the authenticator app').waitFor();
    expect(await page.getByRole('heading', { name: 'Today', level: 1 }).count()).toBe(0);
    // A code counts once: this is the next one, which the server takes as early as that.
    await page.getByLabel('Code from the authenticator app').fill(totpAt(secret, step + 1));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'You and this screen' }).waitFor();
  });

  test('works with the keyboard alone, and the password is not in the address', async () => {
    const { page } = await house().visit();
    await page.goto('/');
    // The first field has the focus.
    await until('the form', () =>
      page.evaluate<boolean>("document.activeElement?.type === 'email'"),
    );
    await page.keyboard.type(PEOPLE.manager.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    expect(page.url()).not.toContain('bottles');
    await page.reload();
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('floor');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Floor', level: 1 }).waitFor();
  });
}

function tablet(house: () => House): void {
  test('is enrolled by the manager, two waiters switch by PIN, a refund needs approval', async () => {
    const { ids } = house();
    const order = await paidOrder(house());
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto('/access?tab=devices');
    await page.getByRole('button', { name: 'Enrol this tablet' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the device').fill('Tablet of the hall');
    await dialog.getByRole('button', { name: 'Enrol this tablet' }).click();
    await page.getByText('This computer is enrolled').first().waitFor();
    await leave(page);
    await switchTo(page, PEOPLE.ada);
    await page.getByRole('heading', { name: 'Floor', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'You and this screen' }).click();
    await page.getByRole('menuitem', { name: 'Switch person' }).click();
    await switchTo(page, PEOPLE.bruno, 'wrong first');
    await page.goto(`/order/${order.id}`);
    await more(page, 'Refund');
    const refund = page.getByRole('dialog');
    await refund.getByLabel('Reason').fill('It was cold');
    await refund.getByRole('button', { name: /^Refund/ }).click();
    await page.getByRole('heading', { name: 'Needs approval' }).waitFor();
    expect((await house().ask(`/v1/orders/${order.id}`)).refunded.amount).toBe(0);
    const approval = page.getByRole('dialog', { name: 'Needs approval' });
    await approval.getByRole('button', { name: new RegExp(PEOPLE.manager.name) }).click();
    for (const digit of PEOPLE.manager.pin) await page.keyboard.press(digit);
    await approval.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Given back: €15.00').first().waitFor();
    const { refunded } = await house().ask(`/v1/orders/${order.id}`);
    expect([refunded.amount, ids.locationId]).toEqual([1500, order.locationId]);
  });
}

function order(house: () => House): void {
  test('is taken at a table, cooked, split and paid, and points appear', async () => {
    const waiter = await house().signedIn(PEOPLE.ada.email);
    const { page } = waiter;
    await page.goto('/floor');
    const table = page.getByRole('button', { name: /^\d+ Free/ }).first();
    const name = ((await table.textContent()) ?? '').charAt(0);
    await table.click();
    await page.getByRole('button', { name: 'Take the order' }).click();
    await page.getByRole('button', { name: /^Burger/ }).click();
    await page.getByRole('button', { name: /^Burger/ }).click();
    await page.getByRole('button', { name: /^Fries/ }).click();
    await page.getByRole('button', { name: 'Send order €34.00' }).click();
    await page.waitForURL(/\/order\/(?!new)/);
    await more(page, 'Member and points');
    const member = page.getByRole('dialog');
    await member.getByLabel('Phone number').fill(MEMBER_PHONE);
    await member.getByRole('button', { name: 'Find' }).click();
    await member.getByRole('button', { name: 'This order is theirs' }).click();
    await member.getByText('Not theirs after all').waitFor();
    await page.keyboard.press('Escape');
    const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    await cook(house(), /Order (\d+)/.exec(title)?.[1] ?? '?');
    await page.getByText('Ready').first().waitFor();
    await more(page, 'Split');
    await page.getByRole('dialog').getByRole('button', { name: 'Split', exact: true }).click();
    await page.getByText('The bill is split.').first().waitFor();
    const first = page.url();
    await pay(page, 'Cash');
    const paid = await house().ask(`/v1/orders/${first.split('/').at(-1)}`);
    expect([paid.status, paid.payments.length]).toEqual(['closed', 1]);
    await page.goto('/floor');
    await page.getByRole('button', { name: new RegExp(`^${name} .*Ordered`) }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/order/') && url.href !== first);
    await pay(page, 'Card');
    await until('points of what was paid', async () => {
      const path = `/v1/loyalty/members?phone=${encodeURIComponent(MEMBER_PHONE)}`;
      const { items } = await house().ask(path);
      return items[0].points > 0;
    });
    await page.goto('/floor');
    await page.getByRole('button', { name: new RegExp(`^${name} (?!.*Ordered)`) }).waitFor();
  });

  test('is taken, sent and paid with the keyboard alone', async () => {
    const { page } = await house().signedIn(PEOPLE.bruno.email);
    await page.goto(`/order/new/${house().ids.locationId}/-`);
    await page.getByRole('button', { name: /^Fries/ }).waitFor();
    for (const name of [/Fries/, /Send order €4.00/]) {
      await focusOn(page, name);
      await page.keyboard.press('Enter');
    }
    await page.waitForURL(/\/order\/(?!new)/);
    await page.getByRole('button', { name: 'Pay €4.00' }).waitFor();
    for (const name of [/Pay €4.00/, /Take €4.00/]) {
      await focusOn(page, name);
      await page.keyboard.press('Enter');
    }
    await page.getByText('Paid').first().waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
}

/** With Tab, Enter and what is typed: no pointer. */
async function focusOn(page: Page, name: RegExp): Promise<void> {
  await until(`the focus on ${String(name)}`, async () => {
    await page.keyboard.press('Tab');
    const text = await page.evaluate<string>(
      "(document.activeElement?.getAttribute('aria-label') ?? '') + ' ' + (document.activeElement?.textContent ?? '')",
    );
    return name.test(text);
  });
}

async function cook(house: House, bill: string): Promise<void> {
  const { page } = await house.signedIn(PEOPLE.cook.email);
  await page.goto('/');
  // What follows the number in the whole text is how many of the first dish.
  const ticket = page.getByRole('article').filter({ has: page.getByText(new RegExp(`#${bill}$`)) });
  await ticket.waitFor();
  expect(await ticket.textContent()).toContain('Burger');
  // The key that its button names.
  const done = await ticket.getByRole('button', { name: /^Done \d/ }).textContent();
  await page.keyboard.press(/\d/.exec(done ?? '')?.[0] ?? '1');
  await ticket.waitFor({ state: 'detached' });
}

function documents(house: () => House): void {
  test('that is good is clean, one that acts is disarmed, one that is none is refused, all in words', async () => {
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto('/documents');
    const mimeType = 'application/pdf';
    const files = { good: cleanPdf('Menu'), acting: actingPdf('Offer'), none: falsePdf() };
    await page.locator('input[type=file]').setInputFiles(
      Object.entries(files).map(([name, bytes]) => ({
        name: `${name}.pdf`,
        mimeType,
        buffer: Buffer.from(bytes),
      })),
    );
    await page.getByText('Clean', { exact: true }).first().waitFor();
    await page.getByText('Disarmed', { exact: true }).first().waitFor();
    await page
      .getByText('Refused', { exact: true })
      .or(page.getByText('could not be uploaded'))
      .first()
      .waitFor();
    await page.getByText('Disarmed', { exact: true }).first().click();
    await page.getByText('What was taken out').waitFor();
  });
}

/** Opens what stands in the menu of a bill. */
async function more(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).last().click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function pay(page: Page, kind: 'Cash' | 'Card'): Promise<void> {
  await page.getByRole('button', { name: /^Pay €/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: kind, exact: true }).click();
  // A double click pays once.
  await dialog.getByRole('button', { name: /^Take €/ }).dblclick();
  await dialog.waitFor({ state: 'detached' });
}

/** A burger that was paid over the counter. */
export async function paidOrder(
  house: House,
): Promise<{ readonly id: string; readonly locationId: string }> {
  const { locationId, burgerId } = house.ids;
  const line = { productId: burgerId, quantity: 1, modifiers: [], expectedPrice: 1500 };
  const payments = [{ kind: 'card', amount: 1500 }];
  const { id } = await house.ask('/v1/orders', {
    locationId,
    channel: 'take-away',
    lines: [line],
    payments,
  });
  return { id, locationId };
}

async function typeSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'You and this screen' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

async function switchTo(
  page: Page,
  { name, pin }: { readonly name: string; readonly pin: string },
  first?: 'wrong first',
): Promise<void> {
  await page.getByRole('button', { name: new RegExp(name) }).click();
  if (first !== undefined) {
    for (const digit of '9999') await page.keyboard.press(digit);
    await page.keyboard.press('Enter');
    await page.getByText('That was not the PIN.').waitFor();
  }
  for (const digit of pin) await page.keyboard.press(digit);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'You and this screen' }).waitFor();
}

function stepNow(): number {
  return Math.floor(Date.now() / 1_000 / TOTP_STEP_SECONDS);
}
