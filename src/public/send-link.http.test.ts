/** A link to one's own data becomes a message of the house. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askBehind } from '../../test/support/lists-behind.ts';
import { until } from '../../test/support/until.ts';
import type { Logger } from '../core/logger.ts';
import { silentLogger } from '../core/logger.ts';
import { httpFixture, type HttpFixture } from '../http/fixture.ts';
import { createSendLink, sentTokenOf, TOKEN_PLACE } from './index.ts';

let http: HttpFixture;
const warned: string[] = [];
const logger: Logger = { ...silentLogger, warn: (text) => void warned.push(text) };
const link = {
  tenant: 'default',
  email: 'ana@example.com',
  customerId: null,
  messageId: 'link-1',
  path: `/public/default/me/${TOKEN_PLACE}`,
  house: 'Pod Wawelem',
  language: 'pl',
  expiresAt: '2099-01-01T00:00:00.000Z',
};

beforeAll(async () => {
  http = await httpFixture();
});
afterAll(() => http.close());

const send = (publicUrl: string | undefined) =>
  createSendLink({ ...http.modules, log: http.log, publicUrl, logger })(link);
const messages = async () => (await http.json('/v1/messages')).body.items;

test('without a sender or an address of the server nothing is sent, and the log does not say to whom', async () => {
  await send(undefined);
  await send('https://bar.example');
  expect(warned).toHaveLength(2);
  expect(warned.join()).not.toMatch(/ana|token/);
  expect(await messages()).toEqual([]);
});

test('it is written by the house, in the language of the visitor, and ends with the link', async () => {
  const body = { name: 'Desk', channel: 'email', from: 'desk@bar.example' };
  // A sender that no list shows yet is one too.
  await askBehind(http.modules.projections, {
    lists: ['messages.senders'],
    async write() {
      const made = await http.json('/v1/messages/senders', { method: 'POST', body });
      expect([made.status, made.body.detail]).toEqual([201, undefined]);
    },
    ask: () => send('https://bar.example'),
    meanwhile: messages,
  });
  const item = await until('the message is on the list', async () => (await messages())[0]);
  const { body: written } = await http.json(`/v1/messages/${item.id}`);
  expect(JSON.stringify(written)).toContain(`https://bar.example${link.path}`);
  expect(JSON.stringify(written)).toContain('Twoje dane: Pod Wawelem');
  // Whoever reads the messages of the house cannot open it.
  const token = sentTokenOf(http.modules.linkSecret, { tenant: 'default', messageId: item.id });
  const history = await http.json(`/v1/messages/${item.id}/history`);
  expect(JSON.stringify([written, history.body])).not.toContain(token);
});

test('of a customer it is the customer’s message: who is erased takes it along', async () => {
  const { body: customer } = await http.json('/v1/customers', {
    method: 'POST',
    body: { name: 'Ana', email: 'Ana@Example.com', language: 'pl' },
  });
  const { sent, path } = {
    sent: { ...link, messageId: 'link-2', customerId: customer.id },
    path: '/v1/messages',
  };
  await createSendLink({
    ...http.modules,
    log: http.log,
    publicUrl: 'https://bar.example',
    logger,
  })(sent);
  const item = await until('the message is on the list', async () => {
    const { items } = (await http.json(path)).body;
    return items.find((each: { customerId: string | null }) => each.customerId === customer.id);
  });
  expect((await http.json(`${path}/${item.id}`)).body.request.to).toMatchObject({
    customerId: customer.id,
    address: 'ana@example.com',
  });
});
