/** Journeys of who writes to guests: a quiz that is tried before it is published, a conversation, work on documents. */
import { createHmac } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { startFakeProvider } from '../../tools/fake-provider/fake-provider.ts';
import { documentOf } from '../support/pdf/write-pdf.ts';
import { violations } from '../support/browser-checks.ts';
import { until } from '../support/until.ts';
import { MEMBER_NAME, MEMBER_PHONE, PEOPLE } from './fill-house.ts';
import { inHouse } from './in-house.ts';

const APP_SECRET = 'the secret of a journey';
const NUMBER_ID = '1001';
const HOUR_MS = 3_600_000;
const provider = await startFakeProvider({ appSecret: APP_SECRET });
const { skipped, house } = inHouse({
  COMPTOIR_WHATSAPP_URL: provider.url,
  COMPTOIR_WHATSAPP_TOKEN: 'token',
  COMPTOIR_WHATSAPP_APP_SECRET: APP_SECRET,
});
afterAll(() => provider.close());

const desk = async (path: string): Promise<Page> => {
  const { page } = await house().signedIn(PEOPLE.manager.email);
  await page.goto(path);
  return page;
};

describe.skipIf(skipped)('a quiz', () => {
  test('is built, warns of a loop while it is built, is tried, and published as it was tried', async () => {
    const page = await desk('/leads/quizzes/new');
    await page.getByRole('textbox', { name: 'Title' }).fill('Which table?');
    await page.getByRole('button', { name: 'Create quiz' }).click();
    await page.getByRole('button', { name: 'Add question' }).click();
    const questions = page.getByRole('region', { name: 'Questions' });
    await questions.getByRole('textbox', { name: 'Question', exact: true }).fill('By the window?');
    for (const [index, name] of ['Window', 'Bar'].entries()) {
      await questions.getByRole('button', { name: 'Add option' }).click();
      await questions.getByRole('textbox', { name: `Option ${index + 1}`, exact: true }).fill(name);
    }
    await page.getByRole('combobox', { name: 'Kind' }).last().selectOption({ label: 'Text' });
    await page.getByRole('button', { name: 'Add question' }).click();
    await questions.getByRole('textbox', { name: 'Question', exact: true }).fill('Any wishes?');
    await questions.getByRole('checkbox', { name: 'Must be answered' }).uncheck();
    // Round in a circle: said at once, before anybody saves.
    await questions.getByRole('button', { name: 'Add jump' }).click();
    await questions.getByRole('button', { name: /^Remove: condition/ }).click();
    await questions
      .getByRole('combobox', { name: /Go to/ })
      .selectOption({ label: 'By the window?' });
    await page.getByText('The jumps lead round in a loop').waitFor();
    await questions.getByRole('button', { name: 'Remove: Jump 1' }).click();
    await page.getByText('The jumps lead round in a loop').waitFor({ state: 'detached' });
    await ensureEnding(page);
    await tryIt(page);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Published.', { exact: true }).waitFor();
    const { items } = await house().ask('/v1/leads/sessions?quizId=which-table');
    expect(items).toEqual([]);
    const { page: visitor } = await house().visit({ width: 320 });
    await visitor.goto('/public/default/quiz/which-table');
    await visitor.getByRole('button', { name: 'Begin' }).click();
    await visitor.getByRole('radio', { name: 'Window' }).waitFor();
  });
});

async function ensureEnding(page: Page): Promise<void> {
  const title = page.getByRole('textbox', { name: 'Ending 1', exact: true });
  if ((await title.count()) === 0) await page.getByRole('button', { name: 'Add ending' }).click();
  await title.fill('See you there');
}

