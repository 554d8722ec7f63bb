/** A guest books, changes, cancels and waits, with forms alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgedOf } from '../../test/support/forged.ts';
import { yearOfNextJune } from '../../test/support/next-june.ts';
import { until } from '../../test/support/until.ts';
import { publicFixture, type PublicFixture } from './public.fixture.ts';

let house: PublicFixture;
const base = '/public/default';
const YEAR = yearOfNextJune();
const en = { 'accept-language': 'en' };

beforeAll(async () => {
  house = await publicFixture({ tables: 1 });
  await until('the place is on the list', async () => {
    const { status } = await house.page(`${base}/menu`);
    return status === 200;
  });
});
afterAll(() => house.close());

const guest = {
  name: 'Ana <img src=x onerror=alert(1)> أحمد',
  email: 'ana@example.com',
  note: '"><script>alert(2)</script>',
  consent: 'yes',
};
const at = (day: string, time = '17:00') => `${YEAR}-06-${day}T${time}:00.000Z`;
const nonce = (text: string) => text.padEnd(22, 'x').slice(0, 22);
const hold = (start: string, more: Record<string, string> = {}) =>
  house.send(
    `${base}/book`,
    { start, party: '2', nonce: nonce(start.slice(5, 16).replaceAll(/\W/g, '')), ...more },
    en,
  );
const confirm = (held: string, more: Record<string, string> = {}) =>
  house.send(`${path(held)}/confirm`, { ...guest, ...more }, en);
/** Both steps. */
const book = async (start: string, more: Record<string, string> = {}) => {
  const { nonce: given, ...who } = more;
  const held = await hold(start, given === undefined ? {} : { nonce: given });
  return held.status === 303 ? confirm(held.location, who) : held;
};

/** Of what a page leads to. */
const path = (location: string): string => location.split('?')[0] ?? '';

