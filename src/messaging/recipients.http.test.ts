import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { OPENED_MS_MAX } from '../whole-server.fixture.ts';
import { slotOf } from '../modules/messages/index.ts';
import { APP_SECRET, messagingFixture, type MessagingFixture } from './app.fixture.ts';

const SENDER = {
  name: 'Front desk',
  channel: 'whatsapp',
  from: '+48123456789',
  phoneNumberId: '1001',
  wabaId: '2001',
  secretName: 'whatsapp-main',
  quietHours: null,
  caps: [],
};

let held: MessagingFixture;
let senderId: string;
let templateId: string;

beforeAll(async () => {
  held = await messagingFixture();
  senderId = await make('/v1/messages/senders', SENDER);
  templateId = await make('/v1/messages/templates', {
    name: 'offer',
    channel: 'whatsapp',
    category: 'marketing',
    variables: [
      { name: 'time', example: '19:30' },
      { name: 'house', example: 'Bar' },
    ],
    texts: [
      {
        language: 'en',
        subject: 'News of {{house}}',
        body: 'We expect you at {{time}}.',
        footer: 'Reply STOP to leave',
      },
    ],
  });
  await held.call('POST', `/v1/messages/templates/${templateId}/submit`, { senderId });
}, OPENED_MS_MAX);
afterAll(() => held.close());

const VARIABLES = { time: '20:00', house: 'Bar' };

async function make(path: string, body: object): Promise<string> {
  const made = await held.call('POST', path, body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body['id']);
}

function askForLead(leadId: string): Promise<string> {
  return make('/v1/messages', {
    channel: 'whatsapp',
    senderId,
    to: { leadId },
    template: { id: templateId, variables: VARIABLES },
    purpose: 'marketing',
  });
}

async function itemsOf(path: string): Promise<readonly Record<string, unknown>[]> {
  // safe because a list answers with its items
  return (await held.call('GET', path)).body['items'] as Record<string, unknown>[];
}

async function statusOf(id: string): Promise<string> {
  return String((await held.call('GET', `/v1/messages/${id}`)).body['status']);
}

test('a lead is written to over the channel that it agreed to, and over no other', async () => {
  const contact = { name: 'Ana', phone: '+48502001001', email: 'ana@example.com' };
  const consent = (channel: string) => [{ channel, wording: 'Write to me.' }];
  const agreed = await make('/v1/leads', {
    contact,
    source: 'quiz',
    consents: consent('whatsapp'),
  });
  const other = await make('/v1/leads', {
    contact: { ...contact, phone: '+48502001002', email: 'bo@example.com' },
    source: 'quiz',
    consents: consent('email'),
  });
  const sent = await askForLead(agreed);
  const dropped = await askForLead(other);
  await until('the lead to have it', async () =>
    ['delivered', 'read'].includes(await statusOf(sent)),
  );
  await until('the other to be left alone', async () => (await statusOf(dropped)) === 'dropped');
  expect(held.provider.received.map(({ to }) => to)).not.toContain('48502001002');
  await until('it to be listed', async () =>
    (await itemsOf('/v1/messages?status=dropped')).some(
      ({ id, reason }) => id === dropped && reason === 'no-consent',
    ),
  );
});

test('senders of a channel that nobody carries are refused', async () => {
  const refused = await held.call('POST', '/v1/messages/senders', {
    name: 'Texts',
    channel: 'sms',
    from: 'BAR',
  });
  expect([refused.status, refused.body['code']]).toEqual([409, 'SENDER_CHANNEL_UNAVAILABLE']);
});