/** The draft, which nobody has saved, answered as a visitor would. */
async function tryIt(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Preview' }).click();
  const drawer = page.getByRole('dialog');
  const visitor = drawer.getByRole('region', { name: 'What the visitor sees' });
  await visitor.getByText('Question 1 of 2').waitFor();
  await visitor.getByRole('button', { name: 'Next' }).click();
  await visitor.getByText('A visitor has to answer this.').waitFor();
  await visitor.getByRole('radio', { name: 'Bar' }).check();
  await visitor.getByRole('button', { name: 'Next' }).click();
  await visitor.getByText('Question 2 of 2').waitFor();
  const ways = drawer.getByRole('region', { name: 'Ways through the quiz' });
  await ways.locator('[aria-current=step]').getByText('Any wishes?').waitFor();
  await ways.getByText('Bar', { exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
  await visitor.getByRole('button', { name: 'Skip' }).click();
  await visitor.getByText('See you there').waitFor();
  await drawer.getByRole('button', { name: 'Start again' }).click();
  await visitor.getByText('Question 1 of 2').waitFor();
  await page.keyboard.press('Escape');
}

describe.skipIf(skipped)('a conversation', () => {
  test('waits at the top, is answered, and tells how far the answer came', async () => {
    await openDesk();
    await says({ from: MEMBER_PHONE.slice(1), text: 'A table for four?' });
    const page = await desk('/messages');
    const waiting = page.getByRole('region', { name: 'Waiting for an answer' });
    await waiting.getByRole('link', { name: new RegExp(MEMBER_NAME) }).click();
    await page.getByRole('heading', { name: MEMBER_NAME, level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Guest card' }).waitFor();
    const answer = page.getByRole('textbox', { name: 'Your answer' });
    // What was typed is kept where the server was not reached.
    await page.route('**/reply', (route) => route.abort('connectionrefused'));
    await answer.fill('With pleasure, at eight.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await answer.inputValue()).toBe('With pleasure, at eight.');
    await page.unroute('**/reply');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const thread = page.getByRole('log');
    await thread.getByText('With pleasure, at eight.').waitFor();
    await thread
      .getByText('Delivered', { exact: true })
      .or(thread.getByText('Read', { exact: true }))
      .first()
      .waitFor();
    expect(await answer.inputValue()).toBe('');
    await page
      .getByRole('region', { name: 'Answered' })
      .getByRole('link', { name: new RegExp(MEMBER_NAME) })
      .waitFor();
    expect(await violations(page)).toEqual([]);
    // Live: they want no more of it.
    await says({ from: MEMBER_PHONE.slice(1), text: 'stop' });
    await page.getByText('Wants no messages').first().waitFor();
    await page.getByRole('button', { name: 'Write again' }).click();
    await page.getByRole('dialog').getByLabel('How they asked').fill('at the counter');
    await page.getByRole('dialog').getByRole('button', { name: 'Write again' }).click();
    await page.getByText('The person may be written to again.').waitFor();
  });

  test('takes a template only once a day has passed, and shows what the person gets', async () => {
    await says({ from: '48501234599', text: 'Until when are you open?', agoMs: 30 * HOUR_MS });
    const page = await desk('/messages');
    await page.getByRole('link', { name: /48501234599/ }).click();
    await page.getByText('More than 24 hours have passed').waitFor();
    expect(await page.getByRole('textbox', { name: 'Your answer' }).isVisible()).toBe(false);
    await page.getByRole('textbox', { name: 'time' }).fill('23:00');
    await page.getByText('We are open until 23:00.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const thread = page.getByRole('log');
    await thread.getByText('We are open until 23:00.').waitFor();
    await page.getByRole('button', { name: 'Close conversation' }).click();
    await page.getByText('The next message opens it again').waitFor();
    await page.getByRole('button', { name: 'Closed', exact: true }).click();
    await page.getByRole('link', { name: /48501234599/ }).waitFor();
  });

  test('an answer that nobody knows the fate of says so, and has two ways out', async () => {
    provider.behave({ dropsAnswer: 1, statusDelayMs: 100 * HOUR_MS });
    await says({ from: '48501234588', text: 'Hello?' });
    const page = await desk('/messages');
    await page.getByRole('link', { name: /48501234588/ }).click();
    await page.getByRole('textbox', { name: 'Your answer' }).fill('Hello.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Unknown whether it arrived').waitFor();
    for (const name of ['Send again', 'Give up'])
      expect(await page.getByRole('button', { name }).getAttribute('aria-disabled')).toBe('true');
    provider.behave({ dropsAnswer: 0, statusDelayMs: 50 });
  });
});

/** A number of the house, and a template that may begin a conversation. */
async function openDesk(): Promise<void> {
  provider.webhookTo(`${house().url}/public/webhooks/whatsapp/default`);
  const { id: senderId } = await house().ask('/v1/messages/senders', {
    name: 'Front desk',
    channel: 'whatsapp',
    from: '+48123456789',
    phoneNumberId: NUMBER_ID,
    wabaId: '2001',
    secretName: 'front-desk',
    quietHours: null,
    caps: [],
  });
  const { id } = await house().ask('/v1/messages/templates', {
    name: 'opening_hours',
    channel: 'whatsapp',
    category: 'utility',
    variables: [{ name: 'time', example: '22:00' }],
    texts: [{ language: 'en', body: 'We are open until {{time}}.' }],
  });
  await house().ask(`/v1/messages/templates/${id}/submit`, { senderId });
  await until('the template to be approved', async () => {
    const { items } = await house().ask('/v1/messages/templates');
    return items.some((each: { approval: string }) => each.approval === 'approved');
  });
}

let said = 0;

/** Somebody writes to the number, as the provider reports it. */
async function says(message: {
  readonly from: string;
  readonly text: string;
  readonly agoMs?: number;
}): Promise<void> {
  const { from, text, agoMs = 0 } = message;
  said += 1;
  const timestamp = String(Math.floor((Date.now() - agoMs) / 1000));
  const inbound = {
    from,
    id: `wamid.journey.${said}`,
    timestamp,
    type: 'text',
    text: { body: text },
  };
  const value = { metadata: { phone_number_id: NUMBER_ID }, messages: [inbound] };
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '2001', changes: [{ field: 'messages', value }] }],
  });
  const signature = createHmac('sha256', APP_SECRET).update(body).digest('hex');
  const answer = await fetch(`${house().url}/public/webhooks/whatsapp/default`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  expect(answer.status, await answer.text()).toBe(200);
}

describe.skipIf(skipped)('documents', () => {
  test('keep their names through joining, a watermark and a lock, and operations are listed anywhere', async () => {
    const page = await desk('/documents');
    await page
      .locator('input[type=file]')
      .setInputFiles([pdf('Winter menu – żurek.pdf', 'soups'), pdf('wine list.pdf', 'bottles')]);
    const grid = page.getByRole('grid', { name: 'Documents' });
    for (const name of ['Winter menu – żurek.pdf', 'wine list.pdf'])
      await row(grid, name).getByText('Clean', { exact: true }).waitFor();
    for (const name of ['Winter menu – żurek.pdf', 'wine list.pdf'])
      await row(grid, name).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Join into one' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('wine list.pdf').waitFor();
    await dialog.getByRole('button', { name: 'Start' }).click();
    const jobs = page.getByRole('region', { name: 'Operations' });
    await jobs.getByText(/^Join into one: .*(menu|wine)/).waitFor();
    await operate(page, 'Winter menu – żurek.pdf', {
      what: 'Watermark',
      field: 'Text',
      typed: 'DRAFT',
    });
    await operate(page, 'wine list.pdf', {
      what: 'Protect with a password',
      field: 'Password',
      typed: 'grand cru 1982',
    });
    // Whoever looks later, or elsewhere, sees them too.
    const elsewhere = await desk('/documents');
    const listed = elsewhere.getByRole('region', { name: 'Operations' });
    await until(
      'three operations to be done',
      async () => (await listed.getByText('Done', { exact: true }).count()) === 3,
    );
    const made = elsewhere.getByRole('grid', { name: 'Documents' });
    await row(made, 'Watermark: Winter menu – żurek.pdf').getByText('Clean').waitFor();
    await row(made, 'Protect with a password: wine list.pdf').getByText('Locked').waitFor();
    expect(await violations(elsewhere)).toEqual([]);
    const { items } = await house().ask('/v1/documents/jobs');
    expect(JSON.stringify(items)).not.toContain('grand cru');
  });
});

function pdf(name: string, text: string) {
  return { name, mimeType: 'application/pdf', buffer: documentOf({ pages: [{ text }] }) };
}

function row(grid: Locator, name: string): Locator {
  return grid.getByRole('row').filter({ has: grid.page().getByText(name, { exact: true }) });
}

async function operate(
  page: Page,
  name: string,
  asked: { readonly what: string; readonly field: string; readonly typed: string },
): Promise<void> {
  const { what, field, typed } = asked;
  await row(page.getByRole('grid', { name: 'Documents' }), name)
    .getByText(name, { exact: true })
    .click();
  const drawer = page.getByRole('dialog', { name });
  await drawer.getByRole('button', { name: 'Do something with it' }).click();
  const dialog = page.getByRole('dialog').last();
  await dialog.getByRole('combobox', { name: 'Operation' }).selectOption({ label: what });
  await dialog.getByLabel(new RegExp(`^${field}`)).fill(typed);
  await dialog.getByRole('button', { name: 'Start' }).click();
  await drawer.getByText(`${what}: ${name}`).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
}
