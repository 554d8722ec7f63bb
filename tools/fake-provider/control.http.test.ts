import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { startFakeProvider, type FakeProvider } from './fake-provider.ts';

let provider: FakeProvider;
const heard: string[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
  request.on('end', () => {
    heard.push(body);
    response.end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  // safe because a server that listens on a port has an address of that kind
  const { port } = receiver.address() as AddressInfo;
  provider = await startFakeProvider({
    webhookUrl: `http://127.0.0.1:${port}/`,
    appSecret: 'secret',
  });
});
afterAll(async () => {
  await provider.close();
  receiver.closeAllConnections();
  receiver.close();
});

function write(body: object): Promise<Response> {
  return fetch(new URL('/control/inbound', provider.url), {
    method: 'POST',
    body: JSON.stringify(body),
  });
}

test('somebody who writes to the number reaches the webhook', async () => {
  const answer = await write({ from: '+48123456789', text: 'STOP', phoneNumberId: '1001' });
  expect(answer.status).toBe(202);
  await until('the webhook', () => heard.length > 0);
  expect(JSON.parse(heard[0]!)).toMatchObject({
    entry: [
      {
        changes: [
          {
            value: {
              metadata: { phone_number_id: '1001' },
              messages: [{ from: '48123456789', type: 'text', text: { body: 'STOP' } }],
            },
          },
        ],
      },
    ],
  });
});

test('a text without a phone, or to no number, is refused and reaches nobody', async () => {
  const before = heard.length;
  for (const body of [{ text: 'hi' }, { from: 'Ana', text: 'hi' }, { from: '48123456789' }])
    expect((await write({ ...body, phoneNumberId: '1001' })).status).toBe(400);
  expect((await write({ from: '48123456789', text: 'hi' })).status).toBe(400);
  expect(heard.length).toBe(before);
});
