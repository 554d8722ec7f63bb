import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { OPENED_MS_MAX } from '../whole-server.fixture.ts';
import { WELL_BEHAVED } from '../../tools/fake-provider/behaviour.ts';
import { slotOf } from '../modules/messages/index.ts';
import { startMailServer, type MailServer } from '../platform/mail/smtp.fixture.ts';
import {
  APP_SECRET,
  BOUNCE_TOKEN,
  messagingFixture,
  VERIFY_TOKEN,
  type MessagingFixture,
} from './app.fixture.ts';
import { WEBHOOK_BYTES_MAX } from './limits.ts';

let held: MessagingFixture;
let mail: MailServer;
let senderId: string;
let templateId: string;

beforeAll(async () => {
  mail = await startMailServer();
  held = await messagingFixture({}, { COMPTOIR_SMTP_URL: mail.url });
  senderId = await make('/v1/messages/senders', {
    name: 'Front desk',
    channel: 'whatsapp',
    from: '+48123456789',
    phoneNumberId: '1001',
    wabaId: '2001',
    secretName: 'whatsapp-main',
    quietHours: null,
    caps: [],
  });
  templateId = await make('/v1/messages/templates', {
    name: 'see_you',
    channel: 'whatsapp',
    category: 'utility',
    variables: [{ name: 'time', example: '19:30' }],
    texts: [{ language: 'en', body: 'We expect you at {{time}}.' }],
  });
  await held.call('POST', `/v1/messages/templates/${templateId}/submit`, { senderId });
}, OPENED_MS_MAX);
afterAll(async () => {
  await held.close();
  await mail.close();
});
beforeEach(() => {
  held.provider.behave(WELL_BEHAVED);
});

async function make(path: string, body: object): Promise<string> {
  const made = await held.call('POST', path, body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body['id']);
}

function ask(to: object, more: object = {}): Promise<string> {
  return make('/v1/messages', {
    channel: 'whatsapp',
    senderId,
    to,
    template: { id: templateId, language: 'en', variables: { time: '19:30' } },
    purpose: 'transactional',
    ...more,
  });
}

async function messageOf(id: string): Promise<Record<string, unknown>> {
  return (await held.call('GET', `/v1/messages/${id}`)).body;
}

function untilStatus(id: string, ...wanted: readonly string[]): Promise<unknown> {
  return until(`message ${id} to be ${wanted.join(' or ')}`, async () => {
    const { status } = await messageOf(id);
    return wanted.includes(String(status)) && String(status);
  });
}

async function factsOf(id: string): Promise<readonly string[]> {
  const { body } = await held.call('GET', `/v1/messages/${id}/history`);
  // safe because the history of a stream is a list of entries
  return (body['items'] as { type: string }[]).map(({ type }) => type);
}

function received(id: string): number {
  return held.provider.received.filter(({ callbackData }) => callbackData === id).length;
}

function webhook(body: string, signature?: string): Promise<Response> {
  const own = createHmac('sha256', APP_SECRET).update(body).digest('hex');
  return fetch(`${held.app.url}/public/webhooks/whatsapp/default`, {
    method: 'POST',
    headers: { 'x-hub-signature-256': signature ?? `sha256=${own}` },
    body,
  });
}

function statusBody(id: string, status: string): string {
  const item = { id: 'wamid.x', status, timestamp: '1790000000', biz_opaque_callback_data: id };
  const value = { metadata: { phone_number_id: '1001' }, statuses: [item] };
  const changes = [{ field: 'messages', value }];
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ changes }] });
}

test('a message that waits for its template goes out once and is delivered', async () => {
  const id = await ask({ phone: '+48501234567' });
  await untilStatus(id, 'delivered', 'read');
  expect(received(id)).toBe(1);
});

test('doubled and reordered statuses leave each fact once, and the furthest counts', async () => {
  held.provider.behave({ doubles: 1, reorders: 1, reads: 1, statusDelayMs: 0 });
  const id = await ask({ phone: '+48501234568' });
  await untilStatus(id, 'read');
  await webhook(statusBody(id, 'sent'));
  await webhook(statusBody(id, 'delivered'));
  expect((await messageOf(id))['status']).toBe('read');
  const facts = await factsOf(id);
  for (const type of ['MessageAccepted', 'MessageSent', 'MessageRead'])
    expect(facts.filter((each) => each === type)).toHaveLength(1);
});

