/** Times that guests hold on the public page: how many, for how long, and what comes after. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgedOf } from '../../test/support/forged.ts';
import { yearOfNextJune } from '../../test/support/next-june.ts';
import { until } from '../../test/support/until.ts';
import { publicFixture, type PublicFixture } from './public.fixture.ts';

let house: PublicFixture;
const base = '/public/default';
const YEAR = yearOfNextJune();
const en = { 'accept-language': 'en' };
let nowMs = Date.now();
const pass = (ms: number) => (nowMs += ms);
const MINUTE_MS = 60_000;

beforeAll(async () => {
  house = await publicFixture({ tables: 9, clock: { nowMs: () => nowMs } });
  await until('the place is on the list', async () => {
    const { status } = await house.page(`${base}/menu`);
    return status === 200;
  });
});
afterAll(() => house.close());

let forms = 0;
const hold = (start: string, more: Record<string, string> = {}) => {
  forms += 1;
  const nonce = String(forms).padStart(22, 'n');
  return house.send(`${base}/book`, { start, party: '2', nonce, ...more }, en);
};
const who = { name: 'Ana', email: 'ana@example.com', consent: 'yes' };
const at = (day: string) => `${YEAR}-06-${day}T17:00:00.000Z`;
const statusOf = async (held: string) => {
  const id = (held.split('/').at(-1) ?? '').slice(0, -23);
  const { body } = await house.http.json(`/v1/reservations/${id}`);
  return body;
};

test('R5, R14: an address holds two without a name, two more for each contact, and never more than four of nine tables', async () => {
  const open = [await hold(at('10')), await hold(at('10'))];
  expect(open.map(({ status }) => status)).toEqual([303, 303]);
  const third = await hold(at('10'));
  expect([third.status, third.text.includes('Who is it for?')]).toEqual([409, true]);
  const faulty = await hold(at('10'), { name: 'Ana' });
  expect([faulty.status, faulty.text.includes('Write an e-mail or a phone')]).toEqual([400, true]);
  const { consent: _consent, ...named } = who;
  expect((await hold(at('10'), named)).status).toBe(303);
  const held = await hold(at('10'), { ...named, email: 'ANA@example.com' });
  expect(held.status).toBe(303);
  // As it is kept, and filled in for who confirms.
  expect((await statusOf(held.location)).contact).toEqual({
    name: 'Ana',
    email: 'ANA@example.com',
  });
  expect((await house.page(held.location, en)).text).toContain('value="ANA@example.com"');
  const fifth = await hold(at('10'), { ...named, email: 'Ana@Example.com' });
  expect([fifth.status, fifth.text.includes('Two tables are held for you')]).toEqual([409, true]);
  const other = await hold(at('10'), { ...named, email: 'ben@example.com' });
  expect([other.status, other.text.includes('Many tables are being held')]).toEqual([409, true]);
  // What is booked does not count, nor what ran out.
  const made = await house.send(`${held.location}/confirm`, who, en);
  expect(made.location).toBe(`${held.location}?done=made`);
  expect((await hold(at('10'), { ...named, email: 'ben@example.com' })).status).toBe(303);
  pass(10 * MINUTE_MS);
  expect((await hold(at('11'))).status).toBe(303);
});

test('a hold that ran out says so, is free for others, and offers the times that are near', async () => {
  pass(10 * MINUTE_MS);
  const { location } = await hold(at('12'));
  pass(10 * MINUTE_MS);
  const late = await house.send(`${location}/confirm`, who, en);
  expect(late.location).toBe(location);
  const page = await house.page(location, en);
  expect(page.text).toContain('the table is free again');
  expect(page.text).toContain(`value="${at('12')}"`);
  expect(page.text).not.toContain('Held for you');
  // Browsers tell nobody where a page with a token is.
  const anew = await house.send(
    `${location}/again`,
    { start: at('12'), party: '2', nonce: 'again'.padEnd(22, 'x') },
    { origin: 'null', ...en },
  );
  expect(anew.location).toMatch(/\/booking\//);
  expect(anew.location).not.toBe(location);
  expect((await house.page(anew.location, en)).text).toContain('Held for you until');
  expect((await statusOf(location)).status).not.toBe('confirmed');
});

test('a hold can be moved without being lost, and given up', async () => {
  pass(10 * MINUTE_MS);
  const { location } = await hold(at('14'));
  const ask = await house.page(`${location}?ask=change&date=${YEAR}-06-15`, en);
  expect(ask.text).toContain(`value="${at('15')}"`);
  const moved = await house.send(`${location}/change`, { start: at('15'), party: '3' });
  expect(moved.location).toBe(`${location}?done=unchanged`);
  await house.send(`${location}/change`, { start: at('15'), party: '2' });
  expect(await statusOf(location)).toMatchObject({ status: 'held', startsAt: at('15') });
  const told = /name="told" value="([^"]+)"/.exec(
    (await house.page(`${location}?ask=cancel`, en)).text,
  )?.[1];
  await house.send(`${location}/cancel`, { told: told ?? '' });
  expect((await statusOf(location)).status).toBe('cancelled');
});

test('where the house must say yes, nobody is told that the table is booked', async () => {
  pass(10 * MINUTE_MS);
  const calendar = { locationId: house.locationId, confirmation: 'manual' };
  await house.post('/v1/reservations/calendars', calendar);
  const { location } = await hold(at('17'));
  const made = await house.send(`${location}/confirm`, who, en);
  const { text } = await house.page(made.location, en);
  expect(text).toContain('will say yes or no');
  expect([text.includes('Waiting for the house'), text.includes('is booked')]).toEqual([
    true,
    false,
  ]);
});

test('nobody confirms from the page of another site, or a time that is not theirs', async () => {
  pass(10 * MINUTE_MS);
  const { location } = await hold(at('16'));
  const foreign = { 'sec-fetch-site': 'cross-site', ...en };
  expect((await house.send(`${location}/confirm`, who, foreign)).status).toBe(403);
  expect((await house.send(`${forgedOf(location)}/confirm`, who, en)).status).toBe(404);
  expect((await house.send(`${location}/confirm`, { ...who, status: 'seated' }, en)).status).toBe(
    400,
  );
  expect((await statusOf(location)).status).toBe('held');
});

test('R8: neither address nor contact stands in what says who holds', async () => {
  pass(10 * MINUTE_MS);
  await hold(at('18'), { name: 'Canary', email: 'canary@example.com' });
  const { body } = await house.http.json(
    '/v1/events?type=comptoir.reservation-holder.*&limit=1000',
  );
  expect(body.events.length).toBeGreaterThan(0);
  expect(JSON.stringify(body)).not.toMatch(/canary|127\.0\.0\.1/i);
});
