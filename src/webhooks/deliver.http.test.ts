/** Deliveries to real receivers: what arrives, when it is tried again, and what is kept of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { systemClock } from '../core/clock.ts';
import { FAILING_AFTER_TRIES } from './deliver.ts';
import { ENDPOINT_SLOTS } from './lane.ts';
import { DELIVERY_CONNECTIONS } from './lanes.ts';
import { createMemoryWebhookStore } from './memory/memory-store.ts';
import { PAYLOAD_BYTES_MAX } from './message.ts';
import { answerWith, startReceiver, type Received, type Receiver } from './receiver.fixture.ts';
import { RETRY_DELAYS_MS } from './retry-table.ts';
import { webhookFixture, type WebhookFixture } from './fixture.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function fixture(...options: Parameters<typeof webhookFixture>): Promise<WebhookFixture> {
  const made = await webhookFixture(...options);
  open.push(made);
  return made;
}
async function receiver(): Promise<Receiver> {
  const made = await startReceiver();
  open.push(made);
  return made;
}

/** An endpoint of tenant acme for everything. */
async function endpointTo(to: Receiver, at: WebhookFixture, types: readonly string[] = ['*']) {
  const { endpoint, secret } = await at.service.create('acme', { url: to.url, types });
  return { name: { tenant: 'acme', id: endpoint.endpointId }, secret };
}

/** Throws unless the outside verifier takes it. */
const verified = (secret: string, { body, headers }: Received): unknown =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