describe('booking', () => {
  test('goes from a free time that is held to a page of one’s own, where everything stands as text', async () => {
    const search = await house.page(`${base}/book?date=${YEAR}-06-10&party=2`, en);
    expect(search.text).toContain(`name="start" value="${at('10')}"`);
    expect(search.text).toMatch(/name="nonce" value="[\w-]{22}"/);
    const held = await hold(at('10'));
    expect([held.status, held.location]).toEqual([
      303,
      expect.stringMatching(/^\/public\/default\/booking\/[\w-]+\.[\w-]{22}$/),
    ]);
    const form = await house.page(held.location, en);
    expect(form.text).toMatch(/Held for you until \d\d:\d\d/);
    expect(form.text).toMatch(/data-tens="\d"\s+data-ones="9"\s+data-seconds="[0-5]"/);
    expect([form.text.includes('19:00'), form.text.includes('<script')]).toEqual([true, false]);
    const made = await confirm(held.location);
    expect(made.location).toBe(`${held.location}?done=made`);
    const page = await house.page(made.location, en);
    expect(page.text).toContain('Your table is booked.');
    expect(page.text).toContain('Ana &lt;img src=x onerror=alert(1)&gt; أحمد');
    expect(page.text).not.toMatch(/<img|<script/);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('the same forms sent twice at once hold and book once', async () => {
    const sent = await Promise.all([hold(at('11')), hold(at('11')), hold(at('11'))]);
    expect(new Set(sent.map(({ location }) => location)).size).toBe(1);
    const held = sent[0]?.location ?? '';
    const made = await Promise.all([confirm(held), confirm(held, { name: 'Another' })]);
    expect(made.map(({ location }) => location)).toEqual([
      `${held}?done=made`,
      `${held}?done=made`,
    ]);
    expect((await confirm(held, { name: 'Too late' })).location).toBe(`${held}?done=made`);
    expect((await house.page(held, en)).text).not.toContain('Too late');
  });

  test('a form with faults comes back filled in, with each fault at its field, and the table stays held', async () => {
    const held = await hold(at('12'));
    const wrong = { name: 'x'.repeat(10_000), email: 'no', consent: '' };
    const { status, text } = await confirm(held.location, wrong);
    expect(status).toBe(400);
    expect(text).toContain('This is no e-mail address.');
    expect(text.match(/aria-invalid="true"/g)).toHaveLength(3);
    expect(text).toContain('value="no"');
    expect(text).toContain('Held for you until');
    expect((await confirm(held.location)).location).toContain('done=made');
  });

  test('a time that was taken meanwhile offers others and the waiting list', async () => {
    await book(at('13'));
    const full = await hold(at('13'), { nonce: nonce('second') });
    expect(full.status).toBe(409);
    expect(full.text).toMatch(/name="start" value="\d{4}-06-13T\d\d:\d\d:00.000Z"/);
    expect(full.text).toContain(`action="${base}/book/wait"`);
  });

  test('a time in the address is chosen already, and held only by its button', async () => {
    const form = `${base}/book?date=${YEAR}-06-22&party=2&start=${at('22')}`;
    expect((await house.page(form, en)).text).toContain('Take this time');
    expect((await house.page(form, en)).text).toContain('Take this time');
  });

  test('a form of another site, a program in a trap, and what no page of ours sends change nothing', async () => {
    const foreign = await house.send(
      `${base}/book`,
      { start: at('14'), party: '2' },
      { 'sec-fetch-site': 'cross-site', ...en },
    );
    expect([foreign.status, foreign.text.includes('did not come from our page')]).toEqual([
      403,
      true,
    ]);
    const website = 'https://spam.example';
    const trapped = await hold(at('14'), { website });
    expect([trapped.status, path(trapped.location)]).toEqual([303, `${base}/menu`]);
    const waits = { ...guest, start: at('14'), party: '2', website };
    expect(path((await house.send(`${base}/book/wait`, waits)).location)).toBe(`${base}/menu`);
    expect((await hold('tomorrow')).status).toBe(400);
    expect((await hold(at('14'), { status: 'confirmed' })).status).toBe(400);
    const json = await house.http.call(`${base}/book`, { method: 'POST', body: {}, key: null });
    expect(json.status).toBe(415);
    // Nothing was taken by any of these.
    const held = await hold(at('14'));
    expect(held.status).toBe(303);
    expect(path((await confirm(held.location, { website })).location)).toBe(`${base}/menu`);
    expect((await house.page(held.location, en)).text).toContain('Held for you until');
    expect((await confirm(held.location)).location).toContain('done=made');
  });
});

describe('a booking', () => {
  test('is moved to a time beside its own, and stays where the wish is taken', async () => {
    const mine = path((await book(at('15', '17:00'))).location);
    const change = await house.page(`${mine}?ask=change`, en);
    expect(change.text).toContain(`value="${at('15', '17:15')}"`);
    const moved = await house.send(`${mine}/change`, { start: at('15', '17:15'), party: '2' });
    expect(moved.location).toBe(`${mine}?done=changed`);
    expect((await house.page(moved.location, en)).text).toContain('19:15');
    await book(at('15', '19:30'), { nonce: nonce('other') });
    const taken = await house.send(`${mine}/change`, { start: at('15', '19:30'), party: '2' });
    expect(taken.location).toBe(`${mine}?done=unchanged`);
    expect((await house.page(taken.location, en)).text).toContain('19:15');
  });

  test('is cancelled after the cost was told, and a look changes nothing', async () => {
    const mine = path((await book(at('16'))).location);
    const ask = await house.page(`${mine}?ask=cancel`, en);
    expect(ask.text).toContain('Cancelling costs nothing now.');
    expect((await house.page(mine, en)).text).toContain('Confirmed');
    const told = /name="told" value="([^"]+)"/.exec(ask.text)?.[1] ?? '';
    const wrong = await house.send(`${mine}/cancel`, { told: 'late.5000.0' });
    expect(wrong.location).toBe(`${mine}?ask=cancel`);
    const done = await house.send(`${mine}/cancel`, { told });
    expect(done.location).toBe(`${mine}?done=cancelled`);
    expect((await house.page(done.location, en)).text).toContain('Cancelled');
    expect((await house.page(`${mine}/calendar.ics`)).text).toContain('STATUS:CANCELLED');
    expect((await house.send(`${mine}/cancel`, { told })).status).toBe(303);
  });

  test('can be taken into a calendar', async () => {
    const mine = path((await book(at('17'))).location);
    const { text, headers } = await house.page(`${mine}/calendar.ics`);
    expect(headers.get('content-type')).toContain('text/calendar');
    expect(text).toContain(`DTSTART:${YEAR}0617T170000Z`);
    expect(text).not.toContain('Ana <');
    expect(text).toContain('STATUS:CONFIRMED');
  });

  test('opens for its token alone, and all others answer alike', async () => {
    const mine = path((await book(at('18'))).location);
    const token = mine.split('/').at(-1) ?? '';
    await house.http.tenant('other');
    const answers = await Promise.all([
      house.page(`${base}/booking/${forgedOf(token)}`, en),
      house.page(`${base}/booking/nobody.${token.slice(-22)}`, en),
      house.page(`${base}/booking/x`, en),
    ]);
    const plain = answers.map(({ status, text }) => [
      status,
      text.replace(/<code>[0-9a-f]+<\/code>/, ''),
    ]);
    expect(plain[0]).toEqual(plain[1]);
    expect(plain[0]).toEqual(plain[2]);
    expect([answers[0]?.status, answers[0]?.text.includes('does not work any more')]).toEqual([
      404,
      true,
    ]);
  });

  test('is closed to a link that was renewed', async () => {
    const mine = path((await book(at('19'))).location);
    const id = (mine.split('/').at(-1) ?? '').slice(0, -23);
    await house.post(`/v1/reservations/${id}/renew-link`, {});
    expect((await house.page(mine)).status).toBe(404);
  });
});

