/** Journeys of guests: a table booked, given up and offered to whoever waits; a quiz answered; being forgotten. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { wednesdayOfNextJune } from '../support/next-june.ts';
import { until } from '../support/until.ts';
import { PEOPLE } from './fill-house.ts';
import type { House } from './house.ts';

const BASE = '/public/default';

export function guestJourneys(house: () => House): void {
  describe('a table', () => booking(house));
  describe('a quiz', () => quiz(house));
  describe('a guest of the house', () => forgetting(house));
}

function booking(house: () => House): void {
  test('is booked and given up, and who waits for it is offered it', async ({ task }) => {
    const { ask, ids } = house();
    // Nobody else of these tests books then; a second try finds no table that the first one took.
    const day = wednesdayOfNextJune(task.result?.retryCount ?? 0);
    const six = `${day}T18:00:00.000Z`;
    const contact = { name: 'First', email: 'first@example.com' };
    const body = { locationId: ids.locationId, startsAt: six, partySize: 4, contact };
    await ask('/v1/reservations', body);
    const [first, second] = [await house().visit(), await house().visit({ width: 320 })];
    const form = `${BASE}/book?date=${day}&party=4&start=${six}`;
    await until('the page of the house', async () => (await fetch(house().url + form)).ok);
    await first.page.goto(form);
    await second.page.goto(form);
    await first.page.getByRole('button', { name: 'Take this time' }).click();
    await first.page.getByText(/Held for you until/).waitFor();
    await second.page.getByRole('button', { name: 'Take this time' }).click();
    await second.page.getByText('Somebody was faster').first().waitFor();
    await sendDetails(first.page, 'Ana');
    await first.page.getByRole('button', { name: 'Book the table' }).click();
    await first.page.getByText('Your table is booked.').waitFor();
    await sendDetails(second.page, 'Ben');
    await second.page.getByRole('button', { name: 'Put me on the waiting list' }).click();
    await second.page.getByText('You are on the list').first().waitFor();
    await first.page.getByRole('link', { name: 'Cancel the booking' }).click();
    await first.page.getByText('Cancelling costs nothing now.').waitFor();
    await first.page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await first.page.getByText('Cancelled', { exact: true }).first().waitFor();
    await until('the offer', async () => {
      await second.page.reload();
      return (await second.page.getByText('A table is free for you').count()) > 0;
    });
    await second.page.getByRole('button', { name: 'Take the table' }).click();
    await second.page.getByText('Confirmed', { exact: true }).waitFor();
    await second.page.goBack();
    await second.page.getByText('You have a table').first().waitFor();
    expect(await second.page.getByRole('button', { name: 'Take the table' }).count()).toBe(0);
    const { page } = await house().signedIn(PEOPLE.ada.email);
    await page.goto(`/reservations?day=${day}&view=list`);
    await page.getByText('Ben').first().waitFor();
  });
}

async function sendDetails(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.com`);
  await page.getByLabel(/I agree/).check();
}

function quiz(house: () => House): void {
  test('is answered by a visitor, and the lead is there', async () => {
    const { page } = await house().visit({ width: 320 });
    await page.goto(`${BASE}/quiz/guests`);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('radio', { name: 'A party' }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('textbox', { name: 'How many guests?' }).fill('12');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Music' }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('radio').last().check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel(/^E-mail/).fill('vera@example.com');
    await page.getByRole('checkbox', { name: 'Write to me.' }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Thank you').waitFor();
    const { page: desk } = await house().signedIn(PEOPLE.manager.email);
    await until('the lead on the board', async () => {
      await desk.goto('/leads');
      await desk.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
      await desk.locator('.animate-pulse').first().waitFor({ state: 'detached' });
      return (await desk.getByText('vera@example.com').or(desk.getByText('No name')).count()) > 0;
    });
    const { items } = await house().ask('/v1/leads/quizzes');
    await desk.goto(`/leads/quizzes/${items[0].id}`);
    await desk.getByRole('tab', { name: 'Results' }).click();
    await desk.getByText('How far people come').waitFor();
    await desk
      .getByRole('row', { name: /What brings you here/ })
      .first()
      .waitFor();
  });
}

function forgetting(house: () => House): void {
  test('is erased by the manager, and nobody can read the name any more', async () => {
    const name = 'Zenon Forgotten';
    const { id } = await house().ask('/v1/customers', { name, email: 'zenon@example.com' });
    const { page } = await house().signedIn('owner@house.example');
    await page.goto(`/guests/${id}`);
    await page.getByRole('heading', { name }).first().waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Erase the guest' }).click();
    const wizard = page.getByRole('dialog');
    await wizard.getByRole('button', { name: 'Continue' }).click();
    await wizard.getByRole('button', { name: 'Continue' }).click();
    await wizard.getByLabel(name).fill(name);
    await wizard.getByRole('button', { name: 'Erase for ever' }).click();
    await wizard.getByText('Erased.', { exact: true }).waitFor();
    await page.goto(`/guests/${id}`);
    await page.getByText('Erased guest').first().waitFor();
    expect(await page.content()).not.toContain('Zenon');
  });
}