test('a campaign that is paused sends nothing more, and resumed reaches everybody once', async () => {
  const slow = await make('/v1/messages/senders', { ...SENDER, name: 'Slow', budgetPerSecond: 5 });
  const phones = Array.from({ length: 14 }, (_, index) => `+4850300${String(1000 + index)}`);
  for (const phone of phones) {
    const customer = await make('/v1/customers', { name: 'Guest', phone, language: 'en' });
    const consent = { channel: 'whatsapp', wording: 'May we write to you?' };
    await held.call('POST', `/v1/customers/${customer}/give-consent`, consent);
  }
  const segmentId = await make('/v1/customers/segments', {
    name: 'All',
    filter: { consents: ['whatsapp'] },
  });
  await until('everybody to be in the segment', async () => {
    const found = await itemsOf(`/v1/customers/segments/${segmentId}/members`);
    return found.length === phones.length;
  });
  const campaignId = await make('/v1/messages/campaigns', {
    name: 'Autumn',
    channel: 'whatsapp',
    senderId: slow,
    segmentId,
    templateId,
    variables: VARIABLES,
  });
  const path = `/v1/messages/campaigns/${campaignId}`;
  const received = () =>
    held.provider.received.filter(
      ({ callbackData }) => slotOf(callbackData)?.campaignId === campaignId,
    );
  expect((await held.call('POST', `${path}/start`, {})).status).toBe(200);
  await until('the first to get it', () => received().length >= 2);
  expect((await held.call('POST', `${path}/pause`, { reason: 'person' })).status).toBe(200);
  await until('the rest to stand still', async () => {
    const states = await outboxStates(campaignId);
    return states.every((state) => ['accepted', 'ended', 'paused', 'waiting'].includes(state));
  });
  const before = received().length;
  expect(before).toBeLessThan(phones.length);
  const states = await outboxStates(campaignId);
  expect(states.filter((state) => state === 'accepted')).toHaveLength(before);
  expect((await held.call('POST', `${path}/resume`, {})).status).toBe(200);
  await until('everybody to have it', () => received().length === phones.length);
  expect(new Set(received().map(({ to }) => `+${to}`))).toEqual(new Set(phones));
  expect(held.provider.judge(5).doubles).toEqual([]);
});

async function outboxStates(campaignId: string): Promise<readonly string[]> {
  const { rows } = await held.database.query<{ state: string }>({
    text: 'select state from messaging_outbox where campaign_id = $1',
    values: [campaignId],
  });
  return rows.map(({ state }) => state);
}

test('of an erased person nothing is sent any more and nothing is shown', async () => {
  const phone = '+48504001001';
  const customerId = await make('/v1/customers', { name: 'Ewa', phone, language: 'en' });
  const message = await make('/v1/messages', {
    channel: 'whatsapp',
    senderId,
    to: { customerId },
    text: 'Your umbrella is still here.',
    purpose: 'reply',
    notBefore: '2099-01-01T00:00:00Z',
  });
  held.provider.inbound({ phoneNumberId: '1001', from: phone.slice(1), text: 'It is Ewa' });
  const conversations = `/v1/messages/conversations?customerId=${customerId}`;
  await until('the conversation', async () => (await itemsOf(conversations)).length === 1);
  await until('the row of the message', async () => (await outboxOf(message)) === 1);
  const erased = await held.call('POST', `/v1/customers/${customerId}/erase`);
  expect(erased.status, JSON.stringify(erased.body)).toBeLessThan(300);
  await until('the outbox to forget it', async () => (await outboxOf(message)) === 0);
  await until('the lists to forget the address', async () => {
    const [talk] = await itemsOf(conversations);
    const [row] = await itemsOf(`/v1/messages?customerId=${customerId}`);
    return talk!['address'] === null && talk!['lastText'] === null && row!['address'] === null;
  });
  const { body } = await held.call('GET', `/v1/messages/${message}`);
  expect(JSON.stringify(body)).not.toContain('umbrella');
  expect(JSON.stringify(body)).not.toContain(phone);
});

test('the export of a customer holds the leads that became it and the conversations it began', async () => {
  const phone = '+48506001001';
  const customerId = await make('/v1/customers', { name: 'Olga', phone, language: 'en' });
  const contact = { name: 'O. from the quiz', email: 'quiz-olga@example.com' };
  const lead = await make('/v1/leads', { contact, source: 'manual' });
  await held.call('POST', `/v1/leads/${lead}/link-customer`, { customerId });
  const stranger = { name: 'Nobody', email: 'stranger@example.com' };
  await make('/v1/leads', { contact: stranger, source: 'manual' });
  held.provider.inbound({
    phoneNumberId: '1001',
    from: phone.slice(1),
    text: 'Is my scarf there?',
  });
  await until("lead and conversation to be the customer's", async () => {
    const [leads, talks] = await Promise.all(
      ['leads', 'messages/conversations'].map((list) =>
        itemsOf(`/v1/${list}?customerId=${customerId}`),
      ),
    );
    return leads!.length === 1 && talks!.length === 1;
  });
  const { body } = await held.call('GET', `/v1/persons/${customerId}/export`);
  expect(body['related']).toHaveLength(2);
  const text = JSON.stringify(body);
  expect(text).toContain('quiz-olga@example.com');
  expect(text).toContain('Is my scarf there?');
  expect(text).not.toContain('stranger@example.com');
});