test('an answer that never came is unknown, is not sent again, and a status settles it', async () => {
  held.provider.behave({ dropsAnswer: 1, statusDelayMs: 3_600_000 });
  const id = await ask({ phone: '+48501234569' });
  await untilStatus(id, 'unknown');
  expect((await held.call('POST', `/v1/messages/${id}/resend`, {})).status).toBe(409);
  await webhook(statusBody(id, 'delivered'));
  await untilStatus(id, 'delivered');
  expect(await factsOf(id)).toContain('MessageAccepted');
  expect(received(id)).toBe(1);
});

test('what the provider cannot take now is tried again, what it refuses for good is not', async () => {
  held.provider.behave({ codes: { '48501230001': 131_000, '48501230002': 131_026 } });
  const passing = await ask({ phone: '+48501230001' });
  const dead = await ask({ phone: '+48501230002' });
  await untilStatus(dead, 'failed');
  await untilStatus(passing, 'held');
  held.provider.behave({ codes: {} });
  await untilStatus(passing, 'delivered', 'read');
  expect(await messageOf(dead)).toMatchObject({ status: 'failed', reason: '131026' });
});

test('a process that died between intent and outcome leaves an unknown, which is not sent again', async () => {
  const lost = await ask({ phone: '+48501234571' }, { notBefore: '2099-01-01T00:00:00Z' });
  const heard = await ask({ phone: '+48501234572' }, { notBefore: '2099-01-01T00:00:00Z' });
  const rows = async () =>
    (
      await held.database.query<{ message_id: string }>({
        text: `select message_id from messaging_outbox where message_id = any($1)`,
        values: [[lost, heard]],
      })
    ).rows.length === 2;
  await until('both to be in the outbox', rows);
  await held.database.query({
    text: `update messaging_outbox set state = 'sending', attempt = 1, due_at_us = 9000000000000000
            where message_id = any($1)`,
    values: [[lost, heard]],
  });
  await webhook(statusBody(heard, 'sent'));
  await held.database.query({
    text: `update messaging_outbox set due_at_us = 1 where message_id = any($1)`,
    values: [[lost, heard]],
  });
  await untilStatus(lost, 'unknown');
  await until('the other to be accepted', async () =>
    (await factsOf(heard)).includes('MessageAccepted'),
  );
  expect((await messageOf(heard))['status']).toBe('sent');
  expect(received(lost) + received(heard)).toBe(0);
});

test('what its stream says was sent or cancelled does not go out again, whatever the outbox says', async () => {
  const sent = await ask({ phone: '+48501234599' });
  await untilStatus(sent, 'delivered', 'read');
  const later = '2099-01-01T00:00:00.000Z';
  const cancelled = await ask({ phone: '+48501234598' }, { notBefore: later });
  await until('it is in the outbox', async () => (await stateInOutbox(cancelled)) === 'waiting');
  await held.call('POST', `/v1/messages/${cancelled}/cancel`, {});
  await until('it is over', async () => (await stateInOutbox(cancelled)) === 'ended');
  // As an outbox that was restored, or filled from the log anew, would have it.
  await held.database.query({
    text: `update messaging_outbox set state = 'queued', due_at_us = 0 where message_id = any($1)`,
    values: [[sent, cancelled]],
  });
  await until('both are settled', async () => {
    const states = [await stateInOutbox(sent), await stateInOutbox(cancelled)];
    return states.join() === 'accepted,ended';
  });
  expect([received(sent), received(cancelled)]).toEqual([1, 0]);
  expect((await messageOf(cancelled))['status']).toBe('cancelled');
});

async function stateInOutbox(id: string): Promise<string | undefined> {
  const { rows } = await held.database.query<{ state: string }>({
    text: 'select state from messaging_outbox where message_id = $1',
    values: [id],
  });
  return rows[0]?.state;
}

test('webhooks that are not signed, or signed by somebody else, change nothing', async () => {
  const id = await ask({ phone: '+48501234570' }, { notBefore: '2099-01-01T00:00:00Z' });
  const body = statusBody(id, 'read');
  expect((await webhook(body, 'sha256=00')).status).toBe(401);
  const foreign = createHmac('sha256', 'other').update(body).digest('hex');
  const refused = await webhook(body, `sha256=${foreign}`);
  expect(refused.status).toBe(401);
  expect(await refused.json()).not.toHaveProperty('errors');
  expect((await webhook(`${body} `, `sha256=${foreign}`)).status).toBe(401);
  expect((await messageOf(id))['status']).toBe('requested');
});

