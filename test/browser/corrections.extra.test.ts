/** Putting right how money came in and went back, as a manager does it, and what tills and bills say afterwards. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PEOPLE } from './fill-house.ts';
import type { House } from './house.ts';
import { inHouse } from './in-house.ts';

const { skipped, house } = inHouse();
const PHONE = 390;

describe.skipIf(skipped)('what was recorded wrong', () => {
  test('is put right with the keyboard, for one of two payments and for a refund', async () => {
    const { tillId, id } = await paidTwice(house());
    const { page } = await house().signedIn(PEOPLE.manager.email);
    await page.goto(`/order/${id}`);
    const dialog = await correctDialog(page);
    expect(await dialog.getByRole('button', { name: 'Correct to Card' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').focus();
    await page.keyboard.type('Pressed the wrong key');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('The payment is corrected.').first().waitFor();
    await page.getByText('Cash corrected to Card').waitFor();
    await xReport(house(), tillId, { count: 1, cash: -1000, card: 1000, other: 0 });
    await house().ask(`/v1/orders/${id}/refund`, {
      id: 'r1',
      kind: 'cash',
      amount: 400,
      reason: 'It was cold',
      tillId,
    });
    await page.getByText('Given back: Cash').waitFor();
    await correctDialog(page);
    await dialog.getByLabel('Payment or refund').selectOption('refund:r1');
    await dialog.getByText('Really given back').waitFor();
    await dialog.getByLabel('Reason').fill('It went to the card');
    await dialog.getByRole('button', { name: 'Correct to Card' }).click();
    await page.getByText('Refund in Cash corrected to Card').waitFor();
    await xReport(house(), tillId, { count: 2, cash: -600, card: 600, other: 0 });
  });

  test('counts at a till that is open where its own was closed, also on a phone', async () => {
    const { tillId, id } = await paidTwice(house());
    const other = await openTill(house(), 'Terrace');
    const at = `/v1/business/tills/${tillId}`;
    await house().ask(`${at}/count`, { counted: 0 });
    await house().ask(`${at}/close-session`, {});
    const { page } = await house().signedIn(PEOPLE.manager.email, { width: PHONE });
    await page.goto(`/order/${id}`);
    const dialog = await correctDialog(page);
    expect(await dialog.getByLabel('Till').inputValue()).not.toBe(tillId);
    await dialog.getByLabel('Till').selectOption(other);
    await dialog.getByLabel('Reason').fill('Pressed the wrong key');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE);
    await dialog.getByRole('button', { name: 'Correct to Card' }).click();
    await page.getByText('Cash corrected to Card').first().waitFor();
    await xReport(house(), other, { count: 1, cash: -1000, card: 1000, other: 0 });
  });

  test.each([
    {
      language: 'en',
      order: /^Order \d+, €15\.00$/,
      more: 'More',
      correct: 'Correct payment',
      reason: 'Reason',
      card: 'Correct to Card',
      asked: 'Needs approval',
      approve: 'Approve',
      done: 'Cash corrected to Card',
    },
    {
      language: 'pl',
      order: /^Zamówienie \d+, 15,00\s€$/,
      more: 'Więcej',
      correct: 'Popraw płatność',
      reason: 'Powód',
      card: 'Popraw na: Karta',
      asked: 'Potrzebna zgoda',
      approve: 'Zatwierdź',
      done: 'Gotówka, poprawiono na: Karta',
    },
    {
      language: 'pt',
      order: /^Pedido \d+, €\s15,00$/,
      more: 'Mais',
      correct: 'Corrigir pagamento',
      reason: 'Motivo',
      card: 'Corrigir para Cartão',
      asked: 'Precisa de aprovação',
      approve: 'Aprovar',
      done: 'Dinheiro, corrigido para Cartão',
    },
  ])('by a waiter waits for the approval of a manager, in $language', async (said) => {
    const { tillId, id } = await paidTwice(house());
    const speak = async (page: Page): Promise<void> => {
      await page.addInitScript(`localStorage.setItem('comptoir.language', '${said.language}')`);
    };
    const waiter = (await house().signedIn(PEOPLE.ada.email, { width: PHONE })).page;
    await speak(waiter);
    await waiter.goto(`/order/${id}`);
    const bill = waiter.getByRole('main');
    await bill.getByRole('button', { name: said.more, exact: true }).click();
    await waiter.getByRole('menuitem', { name: said.correct, exact: true }).click();
    await waiter.getByRole('dialog').getByLabel(said.reason).fill('It was the card');
    await waiter.getByRole('button', { name: said.card }).click();
    await waiter.getByRole('heading', { name: said.asked }).waitFor();
    await xReport(house(), tillId);
    const manager = (await house().signedIn(PEOPLE.manager.email)).page;
    await speak(manager);
    await manager.goto('/access?tab=approvals');
    const request = manager.getByRole('main').getByRole('button', { name: said.approve });
    await request.first().waitFor();
    await manager.getByRole('link', { name: said.order }).waitFor();
    const { name } = await house().ask(`/v1/business/tills/${tillId}`);
    await manager.getByRole('main').getByText(name, { exact: true }).waitFor();
    await request.first().click();
    await waiter.getByText(said.done).first().waitFor();
    await xReport(house(), tillId, { count: 1, cash: -1000, card: 1000, other: 0 });
  });
});

async function openTill({ ask, ids }: Pick<House, 'ask' | 'ids'>, name: string): Promise<string> {
  const { locationId } = ids;
  const { id } = await ask('/v1/business/tills', { locationId, name: `${name} ${Date.now()}` });
  await ask(`/v1/business/tills/${id}/open-session`, { float: 0 });
  return id;
}

/** A burger of 15.00: ten in cash, five by card. */
async function paidTwice({ ask, ids }: House) {
  const tillId = await openTill({ ask, ids }, 'Bar');
  const { locationId, burgerId } = ids;
  const { id } = await ask('/v1/orders', {
    locationId,
    channel: 'eat-in',
    lines: [{ productId: burgerId, quantity: 1, expectedPrice: 1500 }],
    payments: [
      { id: 'p1', kind: 'cash', amount: 1000, tillId },
      { id: 'p2', kind: 'card', amount: 500, tillId },
    ],
  });
  return { tillId, id };
}

async function correctDialog(page: Page) {
  const bill = page.getByRole('main');
  await bill.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Correct payment', exact: true }).click();
  return page.getByRole('dialog');
}

async function xReport({ ask }: House, tillId: string, corrections?: object): Promise<void> {
  const report = await ask(`/v1/business/tills/${tillId}/x-report`);
  expect(report.corrections).toEqual(corrections);
}
