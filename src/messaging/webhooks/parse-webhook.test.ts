import { expect, test } from 'vitest';
import { parseWebhook } from './parse-webhook.ts';

function body(field: string, value: object): object {
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field, value }] }] };
}

const metadata = { display_phone_number: '1', phone_number_id: '1001' };

test('every array of a heap is walked', () => {
  const status = { id: 'w', status: 'read', timestamp: '1790000000', recipient_id: '4850' };
  const change = {
    field: 'messages',
    value: { metadata, statuses: [status, { ...status, status: 'delivered' }] },
  };
  const heap = {
    object: 'whatsapp_business_account',
    entry: [{ changes: [change, change] }, { changes: [change] }],
  };
  expect(parseWebhook(heap)).toHaveLength(6);
});

test('a failed status carries its code, one without callback data none', () => {
  const failed = {
    id: 'w',
    status: 'failed',
    timestamp: '1790000000',
    errors: [{ code: 131_026, title: 'x' }],
    biz_opaque_callback_data: 'm1',
  };
  const { biz_opaque_callback_data: _data, ...bare } = failed;
  expect(parseWebhook(body('messages', { metadata, statuses: [failed, bare] }))).toMatchObject([
    { callbackData: 'm1', errorCode: 131_026, at: '2026-09-21T14:13:20.000Z' },
    { callbackData: '' },
  ]);
});

test('an inbound message has a phone in E.164, the name of the person and its text', () => {
  const value = {
    metadata,
    contacts: [{ wa_id: '48501234567', profile: { name: 'Jan' } }],
    messages: [
      {
        from: '48501234567',
        id: 'w',
        timestamp: '1790000000',
        type: 'text',
        text: { body: 'Hej' },
      },
      { from: '48501234567', id: 'w2', timestamp: '1790000000', type: 'image', image: {} },
    ],
  };
  expect(parseWebhook(body('messages', value))).toMatchObject([
    { from: '+48501234567', name: 'Jan', text: 'Hej', phoneNumberId: '1001' },
    { type: 'image', text: null },
  ]);
});

test('reviews of templates and preferences are read', () => {
  const review = {
    event: 'REJECTED',
    message_template_name: 'see_you',
    message_template_language: 'pt_BR',
    reason: 'INVALID_FORMAT',
  };
  expect(parseWebhook(body('message_template_status_update', review))).toMatchObject([
    { kind: 'template', name: 'see_you', language: 'pt-BR', event: 'REJECTED' },
  ]);
  const value = { metadata, user_preferences: [{ wa_id: '48501234567', value: 'stop' }] };
  expect(parseWebhook(body('user_preferences', value))).toMatchObject([{ stops: true }]);
});

test('what is not known is left out, what is no webhook is told', () => {
  expect(parseWebhook(body('flows', { anything: 1 }))).toEqual([]);
  const odd = [null, 7, {}, { id: 'w', status: 'sent', timestamp: 'soon' }];
  expect(parseWebhook(body('messages', { metadata, statuses: odd, messages: odd }))).toEqual([]);
  for (const other of [null, [], 'x', { object: 'page', entry: [] }])
    expect(parseWebhook(other)).toBeNull();
});