test('a webhook of three megabytes is taken, a larger one is refused', async () => {
  const padding = (bytes: number) => {
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [], padding: '' });
    return body.replace('""', `"${'x'.repeat(bytes - body.length)}"`);
  };
  expect((await webhook(padding(WEBHOOK_BYTES_MAX))).status).toBe(200);
  expect((await webhook(padding(WEBHOOK_BYTES_MAX + 1))).status).toBe(413);
  expect((await webhook('{')).status).toBe(400);
  expect((await webhook('[]')).status).toBe(400);
});

test('the handshake gives the challenge to whoever knows the token', async () => {
  const shake = (token: string, challenge = '1158201444') =>
    fetch(
      `${held.app.url}/public/webhooks/whatsapp/default?hub.mode=subscribe&hub.challenge=${challenge}&hub.verify_token=${encodeURIComponent(token)}`,
    );
  const right = await shake(VERIFY_TOKEN);
  expect([right.status, await right.text()]).toEqual([200, '1158201444']);
  expect((await shake('wrong')).status).toBe(403);
  expect((await shake(VERIFY_TOKEN, '<script>')).status).toBe(403);
});

test('whoever opts out while a campaign runs gets no more of it, and one confirmation', async () => {
  const slow = await make('/v1/messages/senders', {
    name: 'Slow',
    channel: 'whatsapp',
    from: '+48123456780',
    phoneNumberId: '1002',
    wabaId: '2001',
    secretName: 'whatsapp-main',
    quietHours: null,
    caps: [],
    budgetPerSecond: 4,
  });
  const phones = Array.from({ length: 16 }, (_, index) => `+4850200${String(1000 + index)}`);
  for (const phone of phones) {
    const customer = await make('/v1/customers', { name: 'Guest', phone, language: 'en' });
    const consent = { channel: 'whatsapp', wording: 'May we write to you?' };
    await held.call('POST', `/v1/customers/${customer}/give-consent`, consent);
  }
  const filter = { consents: ['whatsapp'] };
  const segmentId = await make('/v1/customers/segments', { name: 'All', filter });
  await until('everybody to be in the segment', async () => {
    const { body } = await held.call('GET', `/v1/customers/segments/${segmentId}/members`);
    return (body['items'] as unknown[]).length === phones.length;
  });
  const campaignId = await make('/v1/messages/campaigns', {
    name: 'Autumn',
    channel: 'whatsapp',
    senderId: slow,
    segmentId,
    templateId,
    variables: { time: '20:00' },
  });
  const started = await held.call('POST', `/v1/messages/campaigns/${campaignId}/start`, {});
  expect(started.status, JSON.stringify(started.body)).toBe(200);
  const ofCampaign = () =>
    held.provider.received.filter(
      ({ callbackData }) => slotOf(callbackData)?.campaignId === campaignId,
    );
  await until('the first to get it', () => ofCampaign().length >= 2);
  const got = new Set(ofCampaign().map(({ to }) => `+${to}`));
  const [leaves] = phones.filter((phone) => !got.has(phone));
  held.provider.inbound({ phoneNumberId: '1002', from: leaves!.slice(1), text: ' wypisz! ' });
  held.provider.inbound({ phoneNumberId: '1002', from: leaves!.slice(1), text: 'STOP' });
  await until('the others to get it', () => ofCampaign().length === phones.length - 1);
  const toWhoLeft = held.provider.received.filter(({ to }) => `+${to}` === leaves);
  expect(toWhoLeft.filter(({ callbackData }) => slotOf(callbackData) !== null)).toEqual([]);
  await until('the confirmation', () =>
    held.provider.received.some(
      ({ to, callbackData }) => `+${to}` === leaves && callbackData.includes('stop'),
    ),
  );
  const dropped = `/v1/messages?campaignId=${campaignId}&status=dropped&limit=10`;
  await until('the list to show whom it did not go to', async () => {
    const { body } = await held.call('GET', dropped);
    return (body['items'] as unknown[]).length === 1;
  });
  expect(held.provider.judge(4).budgetViolations).toBe(0);
});

