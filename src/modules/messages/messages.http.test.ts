/** Messages over HTTP: what staff asks for, what is refused, what the public link does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askBehind } from '../../../test/support/lists-behind.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture, type JsonAnswer } from '../../http/fixture.ts';
import { createOptInTokens, releaseCampaign } from './index.ts';

let http: HttpFixture;
let template: string;
let sender: string;

const post = (path: string, body: unknown = {}, more: object = {}): Promise<JsonAnswer> =>
  http.json(path, { method: 'POST', body, ...more });

async function created(path: string, body: unknown): Promise<string> {
  const answer = await post(path, body);
  expect([path, answer.status, answer.body.code]).toEqual([path, 201, undefined]);
  return answer.body.id;
}

beforeAll(async () => {
  http = await httpFixture();
  sender = await created('/v1/messages/senders', {
    name: 'News',
    channel: 'email',
    from: 'news@example.com',
  });
  template = await created('/v1/messages/templates', {
    name: 'autumn',
    channel: 'email',
    category: 'marketing',
    variables: [{ name: 'name', example: 'Ana' }],
    texts: [{ language: 'en', subject: 'Hello {{name}}', body: 'Our autumn menu is here.' }],
    costPerThousand: { amount: 1000, currency: 'EUR' },
  });
  expect((await post(`/v1/messages/templates/${template}/submit`)).status).toBe(200);
});
afterAll(() => http.close());

const asked = (more: object = {}) => ({
  channel: 'email',
  senderId: sender,
  to: { email: 'ana@example.com' },
  template: { id: template, variables: { name: 'Ana' } },
  purpose: 'marketing',
  ...more,
});

describe('asking for a message', () => {
  test('it stands on the list with what it is, and waits to be sent', async () => {
    const { body, status } = await post('/v1/messages', asked());
    expect([status, body.status]).toEqual([201, 'requested']);
    const read = await http.json(`/v1/messages/${body.id}`);
    expect(read.body).toMatchObject({
      status: 'requested',
      request: { to: { address: 'ana@example.com' }, needsConsent: true },
    });
    expect(JSON.stringify(read.body)).not.toContain('personId');
    const list = await http.json(
      `/v1/messages?status=requested&channel=email&senderId=${sender}&wait=${body.cursor}`,
    );
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ id: body.id, address: 'ana@example.com', purpose: 'marketing' }),
    );
    const cancelled = await post(`/v1/messages/${body.id}/cancel`);
    expect(cancelled.body.status).toBe('cancelled');
    expect((await post(`/v1/messages/${body.id}/resend`)).body.code).toBe('MESSAGE_NOT_UNKNOWN');
  });

  test('M4: a missing variable is refused by name, nothing is asked for', async () => {
    const refused = await post('/v1/messages', asked({ template: { id: template } }));
    expect([refused.status, refused.body.code]).toEqual([409, 'MESSAGE_VARIABLES_MISSING']);
    expect(refused.body.details).toMatchObject({ missing: ['name'] });
  });

  test.each<[string, object]>([
    ['a phone that is none', { channel: 'sms', to: { phone: '+99912345678' } }],
    ['a phone without country', { channel: 'sms', to: { phone: '501234567' } }],
    ['an e-mail that is none', { to: { email: 'ana' } }],
    ['nobody', { to: {} }],
    ['a member that nobody knows', { personId: 'somebody' }],
    ['a fact that only the sender may tell', { status: 'delivered' }],
  ])('%s is bad input', async (_what, more) => {
    const answer = await post('/v1/messages', asked(more));
    expect([answer.status, answer.body.code]).toEqual([400, 'INPUT_INVALID']);
  });

  test('M9: the same dedupeKey is the same message, in this tenant only', async () => {
    const [first, second] = [
      await post('/v1/messages', asked({ dedupeKey: 'welcome-ana' })),
      await post('/v1/messages', asked({ dedupeKey: 'welcome-ana', priority: 9 })),
    ];
    expect([second.status, second.body.id]).toEqual([201, first.body.id]);
    expect(second.body.version).toBe(1);
    const key = await http.tenant('elsewhere');
    const foreign = await http.json(`/v1/messages/${first.body.id}`, { key });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'NOT_FOUND']);
    const theirs = await post('/v1/messages', asked({ dedupeKey: 'welcome-ana' }), { key });
    expect(theirs.body.code).toBe('MESSAGE_SENDER_UNKNOWN');
  });

  test('M9: keys that differ in capitals or spaces are two messages', async () => {
    const keys = ['pi_3Kx', 'pi_3kX', 'pi_3kx', 'pi_3kx '];
    const made = await Promise.all(
      keys.map((dedupeKey) => post('/v1/messages', asked({ dedupeKey }))),
    );
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(keys.length);
    const again = await post('/v1/messages', asked({ dedupeKey: 'pi_3Kx' }));
    expect(again.body.id).toBe(made[0]?.body.id);
  });

  test('whoever may only read cannot send, and nobody can tell the facts of the provider', async () => {
    const { key } = await http.key(ADMIN_KEY, ['messages:read']);
    expect((await post('/v1/messages', asked(), { key })).status).toBe(403);
    expect((await post('/v1/messages/conversations', {})).status).toBe(404);
    expect((await post(`/v1/messages/templates/${template}/note-review`, {})).status).toBe(404);
  });
});

describe('M15: the list of addresses that are not written to', () => {
  const ADDRESS = 'Bounced@Example.com';

  test('keeps no address, and finds it however it is written', async () => {
    const body = { channel: 'email', address: ADDRESS, scope: 'all' };
    const added = await post('/v1/messages/suppressions', body);
    expect([added.status, added.body.status]).toEqual([201, 'suppressed']);
    const look = (address: string) =>
      post('/v1/messages/suppressions/look-up', { channel: 'email', address });
    expect((await look(' bounced@example.com')).body).toMatchObject({
      id: added.body.id,
      status: 'suppressed',
      scope: 'all',
      reason: 'manual',
    });
    expect((await look('other@example.com')).body.status).toBe('none');
    const stored = await http.json('/v1/events?type=comptoir.message-suppression.*');
    expect(stored.body.events).toHaveLength(1);
    expect(JSON.stringify(stored.body)).not.toMatch(/bounced@/i);
    const lifted = await post(`/v1/messages/suppressions/${added.body.id}/lift`, {
      reason: 'asked',
    });
    expect(lifted.status).toBe(200);
    expect((await look(ADDRESS)).body.status).toBe('lifted');
  });

  test('is a list of each tenant of its own', async () => {
    const key = await http.tenant('neighbour');
    const body = { channel: 'sms', address: '+48501234567', scope: 'marketing' };
    const added = await post('/v1/messages/suppressions', body);
    const look = await post(
      '/v1/messages/suppressions/look-up',
      { channel: 'sms', address: '+48501234567' },
      { key },
    );
    expect(look.body.status).toBe('none');
    expect(look.body.id).not.toBe(added.body.id);
    const none = { ...body, address: '+48' };
    expect((await post('/v1/messages/suppressions', none)).status).toBe(400);
  });
});

describe('M8: a campaign', () => {
  test('goes to whoever was registered a moment before it began, and to nobody while lists stand still', async () => {
    const filter = { registeredFrom: new Date().toISOString() };
    const segmentId = await created('/v1/customers/segments', { name: 'Newest', filter });
    const draft = { name: 'Now', channel: 'email', senderId: sender, segmentId };
    const variables = { name: '{customer.name}' };
    const id = await created('/v1/messages/campaigns', {
      ...draft,
      templateId: template,
      variables,
    });
    const { isEarly } = await askBehind(http.modules.projections, {
      lists: ['customers.list'],
      async write() {
        await created('/v1/customers', { name: 'Dov', email: 'dov@example.com' });
        expect((await post(`/v1/messages/campaigns/${id}/start`)).status).toBe(200);
      },
      ask: () =>
        releaseCampaign({ ...http.modules, log: http.log }, { tenant: 'default', campaignId: id }),
      meanwhile: () => http.json('/v1/customers'),
    });
    const { body } = await http.json(`/v1/messages/campaigns/${id}`);
    expect([body.frozen, body.recipients, isEarly]).toEqual([true, 1, false]);
    expect((await post(`/v1/messages/campaigns/${id}/cancel`)).status).toBe(200);
    const gone = await http.json('/v1/customers?email=dov%40example.com');
    await post(`/v1/customers/${gone.body.items[0].id}/archive`, { reason: 'a test' });
  });

  test('is estimated, started, frozen once and counted', async () => {
    const members = [];
    for (const name of ['Ana', 'Bea', 'Cid'])
      members.push(
        await created('/v1/customers', { name, email: `${name.toLowerCase()}@example.com` }),
      );
    const segmentId = await created('/v1/customers/segments', {
      name: 'All',
      filter: { kind: 'person' },
    });
    const made = await post('/v1/messages/campaigns', {
      name: 'Autumn',
      channel: 'email',
      senderId: sender,
      segmentId,
      templateId: template,
      variables: { name: '{customer.name}' },
    });
    const { id, cursor } = made.body;
    const estimate = await http.json(`/v1/messages/campaigns/${id}/estimate?wait=${cursor}`);
    expect(estimate.body).toEqual({
      recipients: 3,
      atLeast: false,
      cost: { amount: 3, currency: 'EUR' },
    });
    expect((await post(`/v1/messages/campaigns/${id}/start`)).body.status).toBe('started');
    const place = { tenant: 'default', campaignId: id };
    const deps = { ...http.modules, log: http.log };
    await Promise.all([releaseCampaign(deps, place), releaseCampaign(deps, place)]);
    const { body } = await http.json(`/v1/messages/campaigns/${id}`);
    expect(body).toMatchObject({ frozen: true, recipients: 3, pages: 1 });
    const cancelled = await post(`/v1/messages/campaigns/${id}/cancel`);
    const progress = await http.json(
      `/v1/messages/campaigns/${id}/progress?wait=${cancelled.body.cursor}`,
    );
    expect(progress.body).toMatchObject({
      status: 'cancelled',
      recipients: 3,
      finished: false,
      totals: { open: 3, accepted: 0, unknown: 0 },
      cost: { amount: 0, currency: 'EUR' },
    });
    const own = await http.json(`/v1/messages?campaignId=${id}&wait=${cancelled.body.cursor}`);
    expect(own.body.items.map((each: { customerId: string }) => each.customerId).sort()).toEqual(
      members.sort(),
    );
    for (const path of ['progress', 'estimate']) {
      const key = await http.tenant(`other-${path}`);
      expect((await http.json(`/v1/messages/campaigns/${id}/${path}`, { key })).status).toBe(404);
    }
  });
});

describe('M14: the link of a double opt-in', () => {
  test('asks on a page, and only the button confirms', async () => {
    const customer = await created('/v1/customers', { name: 'Ewa', email: 'ewa@example.com' });
    const id = `${customer}.email`;
    const principal = { keyId: 'test', tenant: 'default', scopes: new Set(['messages:write']) };
    await http.modules.pipeline.handle({
      // safe because the scope is one of the module's
      principal: principal as never,
      category: 'messages.opt-ins',
      command: 'AskOptIn',
      id,
      input: { customerId: customer, channel: 'email', slug: 'default' },
    });
    const { state } = await http.modules.pipeline.load('default', 'messages.opt-ins', id);
    // safe because it was asked
    const { messageId } = state as { readonly messageId: string };
    const tokens = createOptInTokens(http.modules.linkSecret);
    const token = await tokens.tokenOf({ tenant: 'default', messageId });
    const path = `/public/default/opt-in/${id}.${token}`;
    const page = await http.call(path, { key: null, headers: { 'accept-language': 'pl,en' } });
    expect([page.status, page.headers.get('content-language')]).toEqual([200, 'pl']);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await page.text()).toContain('<form method="post">');
    const read = () => http.json(`/v1/messages/opt-ins/${id}`);
    expect((await read()).body).toMatchObject({ status: 'asked' });
    const stored = await http.json(`/v1/streams/messages.opt-ins/${id}`);
    expect(JSON.stringify([(await read()).body, stored.body])).not.toContain(token);
    for (const wrong of [
      `/public/default/opt-in/${id}.guessed`,
      `/public/other/opt-in/${id}.${token}`,
    ])
      for (const method of ['GET', 'POST'])
        expect((await http.call(wrong, { key: null, method })).status).toBe(404);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const confirmed = await http.call(path, { key: null, method: 'POST', headers: form });
    expect(confirmed.status).toBe(200);
    expect((await read()).body).toMatchObject({ status: 'confirmed' });
    expect((await http.call(path, { key: null, method: 'POST', headers: form })).status).toBe(200);
  });
});

test('there is one set of settings, and a use is named once', async () => {
  const uses = [{ use: 'receipt', ways: [{ senderId: sender, templateId: template }] }];
  const set = await post('/v1/messages/settings', { uses });
  expect([set.status, set.body.id]).toEqual([201, 'main']);
  const more = await post('/v1/messages/settings', { reminderHours: 3 });
  expect(more.status).toBe(201);
  expect((await http.json('/v1/messages/settings/main')).body).toMatchObject({
    uses,
    reminderHours: 3,
  });
  const twice = await post('/v1/messages/settings', { uses: [...uses, ...uses] });
  expect([twice.status, twice.body.code]).toEqual([409, 'MESSAGE_USE_TWICE']);
});