async function outboxOf(messageId: string): Promise<number> {
  const { rowCount } = await held.database.query({
    text: 'select from messaging_outbox where message_id = $1',
    values: [messageId],
  });
  return rowCount;
}

function webhook(tenant: string, value: object, field = 'messages'): Promise<Response> {
  const entry = [{ changes: [{ field, value }] }];
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  const signature = createHmac('sha256', APP_SECRET).update(body).digest('hex');
  return fetch(`${held.app.url}/public/webhooks/whatsapp/${tenant}`, {
    method: 'POST',
    headers: { 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
}

test('webhooks count for the tenant of their address, by id or by name, and for no other', async () => {
  const made = await held.call('POST', '/v1/tenants', { id: 'roastery' });
  const key = String(made.body['apiKey']);
  const other = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${held.app.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // safe because every answer of the API is a JSON object
    return (await response.json()) as Record<string, unknown>;
  };
  await other('POST', '/v1/messages/senders', { ...SENDER, phoneNumberId: '3001' });
  expect(await other('POST', '/v1/business/slug', { slug: 'bean-house' })).toMatchObject({
    slug: 'bean-house',
  });
  const talk = (phoneNumberId: string, id: string) => ({
    metadata: { phone_number_id: phoneNumberId },
    messages: [
      { from: '48505001001', id, timestamp: '1790000000', type: 'text', text: { body: 'Hello' } },
    ],
  });
  // The list of senders is a read model: the number is known a moment later.
  await until('the conversation of the other tenant', async () => {
    expect((await webhook('bean-house', talk('3001', 'wamid.slug'))).status).toBe(200);
    const { items } = await other('GET', '/v1/messages/conversations');
    return (items as unknown[]).length === 1;
  });
  expect((await webhook('default', talk('3001', 'wamid.default'))).status).toBe(200);
  expect((await webhook('bean-house', talk('1001', 'wamid.number'))).status).toBe(200);
  expect((await webhook('Bean House', talk('3001', 'wamid.none'))).status).toBe(404);
  const id = await make('/v1/messages', {
    channel: 'whatsapp',
    senderId,
    to: { phone: '+48505001002' },
    text: 'Never',
    purpose: 'reply',
    notBefore: '2099-01-01T00:00:00Z',
  });
  await until('the row of the message', async () => (await outboxOf(id)) === 1);
  const read = { id: 'wamid.x', status: 'read', timestamp: '1790000000' };
  const statuses = [{ ...read, biz_opaque_callback_data: id }];
  const value = { metadata: { phone_number_id: '3001' }, statuses };
  expect((await webhook('bean-house', value)).status).toBe(200);
  expect(await statusOf(id)).toBe('requested');
  const { items } = await other('GET', '/v1/messages/conversations');
  expect(items).toHaveLength(1);
  const own = await itemsOf('/v1/messages/conversations');
  expect(own.map(({ address }) => address)).not.toContain('+48505001001');
});

test('M2: a no from a second number of a customer withdraws the consent, as a word and at the provider', async () => {
  const consented = async (phone: string, second: string): Promise<string> => {
    const id = await make('/v1/customers', { name: 'Two numbers', phone, language: 'en' });
    await held.call('POST', `/v1/customers/${id}/add-identifier`, { kind: 'phone', value: second });
    const consent = { channel: 'whatsapp', wording: 'Write to us.' };
    expect((await held.call('POST', `/v1/customers/${id}/give-consent`, consent)).status).toBe(200);
    return id;
  };
  const byWord = await consented('+48506001001', '+48506001002');
  const byProvider = await consented('+48506001003', '+48506001004');
  const metadata = { phone_number_id: '1001' };
  const text = { type: 'text', text: { body: 'Stop' } };
  const word = { from: '48506001002', id: 'wamid.two', timestamp: '1790000000', ...text };
  expect((await webhook('default', { metadata, messages: [word] })).status).toBe(200);
  const stops = [{ wa_id: '48506001004', value: 'stop' }];
  const preferences = { metadata, user_preferences: stops };
  expect((await webhook('default', preferences, 'user_preferences')).status).toBe(200);
  for (const id of [byWord, byProvider])
    await until(`the consent of ${id} to be withdrawn`, async () => {
      const { body } = await held.call('GET', `/v1/customers/${id}`);
      return (body['consents'] as unknown[]).length === 0;
    });
});

/** An hour before and two after what clocks show there now. */
function hoursAround(timeZone: string): { readonly from: string; readonly to: string } {
  const { hour } = Temporal.Now.zonedDateTimeISO(timeZone);
  const whole = (plus: number): string => `${String((hour + plus + 24) % 24).padStart(2, '0')}:00`;
  return { from: whole(-1), to: whole(2) };
}

test('quiet hours are those of the zone where the person lives, not of the country of the number', async () => {
  // Thirteen hours, or twelve, from the country of both numbers.
  const far = 'Pacific/Kiritimati';
  const askFrom = async (quietZone: string, customerId: string): Promise<string> => {
    const terms = { ...SENDER, name: quietZone, quietHours: hoursAround(quietZone) };
    const sender = await make('/v1/messages/senders', terms);
    return make('/v1/messages', {
      channel: 'whatsapp',
      senderId: sender,
      to: { customerId },
      template: { id: templateId, language: 'en', variables: VARIABLES },
      purpose: 'marketing',
    });
  };
  const agreed = async (contact: object): Promise<string> => {
    const id = await make('/v1/customers', contact);
    const consent = { channel: 'whatsapp', wording: 'Write to me.' };
    expect((await held.call('POST', `/v1/customers/${id}/give-consent`, consent)).status).toBe(200);
    return id;
  };
  const near = await agreed({ name: 'Jan', phone: '+48502001011' });
  const there = await agreed({ name: 'Ana', phone: '+48502001012', timeZone: far });
  const [nearAtNight, farAwake, nearAwake, farAtNight] = await Promise.all([
    askFrom('Europe/Warsaw', near),
    askFrom('Europe/Warsaw', there),
    askFrom(far, near),
    askFrom(far, there),
  ]);
  await until('those who are awake to have it', async () => {
    const both = await Promise.all([farAwake, nearAwake].map(statusOf));
    return both.every((status) => ['delivered', 'read'].includes(status));
  });
  await until('the others to be held', async () => {
    const both = await Promise.all([nearAtNight, farAtNight].map(statusOf));
    return both.every((status) => status === 'held');
  });
});

test('two customers with one phone get one message of a campaign, and the other is told why', async () => {
  const phone = '+48502001021';
  for (const name of ['Ola', 'Piotr']) {
    const id = await make('/v1/customers', { name, phone, language: 'en' });
    const consent = { channel: 'whatsapp', wording: 'Write to us.' };
    await held.call('POST', `/v1/customers/${id}/give-consent`, consent);
    await held.call('POST', `/v1/customers/${id}/tag`, { tags: ['couple'] });
  }
  const filter = { tagsAll: ['couple'], consents: ['whatsapp'] };
  const segmentId = await make('/v1/customers/segments', { name: 'Couples', filter });
  await until('both to be in the segment', async () => {
    return (await itemsOf(`/v1/customers/segments/${segmentId}/members`)).length === 2;
  });
  const campaignId = await make('/v1/messages/campaigns', {
    name: 'For two',
    channel: 'whatsapp',
    senderId,
    segmentId,
    templateId,
    variables: VARIABLES,
  });
  await held.call('POST', `/v1/messages/campaigns/${campaignId}/start`, {});
  const messages = () => itemsOf(`/v1/messages?campaignId=${campaignId}`);
  await until('one to be dropped and one to be read or on its way', async () => {
    const statuses = (await messages()).map(({ status }) => String(status)).toSorted();
    return statuses.length === 2 && statuses.includes('dropped') && !statuses.includes('requested');
  });
  const dropped = (await messages()).filter(({ status }) => status === 'dropped');
  expect(dropped.map(({ reason }) => reason)).toEqual(['same-address']);
  const received = held.provider.received.filter(
    ({ callbackData }) => slotOf(callbackData)?.campaignId === campaignId,
  );
  expect(received.map(({ to }) => `+${to}`)).toEqual([phone]);
});