test('nobody is dropped because a list is behind the log', async () => {
  const names = ['customers.list', 'messages.conversations'];
  const tell = (word: string) =>
    Promise.all(names.map((name) => held.call('POST', `/v1/projections/${name}/${word}`)));
  for (const { status } of await tell('pause')) expect(status).toBe(200);
  try {
    const phone = '+48501239001';
    const customerId = await make('/v1/customers', { name: 'Nia', phone, language: 'en' });
    const consent = { channel: 'whatsapp', wording: 'May we write to you?' };
    await held.call('POST', `/v1/customers/${customerId}/give-consent`, consent);
    const id = await ask({ customerId }, { purpose: 'marketing' });
    await untilStatus(id, 'delivered', 'read');
    const withoutConsent = await make('/v1/customers', { name: 'Ole', phone: '+48501239003' });
    const unwanted = await ask({ customerId: withoutConsent }, { purpose: 'marketing' });
    await untilStatus(unwanted, 'dropped');
    expect(await messageOf(unwanted)).toMatchObject({ reason: 'no-consent' });
    held.provider.inbound({ phoneNumberId: '1001', from: '48501239002', text: 'stop' });
    await until('the confirmation', () =>
      held.provider.received.some(
        ({ to, callbackData }) => to === '48501239002' && callbackData.startsWith('stop.'),
      ),
    );
    const listed = await held.call('GET', `/v1/customers?phone=${encodeURIComponent(phone)}`);
    expect(listed.body['items']).toEqual([]);
  } finally {
    await tell('resume');
  }
});

test('what a person writes to a sender that no list shows yet is taken in, not forgotten', async () => {
  const tell = (word: string) => held.call('POST', `/v1/projections/messages.senders/${word}`);
  expect((await tell('pause')).status).toBe(200);
  const text = 'Is the kitchen open?';
  try {
    const added = { name: 'Terrace', channel: 'whatsapp', from: '+48123456780', wabaId: '2001' };
    await make('/v1/messages/senders', {
      ...added,
      phoneNumberId: '1007',
      secretName: 'whatsapp-main',
      quietHours: null,
      caps: [],
    });
    held.provider.inbound({ phoneNumberId: '1007', from: '48501239777', text });
    await held.call('GET', '/v1/messages/senders');
  } finally {
    await tell('resume');
  }
  await until('the conversation', async () => {
    const { body } = await held.call('GET', '/v1/messages/conversations?limit=100');
    return JSON.stringify(body).includes('+48501239777') && body;
  });
});