describe('a delivery', () => {
  it('is a signed CloudEvent that the outside verifier takes', async () => {
    const [to, at] = [await receiver(), await fixture()];
    const { name, secret } = await endpointTo(to, at);
    const position = await at.append(
      'acme',
      { type: 'com.example.sold', subject: 's' },
      { n: 'ä' },
    );
    await at.settle();
    const [received] = to.received;
    expect(verified(secret, received!)).toMatchObject({
      specversion: '1.0',
      type: 'com.example.sold',
      subject: 's',
      position: position.toString().padStart(20, '0'),
      data: { n: 'ä' },
    });
    expect(received!.headers).toMatchObject({
      'content-type': 'application/cloudevents+json',
      'webhook-id': expect.stringMatching(/^msg_[0-9a-f]{32}$/),
      'webhook-timestamp': String(Math.floor(at.clock.ms / 1000)),
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
      'user-agent': expect.stringMatching(/^Comptoir/),
    });
    expect(() => verified(`${secret.slice(0, -4)}AAA=`, received!)).toThrow();
    expect(await at.deliveries(name)).toMatchObject([
      {
        status: 'delivered',
        tries: 1,
        attempts: [{ status: 204, code: null }],
        nextAttemptAt: null,
      },
    ]);
  });

  it('goes to the endpoints that want its type, once each', async () => {
    const [to, at] = [await receiver(), await fixture()];
    const wanting: readonly (readonly string[])[] = [
      ['a.b'],
      ['a.*'],
      ['*'],
      ['a'],
      ['a.b.*'],
      ['b', 'a.c'],
    ];
    const names = [];
    for (const types of wanting) names.push((await endpointTo(to, at, types)).name);
    await at.append('acme', { type: 'a.b' });
    await at.settle();
    const counts = await Promise.all(names.map(async (name) => (await at.deliveries(name)).length));
    expect(counts).toEqual([1, 1, 1, 0, 0, 0]);
    expect(new Set(to.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
  });

  it('of an event above the limit is a notice that says where the event is', async () => {
    const [to, at] = [await receiver(), await fixture()];
    const { secret } = await endpointTo(to, at);
    const extensions = { traceparent: 'x' };
    await at.append('acme', { id: 'a b', extensions }, { text: 'x'.repeat(PAYLOAD_BYTES_MAX) });
    await at.settle();
    const notice = verified(secret, to.received[0]!);
    expect(notice).toMatchObject({
      id: 'a b',
      traceparent: 'x',
      dataref: '/v1/events?id=a+b&source=%2Ftest',
    });
    expect(notice).not.toHaveProperty('data');
  });

  it('of an event that retention removed fails for good', async () => {
    const [to, at] = [await receiver(), await fixture()];
    const { name } = await endpointTo(to, at);
    const position = await at.append('acme');
    await at.fanOut();
    at.log.removeEvent(at.log.bucketOf('acme'), position);
    await at.settle();
    expect(to.received).toEqual([]);
    expect(await at.deliveries(name)).toMatchObject([
      { status: 'failed', attempts: [{ status: null, code: 'EVENT_GONE' }] },
    ]);
    expect(await at.service.get(name)).toMatchObject({ failingSince: null });
  });

  it('handled again by the subscription is the same one', async () => {
    const [to, at] = [await receiver(), await fixture()];
    await endpointTo(to, at);
    await at.append('acme');
    const chunks = await at.chunks();
    for (const chunk of [...chunks, ...chunks]) {
      const write = await at.webhooks.subscriber.handle(chunk);
      await at.store.transaction(write!);
    }
    expect(await at.jobs.counts()).toEqual([{ queue: 'webhooks.deliver', waiting: 1, failed: 0 }]);
    await at.settle();
    expect(to.received).toHaveLength(1);
  });
});

describe('a receiver that answers 500', () => {
  it('is tried by the table for three days, then the delivery fails; the endpoint is failing from the fourth attempt on', async () => {
    const [to, at] = [await receiver(), await fixture()];
    to.answer(answerWith(500));
    const { name } = await endpointTo(to, at);
    await at.append('acme');
    const began = at.clock.ms;
    await at.settle();
    const pauses = [0];
    const failing: (string | null)[] = [];
    for (let due = at.jobs.nextDueMs(); due !== null; due = at.jobs.nextDueMs()) {
      pauses.push(due - at.clock.ms);
      at.clock.ms = due;
      failing.push((await at.service.get(name)).failingSince);
      await at.settle();
    }
    expect(pauses).toEqual(RETRY_DELAYS_MS);
    expect(failing.map((since) => since !== null)).toEqual(
      failing.map((_, index) => index + 1 >= FAILING_AFTER_TRIES),
    );
    const ids = to.received.map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([10, 1]);
    const stamps = to.received.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(stamps.at(-1)! - stamps[0]!).toBeGreaterThan(3 * 24 * 3600);
    const [delivery] = await at.deliveries(name);
    expect(delivery).toMatchObject({ status: 'failed', tries: 10, nextAttemptAt: null });
    expect(
      delivery!.attempts.every(({ status, code }) => status === 500 && code === 'HTTP_STATUS'),
    ).toBe(true);
    const fourth = RETRY_DELAYS_MS.slice(0, FAILING_AFTER_TRIES).reduce((sum, one) => sum + one, 0);
    expect((await at.service.get(name)).failingSince).toBe(new Date(began + fourth).toISOString());
    expect(await at.store.countFailing()).toBe(1);
  });

  it('for a day gets everything once it works, and is not failing any more', async () => {
    const [to, at] = [await receiver(), await fixture()];
    to.answer(answerWith(500));
    const { name } = await endpointTo(to, at);
    for (let count = 0; count < 3; count += 1) await at.append('acme');
    await at.settle();
    const began = at.clock.ms;
    for (let due = at.jobs.nextDueMs(); due !== null; due = at.jobs.nextDueMs()) {
      at.clock.ms = due;
      if (due - began > 24 * HOUR) to.answer(answerWith(200));
      else if (due - began > HOUR) expect((await at.service.get(name)).failingSince).not.toBeNull();
      await at.settle();
    }
    const statuses = (await at.deliveries(name)).map(({ status }) => status);
    expect(statuses).toEqual(['delivered', 'delivered', 'delivered']);
    expect(await at.service.get(name)).toMatchObject({ status: 'enabled', failingSince: null });
    expect(await at.store.countFailing()).toBe(0);
  });
});

describe('a receiver that', () => {
  it.each([429, 503])(
    'answers %i is left alone as long as it asks, within a day',
    async (status) => {
      const [to, at] = [await receiver(), await fixture()];
      await endpointTo(to, at);
      to.answer(answerWith(status, { 'retry-after': '120' }));
      await at.append('acme');
      await at.settle();
      expect(at.jobs.nextDueMs()! - at.clock.ms).toBe(120 * SECOND);
      at.clock.ms = at.jobs.nextDueMs()!;
      to.answer(answerWith(status, { 'retry-after': '99999999' }));
      await at.settle();
      expect(at.jobs.nextDueMs()! - at.clock.ms).toBe(24 * HOUR);
    },
  );

  it('asks for a pause with another status is not heard', async () => {
    const [to, at] = [await receiver(), await fixture()];
    await endpointTo(to, at);
    to.answer(answerWith(500, { 'retry-after': '120' }));
    await at.append('acme');
    await at.settle();
    expect(at.jobs.nextDueMs()! - at.clock.ms).toBe(5 * SECOND);
  });

  it('redirects inward is not followed', async () => {
    const [to, inward, at] = [await receiver(), await receiver(), await fixture()];
    const { name } = await endpointTo(to, at);
    to.answer(answerWith(307, { location: inward.url }));
    await at.append('acme');
    await at.settle();
    expect(inward.connections()).toBe(0);
    expect(await at.deliveries(name)).toMatchObject([
      { status: 'waiting', attempts: [{ status: 307, code: 'REDIRECT' }] },
    ]);
  });

  it('answers 410 is disabled at once, and what waits is cancelled', async () => {
    const [to, at] = [await receiver(), await fixture()];
    const { name } = await endpointTo(to, at);
    to.answer(answerWith(410));
    await at.append('acme');
    await at.append('acme');
    await at.settle();
    expect(to.received).toHaveLength(1);
    expect(await at.service.get(name)).toMatchObject({
      status: 'disabled',
      disabledReason: 'gone',
    });
    expect(await at.deliveries(name)).toMatchObject([
      { status: 'cancelled', attempts: [{ code: 'ENDPOINT_DISABLED' }] },
      { status: 'failed', attempts: [{ status: 410, code: 'GONE' }] },
    ]);
    expect(at.lines.join()).toContain('answered 410');
    await at.append('acme');
    await at.settle();
    expect([to.received.length, (await at.deliveries(name)).length]).toEqual([1, 2]);
  });

  it('hangs counts as failed and is tried again', async () => {
    const to = await receiver();
    const at = await fixture({ timeouts: { headersMs: 50 } });
    const { name } = await endpointTo(to, at);
    to.answer(() => undefined);
    await at.append('acme');
    await at.settle();
    expect(await at.deliveries(name)).toMatchObject([
      { status: 'waiting', attempts: [{ status: null, code: 'RESPONSE_TIMEOUT' }] },
    ]);
    expect(at.jobs.nextDueMs()! - at.clock.ms).toBe(5 * SECOND);
  });

  it('hangs does not hold up another, even of the same tenant', async () => {
    const [hanging, working] = [await receiver(), await receiver()];
    const at = await fixture({ automatic: true, clock: systemClock });
    hanging.answer(() => undefined);
    await endpointTo(hanging, at);
    for (let count = 0; count < 40; count += 1) await at.append('acme');
    await at.fanOut();
    await until('the hanging one to be busy', () => hanging.received.length === ENDPOINT_SLOTS);
    await endpointTo(working, at);
    for (let count = 0; count < 40; count += 1) await at.append('acme');
    await at.fanOut();
    await until('all to arrive at the other', () => working.received.length === 40);
    expect(hanging.received).toHaveLength(ENDPOINT_SLOTS);
  });
});

describe('a crash', () => {
  it('between the attempt and its record delivers again with the same webhook-id', async () => {
    const to = await receiver();
    const store = createMemoryWebhookStore();
    let crashes = 1;
    const at = await fixture({
      store: {
        ...store,
        recordAttempt: (...parameters) => {
          crashes -= 1;
          if (crashes === 0) throw new Error('the process is gone');
          return store.recordAttempt(...parameters);
        },
      },
    });
    const { name } = await endpointTo(to, at);
    await at.append('acme');
    await at.settle();
    expect(await at.deliveries(name)).toMatchObject([{ status: 'waiting', attempts: [] }]);
    at.clock.ms = at.jobs.nextDueMs()!;
    await at.settle();
    const ids = to.received.map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    expect(await at.deliveries(name)).toMatchObject([{ status: 'delivered', tries: 1 }]);
  });

  it('of nothing: a stop in the middle of an attempt makes it again later, unrecorded', async () => {
    const [to, at] = [await receiver(), await fixture()];
    const { name } = await endpointTo(to, at);
    to.answer(() => undefined);
    await at.append('acme');
    await at.fanOut();
    const running = at.jobs.runDue();
    await until('the message to arrive', () => to.received.length === 1);
    await at.webhooks.stop();
    await running;
    expect(await at.deliveries(name)).toMatchObject([
      { status: 'waiting', tries: 0, attempts: [] },
    ]);
    expect(await at.jobs.counts()).toMatchObject([{ waiting: 1, failed: 0 }]);
  });
});

describe('an address that may not be reached', () => {
  it('is refused at every attempt, however it came into the table', async () => {
    const inside = await receiver();
    const at = await fixture({ egress: { allowHttp: true, allowPrivate: false } });
    const { endpoint } = await at.service.create('acme', { url: 'https://1.1.1.1/', types: ['*'] });
    await at.store.updateEndpoint(endpoint, { url: inside.url, at: endpoint.createdAt });
    await at.append('acme');
    await at.settle();
    expect(inside.connections()).toBe(0);
    expect(await at.deliveries({ tenant: 'acme', id: endpoint.endpointId })).toMatchObject([
      { status: 'waiting', attempts: [{ code: 'URL_REFUSED' }] },
    ]);
  });

  it('is refused when the name resolves inside at the attempt', async () => {
    const at = await fixture({
      egress: { allowHttp: false, allowPrivate: false },
      resolve: async () => ['127.0.0.1'],
    });
    const { endpoint } = await at.service.create('acme', {
      url: 'https://a.example.com/',
      types: ['*'],
    });
    await at.append('acme');
    await at.settle();
    expect(await at.deliveries({ tenant: 'acme', id: endpoint.endpointId })).toMatchObject([
      { attempts: [{ code: 'ADDRESS_REFUSED' }] },
    ]);
  });
});

it('many failing endpoints hold few connections to the database at a time', async () => {
  const memory = createMemoryWebhookStore();
  let [held, most] = [0, 0];
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    held += 1;
    most = Math.max(most, held);
    // As long as a busy database takes.
    await pause(5);
    return work().finally(() => {
      held -= 1;
    });
  };
  let counts = false;
  const store = {
    ...memory,
    loadDelivery: (...given: Parameters<typeof memory.loadDelivery>) =>
      counted(() => memory.loadDelivery(...given)),
    transaction: <T>(work: Parameters<typeof memory.transaction<T>>[0]) =>
      counts ? counted(() => memory.transaction(work)) : memory.transaction(work),
  };
  const [to, at] = [
    await receiver(),
    await fixture({ store, automatic: true, clock: systemClock }),
  ];
  to.answer(answerWith(500));
  const tenants = Array.from({ length: 16 }, (_, index) => `tenant-${index}`);
  for (const tenant of tenants) {
    await at.service.create(tenant, { url: to.url, types: ['*'] });
    for (let count = 0; count < 6; count += 1) await at.append(tenant);
  }
  counts = true;
  await at.fanOut();
  await until('every delivery to be tried', () => to.received.length >= tenants.length * 6);
  expect(most).toBeGreaterThan(1);
  // One more hands events over.
  expect(most).toBeLessThanOrEqual(DELIVERY_CONNECTIONS + 1);
});
