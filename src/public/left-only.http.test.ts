/** Who is no customer and left no more than an enquiry or a place on the waiting list: a whole server, its mail, its keys. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { yearOfNextJune } from '../../test/support/next-june.ts';
import { until } from '../../test/support/until.ts';
import { OPENED_MS_MAX } from '../whole-server.fixture.ts';
import { messagingFixture, type MessagingFixture } from '../messaging/app.fixture.ts';
import { startMailServer, type MailServer } from '../platform/mail/smtp.fixture.ts';
import { openHouse } from './public.fixture.ts';

const base = '/public/default';
const YEAR = yearOfNextJune();
let held: MessagingFixture;
let mail: MailServer;

beforeAll(async () => {
  mail = await startMailServer();
  held = await messagingFixture({}, { COMPTOIR_SMTP_URL: mail.url });
  await openHouse(async (path, body) => {
    const made = await held.call('POST', path, body);
    return { body: { id: String(made.body['id']) } };
  }, 1);
  // Whoever asks for the link waits for it, whatever hour it is.
  const quietHours = { from: '00:00', to: '23:59' };
  const sender = { name: 'Desk', channel: 'email', from: 'desk@bar.example', quietHours };
  expect((await held.call('POST', '/v1/messages/senders', sender)).status).toBe(201);
  await until('the place is on the list', async () => (await page('/menu')).status === 200);
}, OPENED_MS_MAX);
afterAll(async () => {
  await held.close();
  await mail.close();
});

const page = async (path: string, fields?: Readonly<Record<string, string>>) => {
  const answer = await fetch(`${held.app.url}${base}${path}`, {
    redirect: 'manual',
    headers: { accept: 'text/html', 'accept-language': 'en', 'sec-fetch-site': 'same-origin' },
    ...(fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) }),
  });
  return { status: answer.status, text: await answer.text() };
};

/** What follows the address of the house in the newest mail to somebody, whose domain is written small. */
const linkTo = (email: string) =>
  until(
    `a link to ${email}`,
    () => {
      const isTheirs = ({ to }: { readonly to: string }) =>
        to.toLowerCase() === email.toLowerCase();
      const text = mail.mails.findLast(isTheirs)?.text.replaceAll('=\r\n', '') ?? '';
      return /\/public\/default(\/me\/[\w-]{22})/.exec(text)?.[1];
    },
    { explain: () => JSON.stringify(mail.mails) },
  );

test.each([
  {
    left: 'an enquiry',
    at: 'enquire',
    list: '/v1/reservations/enquiries',
    fields: { date: `${YEAR}-06-25`, guests: '60' },
  },
  {
    left: 'a place on the waiting list',
    at: 'book/wait',
    list: '/v1/reservations/waitlist',
    fields: { start: `${YEAR}-06-26T17:00:00.000Z`, party: '2' },
  },
])('$left is in the file of whoever left it, and gone with them', async (visitor) => {
  const { at, list, fields } = visitor;
  const name = `Ewa ${at.length}`;
  const email = `Ewa.${at.length}@Example.com`;
  const words = [name, email, `a band of ${at.length}`];
  const contact = { name, email, note: words[2] ?? '', consent: 'yes' };
  const sent = await page(`/${at}`, {
    ...fields,
    ...contact,
    nonce: at.padEnd(22, 'x').slice(-22),
  });
  expect(sent.status).toBe(303);
  const listed = await until('it is listed', async () => {
    // safe because every list answers with its rows
    const items = (await held.call('GET', list)).body['items'] as { id: string; name: string }[];
    return items.find((each) => each.name === name);
  });
  await page('/me', { email: email.toLowerCase() });
  // To the address as it is on file, whatever was typed.
  const link = await linkTo(email);
  expect((await page(link)).text).toContain(name);
  const file = await page(`${link}/export.json`);
  expect(words.filter((word) => file.text.includes(word))).toEqual(words);
  expect((await page(`${link}/erase`, { understood: 'yes' })).text).toContain('You are forgotten');
  const everything = async (): Promise<string> => {
    const paths = [list, `${list}/${listed.id}`, `/v1/persons/${listed.id}/export`];
    const answers = await Promise.all(paths.map((path) => held.call('GET', path)));
    return JSON.stringify(answers);
  };
  const isGone = async () => {
    const told = await everything();
    return words.every((word) => !told.includes(word));
  };
  await until('it is erased', isGone);
  expect(await page(link)).toMatchObject({ status: 404 });
});
