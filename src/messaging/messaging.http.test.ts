import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { messagingFixture, type MessagingFixture } from './app.fixture.ts';

let held: MessagingFixture;
beforeAll(async () => {
  held = await messagingFixture();
}, 60_000);
afterAll(async () => {
  await held.close();
});

async function statusOf(id: string): Promise<unknown> {
  const { body } = await held.call('GET', `/v1/messages/${id}`);
  return body['status'];
}

test('a message is asked for, goes out once and is delivered', async () => {
  const sender = await held.call('POST', '/v1/messages/senders', {
    name: 'Front desk',
    channel: 'whatsapp',
    from: '+48123456789',
    phoneNumberId: '1001',
    wabaId: '2001',
    secretName: 'whatsapp-main',
    quietHours: null,
  });
  expect(sender.status).toBe(201);
  const senderId = sender.body['id'];
  const template = await held.call('POST', '/v1/messages/templates', {
    name: 'booking_confirmed',
    channel: 'whatsapp',
    category: 'utility',
    variables: [{ name: 'time', example: '19:30' }],
    texts: [{ language: 'en', body: 'We expect you at {{time}}.' }],
  });
  expect(template.status).toBe(201);
  const templateId = template.body['id'];
  await held.call('POST', `/v1/messages/templates/${templateId}/submit`, { senderId });
  const asked = await held.call('POST', '/v1/messages', {
    channel: 'whatsapp',
    senderId,
    to: { phone: '+48501234567' },
    template: { id: templateId, language: 'en', variables: { time: '19:30' } },
    purpose: 'transactional',
  });
  expect(asked.status).toBe(201);
  const id = String(asked.body['id']);
  await until('the message to be delivered', async () =>
    ['delivered', 'read'].includes(String(await statusOf(id)))
  );
  expect(held.provider.received.map(({ callbackData }) => callbackData)).toEqual([id]);
});