test('an e-mail can be unsubscribed from with one click; opening the link changes nothing', async () => {
  const newsletter = await make('/v1/messages/senders', {
    name: 'Newsletter',
    channel: 'email',
    from: 'house@bar.example',
    quietHours: null,
    caps: [],
  });
  const offer = await make('/v1/messages/templates', {
    name: 'offer',
    channel: 'email',
    category: 'marketing',
    variables: [],
    texts: [{ language: 'en', subject: 'Autumn', body: 'It is here.' }],
  });
  await held.call('POST', `/v1/messages/templates/${offer}/submit`, {});
  const email = 'ana@example.com';
  const customer = await make('/v1/customers', { name: 'Ana', email, language: 'en' });
  const consent = { channel: 'email', wording: 'May we write to you?' };
  await held.call('POST', `/v1/customers/${customer}/give-consent`, consent);
  const marketing = {
    channel: 'email',
    senderId: newsletter,
    to: { customerId: customer },
    template: { id: offer },
    purpose: 'marketing',
  };
  const first = await make('/v1/messages', marketing);
  await untilStatus(first, 'accepted');
  const [sent] = mail.mails;
  const text = sent!.text.replaceAll(/\r\n[ \t]+/g, ' ');
  expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  const link = /List-Unsubscribe: <https:\/\/bar\.example([^>]+)>/.exec(text)?.[1] ?? '';
  const page = await fetch(`${held.app.url}${link}`, { headers: { 'accept-language': 'pl-PL' } });
  expect([page.status, (await page.text()).includes('Wypisz mnie')]).toEqual([200, true]);
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(page.headers.get('cache-control')).toBe('no-store');
  const none = await held.call('GET', '/v1/messages/suppressions?channel=email');
  expect(none.body['items']).toEqual([]);
  const click = await fetch(`${held.app.url}${link}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(click.status).toBe(200);
  await until('the suppression to be listed', async () => {
    const { body } = await held.call('GET', '/v1/messages/suppressions?channel=email');
    return (body['items'] as unknown[]).length === 1;
  });
  const second = await make('/v1/messages', marketing);
  await untilStatus(second, 'dropped');
  // The consent goes with it: an address that is taken off the list again brings no offers back.
  await until('the consent to be withdrawn', async () => {
    const { body } = await held.call('GET', `/v1/customers/${customer}`);
    return (body['consents'] as unknown[]).length === 0;
  });
  expect((await fetch(`${held.app.url}${link}x`, { method: 'POST' })).status).toBe(404);
  await bounces(newsletter, first);
});

test('M2: an e-mail of which the outbox knows nothing any more takes the consent back too', async () => {
  const old = await make('/v1/messages/senders', {
    name: 'Old news',
    channel: 'email',
    from: 'old@bar.example',
    quietHours: null,
    caps: [],
  });
  const offer = await make('/v1/messages/templates', {
    name: 'old_offer',
    channel: 'email',
    category: 'marketing',
    variables: [],
    texts: [{ language: 'en', subject: 'Spring', body: 'It was here.' }],
  });
  await held.call('POST', `/v1/messages/templates/${offer}/submit`, {});
  const email = 'late@example.com';
  const customer = await make('/v1/customers', { name: 'Late', email, language: 'en' });
  const consent = { channel: 'email', wording: 'May we write to you?' };
  await held.call('POST', `/v1/customers/${customer}/give-consent`, consent);
  const id = await make('/v1/messages', {
    channel: 'email',
    senderId: old,
    to: { customerId: customer },
    template: { id: offer },
    purpose: 'marketing',
  });
  await untilStatus(id, 'accepted');
  const sent = mail.mails.find(({ text }) => text.includes('It was here.'));
  const head = sent!.text.replaceAll(/\r\n[ \t]+/g, ' ');
  const link = /List-Unsubscribe: <https:\/\/bar\.example([^>]+)>/.exec(head)?.[1] ?? '';
  await held.database.query({
    text: 'delete from messaging_outbox where message_id = $1',
    values: [id],
  });
  expect((await fetch(`${held.app.url}${link}`, { method: 'POST' })).status).toBe(200);
  await until('the consent to be withdrawn', async () => {
    const { body } = await held.call('GET', `/v1/customers/${customer}`);
    return (body['consents'] as unknown[]).length === 0;
  });
});

async function bounces(newsletter: string, unsubscribed: string): Promise<void> {
  const plain = { channel: 'email', senderId: newsletter, purpose: 'transactional' };
  const words = { subject: 'Your umbrella', text: 'It is still here.' };
  const gone = await make('/v1/messages', {
    ...plain,
    ...words,
    to: { email: 'gone@example.com' },
  });
  await untilStatus(gone, 'failed');
  const id = await make('/v1/messages', { ...plain, ...words, to: { email: 'bo@example.com' } });
  await untilStatus(id, 'accepted');
  const report = (messageId: string) =>
    [
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      'Message-ID: <report@mail.example>',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mail.example',
      '',
      'Final-Recipient: rfc822; bo@example.com',
      'Action: failed',
      'Status: 5.1.1',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${messageId}@bar.example>`,
      '--b--',
    ].join('\r\n');
  const hand = (body: string, token = BOUNCE_TOKEN) =>
    fetch(`${held.app.url}/public/bounces/default`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
      body,
    });
  expect((await hand(report(id), 'wrong')).status).toBe(401);
  expect((await hand('nothing')).status).toBe(400);
  expect((await hand(report('somebody-elses'))).status).toBe(404);
  expect((await hand(report(id))).status).toBe(200);
  expect((await hand(report(id))).status).toBe(200);
  await untilStatus(id, 'bounced');
  const facts = await factsOf(id);
  expect(facts.filter((type) => type === 'MessageBounced')).toHaveLength(1);
  expect((await messageOf(unsubscribed))['status']).toBe('accepted');
  const again = await make('/v1/messages', { ...plain, ...words, to: { email: 'bo@example.com' } });
  await untilStatus(again, 'dropped');
  // Whoever is no customer is called none.
  const bounced = await until('the address to be on its list', async () => {
    const { body } = await held.call('GET', '/v1/messages/suppressions?channel=email');
    return (body['items'] as { reason: string; customerId?: unknown }[]).find(
      ({ reason }) => reason === 'hard-bounce',
    );
  });
  expect(bounced).toMatchObject({ customerId: null });
}

