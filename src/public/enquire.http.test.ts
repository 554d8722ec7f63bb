/** A guest asks a house for an event, with a form alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { BOOKINGS } from './limits.ts';
import { publicFixture, type PublicFixture } from './public.fixture.ts';

let house: PublicFixture;
const page = '/public/default/enquire';
const YEAR = new Date().getUTCFullYear() + 1;
const en = { 'accept-language': 'en' };

beforeAll(async () => {
  house = await publicFixture({ tables: 1 });
  await until('the place is on the list', async () => {
    const { status } = await house.page(`/public/default/menu`);
    return status === 200;
  });
});
afterAll(() => house.close());

const fields = {
  date: `${YEAR}-06-12`,
  guests: '60',
  budget: '12 500',
  packageName: 'Wedding buffet',
  note: 'Is there a place for a band?',
  name: 'Ana <b>Souza</b>',
  email: 'ana@example.com',
  consent: 'yes',
};
const nonce = (text: string) => text.padEnd(22, 'x').slice(0, 22);
const send = (text: string, more: Record<string, string> = {}) =>
  house.send(page, { ...fields, nonce: nonce(text), ...more }, en);
const enquiries = async (): Promise<readonly Record<string, unknown>[]> =>
  (await house.http.json('/v1/reservations/enquiries')).body.items;

describe('an enquiry', () => {
  test('is led to from the page of bookings, and comes to the house with date, guests and budget', async () => {
    const { text } = await house.page('/public/default/book', en);
    expect(text).toContain(`href="${page}"`);
    expect((await house.page(page, en)).text).toContain('Budget in PLN');
    const sent = await send('first');
    expect([sent.status, sent.location]).toEqual([303, `${page}?done=sent`]);
    expect((await house.page(sent.location, en)).text).toContain('The house has your enquiry');
    await until('it is listed', async () => (await enquiries()).length === 1);
    const [{ id } = {}] = await enquiries();
    const { body } = await house.http.json(`/v1/reservations/enquiries/${String(id)}`);
    expect(body).toMatchObject({
      status: 'new',
      locationId: house.locationId,
      date: fields.date,
      guests: 60,
      budget: { amount: 1_250_000, currency: 'PLN' },
      packageName: 'Wedding buffet',
      message: fields.note,
      contact: { name: fields.name, email: fields.email },
      language: 'en',
    });
  });

  test('that is sent twice at once comes once', async () => {
    const before = (await enquiries()).length;
    await Promise.all([send('twice'), send('twice'), send('twice')]);
    await send('after');
    await until('both are listed', async () => (await enquiries()).length >= before + 2);
    expect((await enquiries()).length).toBe(before + 2);
  });

  test('is asked for again with what is missing marked, and nothing is lost of it', async () => {
    const faulty = await send('faulty', {
      date: `${YEAR}-02-30`,
      guests: '0',
      budget: '3000.50',
      name: '',
      consent: '',
    });
    expect(faulty.status).toBe(400);
    for (const fault of ['date', 'guests', 'budget', 'name', 'consent'])
      expect(faulty.text).toContain(`id="${fault}-fault"`);
    expect(faulty.text).toContain('value="3000.50"');
    expect(faulty.text).toContain('Is there a place for a band?');
  });

  test('for a day that is over is refused at its day', async () => {
    const past = await send('past', { date: '2020-01-01' });
    expect([past.status, past.text.includes('This day is over.')]).toEqual([400, true]);
    expect(past.text).toContain('Ana &lt;b&gt;Souza&lt;/b&gt;');
  });

  test('of a program, or of a form of another site, is none', async () => {
    const before = (await enquiries()).length;
    expect((await send('robot', { website: 'spam.example' })).location).toBe(`${page}?done=sent`);
    const elsewhere = await house.send(page, fields, { 'sec-fetch-site': 'cross-site' });
    expect(elsewhere.status).toBe(403);
    expect((await enquiries()).length).toBe(before);
  });

  test('is one of so many from an address in a while', async () => {
    const answers = [];
    for (let n = 0; n < BOOKINGS.times; n += 1) answers.push((await send(`many${n}`)).status);
    expect(answers).toContain(303);
    expect(answers.at(-1)).toBe(429);
  });
});