describe('the waiting list', () => {
  test('offers what became free to who waits, who takes it', async () => {
    const first = path((await book(at('20'))).location);
    const fields = { ...guest, name: 'Waiting', start: at('20'), party: '2', nonce: nonce('wait') };
    const list = await house.page(`${base}/book/wait?date=${YEAR}-06-20&party=2`, en);
    expect(list.text).toContain(`<option value="${at('20')}"`);
    const faulty = await house.send(`${base}/book/wait`, { ...fields, name: '' }, en);
    expect([faulty.status, faulty.text.includes('Write your name.')]).toEqual([400, true]);
    const joined = await house.send(`${base}/book/wait`, fields);
    expect(joined.location).toMatch(/^\/public\/default\/waiting\/[\w-]{22}$/);
    expect((await house.page(joined.location, en)).text).toContain('You are on the list');
    // Nothing is offered yet: taking it changes nothing.
    expect((await house.send(`${joined.location}/accept`, {})).location).toBe(joined.location);
    const left = await house.send(`${joined.location}/leave`, {});
    expect((await house.page(left.location, en)).text).toContain('You are off the list');
    expect((await house.page(first, en)).text).toContain('Confirmed');
  });
});

test('whoever booked and is no customer gets a link to what is kept of that', async () => {
  await book(at('21'), { name: 'Jan Booker', email: 'Jan@Example.com' });
  await until('the booking is on the list', async () => {
    const list = await house.http.json(`/v1/reservations?date=${YEAR}-06-21`);
    return list.body.items.length > 0;
  });
  await house.send(`${base}/me`, { email: 'jan@example.com' });
  const { path: mine, ...sent } = await until('the link is sent', () => house.sent.at(-1));
  // To the address as it is on file, whatever was typed.
  expect(sent).toMatchObject({ email: 'Jan@Example.com', customerId: null });
  const { text } = await house.page(mine, en);
  expect(text).toContain('Jan Booker');
  // Those of others are not shown.
  expect(text).not.toContain('ana@example.com');
});

test('whoever only answered a quiz finds what is kept of that, and is forgotten by it', async () => {
  const contact = { name: 'Quiz Guest', email: 'Quiz@example.com' };
  const lead = await house.post('/v1/leads', { contact, source: 'quiz' });
  await until('the lead is on the list', async () => {
    const list = await house.http.json('/v1/leads');
    return list.body.items.length > 0;
  });
  const before = house.sent.length;
  await house.send(`${base}/me`, { email: 'Quiz@example.com' });
  const { path: mine, email } = await until('the link is sent', () => house.sent[before]);
  expect(email).toBe('Quiz@example.com');
  const { text } = await house.page(mine, en);
  expect(text).toContain('Quiz Guest');
  await house.send(`${mine}/erase`, { understood: 'yes' }, en);
  expect(house.erased).toContain(lead.body['id']);
});

test('what is kept of a deposit and what comes back is told before a late cancellation', async () => {
  await house.post('/v1/reservations/calendars', {
    locationId: house.locationId,
    freeCancelMinutes: 7 * 24 * 60,
    depositPerGuest: 2000,
    lateCancelFeePerGuest: 1500,
  });
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const { body } = await house.post('/v1/reservations', {
    locationId: house.locationId,
    startsAt: `${soon}T17:00:00Z`,
    partySize: 2,
    contact: { name: guest.name, email: guest.email },
  });
  const of = `/v1/reservations/${body['id']}`;
  const { body: booking } = await house.http.json(of);
  const amountId = booking.amounts[0].amountId;
  expect((await house.post(`${of}/settle-amount`, { amountId })).status).toBe(200);
  const mine = `${base}/booking/${body['manageToken']}`;
  const { text } = await house.page(`${mine}?ask=cancel`, en);
  expect(text).toMatch(/PLN.30\.00 of your deposit is kept\. You get PLN.10\.00 back\./);
  const told = /name="told" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const done = await house.send(`${mine}/cancel`, { told });
  expect((await house.page(done.location, en)).text).toMatch(
    /You get back<\/dt>\s*<dd[^>]*>PLN.10/,
  );
});