test('a link to own data goes out with its token, which the message of the house does not hold', async () => {
  await make('/v1/business/locations', { name: 'Rynek', timeZone: 'Europe/Warsaw', country: 'PL' });
  await make('/v1/customers', { name: 'Eva', email: 'eva@example.com', language: 'en' });
  await until('the house and the customer to be found', async () => {
    const list = await held.call('GET', '/v1/customers?email=eva@example.com');
    const page = await fetch(`${held.app.url}/public/default/me`);
    return (list.body['items'] as unknown[]).length === 1 && page.status === 200;
  });
  const asked = await fetch(`${held.app.url}/public/default/me`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ email: 'eva@example.com' }),
  });
  expect(asked.status).toBe(303);
  const sent = await until('the e-mail to arrive', () => mail.mails.find(isToEva));
  const text = sent.text.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
  const path = /https:\/\/bar\.example(\/public\/default\/me\/[\w-]{22})/.exec(text)?.[1] ?? '';
  const opened = await fetch(`${held.app.url}${path}`);
  expect([opened.status, (await opened.text()).includes('eva@example.com')]).toEqual([200, true]);
  const texts = await until('the message to be listed', async () => {
    const { body } = await held.call('GET', '/v1/messages?channel=email');
    const read = (body['items'] as { id: string }[]).map(({ id }) => messageOf(id));
    const found = JSON.stringify(await Promise.all(read));
    return found.includes('/me/{own-data-token}') && found;
  });
  expect(texts).not.toContain(path.split('/').at(-1));
});

function isToEva({ text }: MailServer['mails'][number]): boolean {
  return text.includes('eva@example.com');
}

test('the link of a double opt-in works, and nobody of the house can read it', async () => {
  const customerId = await make('/v1/customers', { name: 'Ida', email: 'ida@example.com' });
  const mailSender = await make('/v1/messages/senders', {
    name: 'House',
    channel: 'email',
    from: 'house@bar.example',
    quietHours: null,
    caps: [],
  });
  const body = 'Yes, write to me: {{link}}';
  const templateId = await make('/v1/messages/templates', {
    name: 'confirm',
    channel: 'email',
    category: 'utility',
    variables: [{ name: 'link', example: 'https://example.com' }],
    texts: [{ language: 'en', subject: 'Is it you?', body }],
  });
  await held.call('POST', `/v1/messages/templates/${templateId}/submit`, {});
  const uses = [{ use: 'double-opt-in', ways: [{ senderId: mailSender, templateId }] }];
  await make('/v1/messages/settings', { uses, linkBase: 'https://bar.example' });
  const consent = { channel: 'email', wording: 'Write to me.' };
  const given = await held.call('POST', `/v1/customers/${customerId}/give-consent`, consent);
  expect(given.status, JSON.stringify(given.body)).toBe(200);
  const sent = await until('the question to arrive', () =>
    mail.mails.find(({ text }) => text.includes('Is it you?')),
  );
  const text = sent.text.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
  const path = /https:\/\/bar\.example(\/public\/default\/opt-in\/\S+)/.exec(text)?.[1] ?? '';
  const token = path.split('.').at(-1) ?? '';
  expect(token).toMatch(/^[\w-]{22}$/);
  const optIn = `/v1/messages/opt-ins/${customerId}.email`;
  const all = await Promise.all(
    ['/v1/messages', '/v1/events?limit=1000', optIn].map((at) => held.call('GET', at)),
  );
  expect(JSON.stringify(all)).toContain('{opt-in-token}');
  expect(JSON.stringify(all)).not.toContain(token);
  expect(all[2]?.body).toMatchObject({ status: 'asked' });
  const confirmed = await fetch(`${held.app.url}${path}`, { method: 'POST' });
  expect(confirmed.status).toBe(200);
  expect((await held.call('GET', optIn)).body).toMatchObject({ status: 'confirmed' });
});
