/** What tenants do with their webhooks, and what time does to them. */
import { inspect } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { noMetrics } from '../core/metrics.ts';
import { silentLogger } from '../core/logger.ts';
import { createMetricRegistry } from '../platform/telemetry/metrics.ts';
import { ENDPOINTS_PER_TENANT_MAX } from './endpoint.ts';
import { BUCKETS, webhookFixture, type WebhookFixture } from './fixture.ts';
import { answerWith, startReceiver, type Received, type Receiver } from './receiver.fixture.ts';
import { ACTIVE_SECRETS_MAX } from './service.ts';
import { sweep } from './sweep.ts';
import { createWebhookMetrics } from './webhook-metrics.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function setUp(): Promise<{ readonly to: Receiver; readonly at: WebhookFixture }> {
  const to = await startReceiver();
  const at = await webhookFixture();
  open.push(to, at);
  return { to, at };
}

async function endpointTo(to: Receiver, at: WebhookFixture, tenant = 'acme') {
  const { endpoint, secret } = await at.service.create(tenant, { url: to.url, types: ['*'] });
  return { name: { tenant, id: endpoint.endpointId }, secret };
}

const takes = (secret: string, { body, headers }: Received): boolean => {
  // The verifier looks at the real clock; tests move theirs.
  const now = Date.now;
  Date.now = () => Number(headers['webhook-timestamp']) * 1000;
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  } finally {
    Date.now = now;
  }
};

const sweepOf = ({ store, jobs, clock }: WebhookFixture) =>
  sweep({
    store,
    jobs,
    clock,
    bucketCount: BUCKETS,
    metrics: createWebhookMetrics(noMetrics),
    logger: silentLogger,
  });

describe('secrets', () => {
  it('sign side by side for a day after a rotation, then the old one ends', async () => {
    const { to, at } = await setUp();
    const { name, secret: old } = await endpointTo(to, at);
    const { secret: fresh, oldSecretUntil } = await at.service.rotateSecret(name, 24 * 3600);
    expect(Date.parse(oldSecretUntil)).toBe(at.clock.ms + DAY);
    await at.append('acme');
    await at.settle();
    at.clock.ms += DAY;
    await at.append('acme');
    await at.settle();
    const [during, after] = to.received;
    expect([takes(old, during!), takes(fresh, during!)]).toEqual([true, true]);
    expect([takes(old, after!), takes(fresh, after!)]).toEqual([false, true]);
    expect(after!.headers['webhook-signature']).not.toContain(' ');
  });

  it('end at once when they are not to be kept', async () => {
    const { to, at } = await setUp();
    const { name, secret: old } = await endpointTo(to, at);
    await at.service.rotateSecret(name, 0);
    await at.append('acme');
    await at.settle();
    expect(takes(old, to.received[0]!)).toBe(false);
  });

  it('that sign at a time have a limit', async () => {
    const { to, at } = await setUp();
    const { name } = await endpointTo(to, at);
    for (let count = 1; count < ACTIVE_SECRETS_MAX; count += 1)
      await at.service.rotateSecret(name, 60);
    await expect(at.service.rotateSecret(name, 60)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await at.service.rotateSecret(name, 0);
  });

  it('are in no log, listing, error, job or row, nor is anything of events and answers', async () => {
    const { to, at } = await setUp();
    const { name, secret } = await endpointTo(to, at);
    const { secret: second } = await at.service.rotateSecret(name, 60);
    to.answer((response) =>
      response.writeHead(500, 'canary-phrase', { 'x-a': 'canary-header' }).end('canary-answer'),
    );
    await at.append(
      'acme',
      { id: 'canary-id', subject: 'canary-subject', source: '/canary' },
      'canary-data',
    );
    await at.settle();
    const place = { ...name, bucket: at.log.bucketOf('acme'), endpointId: name.id };
    const [delivery] = await at.deliveries(name);
    const kept = inspect(
      [
        at.lines,
        delivery,
        await at.service.list('acme'),
        await at.store.loadDelivery(
          { ...place, deliveryId: delivery!.deliveryId },
          delivery!.createdAt,
        ),
        await at.service.update(name, { url: 'http://x.y/#' }).catch((error: unknown) => error),
        at.jobStorage,
      ],
      { depth: 20, maxStringLength: null, maxArrayLength: null },
    );
    expect(to.received[0]!.body).toContain('canary-data');
    expect(kept).toContain('webhooks.deliver');
    expect(kept).not.toContain('canary');
    for (const one of [secret, second]) {
      const bytes = Buffer.from(one.slice('whsec_'.length), 'base64');
      expect(kept).not.toContain(one.slice('whsec_'.length));
      expect(kept).not.toContain(bytes.toString('hex'));
      const sealed = (await at.store.loadDelivery(
        { ...place, deliveryId: delivery!.deliveryId },
        delivery!.createdAt,
      ))!.secrets;
      expect(sealed.every((row) => !Buffer.from(row).includes(bytes))).toBe(true);
    }
  });
});

describe('a tenant', () => {
  it('gets nothing of another, of the same bucket too', async () => {
    const { to, at } = await setUp();
    const neighbours = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const bucket = at.log.bucketOf('acme');
    const neighbour = neighbours.find((one) => at.log.bucketOf(one) === bucket)!;
    const { name } = await endpointTo(to, at);
    await at.append(neighbour);
    await at.append('acme', { id: 'own' });
    await at.settle();
    expect(to.received.map(({ body }) => (JSON.parse(body) as { id: string }).id)).toEqual(['own']);
    expect(await at.deliveries(name)).toHaveLength(1);
  });

  it('finds neither endpoint nor delivery of another', async () => {
    const { to, at } = await setUp();
    const { name } = await endpointTo(to, at);
    await at.append('acme');
    await at.settle();
    const [delivery] = await at.deliveries(name);
    const foreign = { tenant: 'other', id: name.id };
    const { service } = at;
    const calls: readonly (() => Promise<unknown>)[] = [
      () => service.get(foreign),
      () => service.update(foreign, { types: ['x'] }),
      () => service.rotateSecret(foreign, 0),
      () => service.enable(foreign),
      () => service.disable(foreign),
      () => service.remove(foreign),
      () => service.test(foreign),
      () => at.deliveries(foreign),
      () => service.resend(foreign, delivery!.deliveryId),
      () => service.resend(name, 'msg_unknown'),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await service.list('other')).toEqual([]);
    expect(await service.get(name)).toMatchObject({ status: 'enabled', types: ['*'] });
  });

  it('has a number of endpoints', async () => {
    const { to, at } = await setUp();
    for (let count = 0; count < ENDPOINTS_PER_TENANT_MAX; count += 1) await endpointTo(to, at);
    await expect(endpointTo(to, at)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await endpointTo(to, at, 'other');
  });
});

describe('an endpoint', () => {
  it('gets events appended after it was made, not those before', async () => {
    const { to, at } = await setUp();
    await at.append('acme', { id: 'before' });
    await endpointTo(to, at);
    await at.append('acme', { id: 'after' });
    await at.settle();
    expect(to.received.map(({ body }) => (JSON.parse(body) as { id: string }).id)).toEqual([
      'after',
    ]);
  });

  it('that is disabled gets nothing, and nothing of that time later', async () => {
    const { to, at } = await setUp();
    const { name } = await endpointTo(to, at);
    await at.append('acme', { id: 'waiting' });
    await at.fanOut();
    expect(await at.service.disable(name)).toMatchObject({ disabledReason: 'asked' });
    await at.settle();
    await at.append('acme', { id: 'meanwhile' });
    // The subscription may lag: it sees the event only when the endpoint is enabled again.
    await at.service.enable(name);
    await at.settle();
    expect(to.received).toEqual([]);
    expect(await at.deliveries(name)).toMatchObject([{ status: 'cancelled' }]);
    await at.append('acme', { id: 'later' });
    await at.settle();
    expect(to.received).toHaveLength(1);
  });

  it('that was deleted gets nothing of what waits', async () => {
    const { to, at } = await setUp();
    const { name } = await endpointTo(to, at);
    await at.append('acme');
    await at.fanOut();
    await at.service.remove(name);
    await at.settle();
    expect(to.received).toEqual([]);
    expect(await at.jobs.counts()).toEqual([]);
  });

  it('gets a test message when asked, and not while disabled', async () => {
    const { to, at } = await setUp();
    const { name, secret } = await endpointTo(to, at);
    const delivery = await at.service.test(name);
    expect(delivery).toMatchObject({ status: 'waiting', position: null });
    await at.settle();
    expect(takes(secret, to.received[0]!)).toBe(true);
    expect(JSON.parse(to.received[0]!.body)).toMatchObject({ type: 'comptoir.webhook.test.v1' });
    await at.service.disable(name);
    await expect(at.service.test(name)).rejects.toMatchObject({ code: 'WEBHOOK_DISABLED' });
  });
});

describe('a resend', () => {
  it('sends what was delivered again, with the same webhook-id and a new time', async () => {
    const { to, at } = await setUp();
    const { name, secret } = await endpointTo(to, at);
    await at.append('acme');
    await at.settle();
    const [delivery] = await at.deliveries(name);
    at.clock.ms += DAY;
    await at.service.resend(name, delivery!.deliveryId);
    await at.settle();
    const [first, second] = to.received;
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(second!.headers['webhook-timestamp']).not.toBe(first!.headers['webhook-timestamp']);
    expect(takes(secret, second!)).toBe(true);
    expect(await at.deliveries(name)).toMatchObject([{ status: 'delivered', attempts: [{}, {}] }]);
  });

  it('of a waiting one brings its attempt forward and begins the table anew', async () => {
    const { to, at } = await setUp();
    const { name } = await endpointTo(to, at);
    to.answer(answerWith(500));
    await at.append('acme');
    await at.settle();
    at.clock.ms = at.jobs.nextDueMs()!;
    await at.settle();
    const [delivery] = await at.deliveries(name);
    await at.service.resend(name, delivery!.deliveryId);
    await at.settle();
    expect(to.received).toHaveLength(3);
    expect(await at.deliveries(name)).toMatchObject([{ status: 'waiting', tries: 1 }]);
    expect(at.jobs.nextDueMs()! - at.clock.ms).toBe(5000);
    expect(await at.jobs.counts()).toMatchObject([{ waiting: 1 }]);
  });
});

describe('time', () => {
  it('disables an endpoint that has failed for five days, not before', async () => {
    const { to, at } = await setUp();
    const { name } = await endpointTo(to, at);
    to.answer(answerWith(500));
    await at.append('acme');
    await at.settle();
    for (let due = at.jobs.nextDueMs(); due !== null; due = at.jobs.nextDueMs()) {
      at.clock.ms = due;
      await at.settle();
    }
    const since = Date.parse((await at.service.get(name)).failingSince ?? '');
    at.clock.ms = since + 5 * DAY - 1;
    await sweepOf(at);
    expect(await at.service.get(name)).toMatchObject({ status: 'enabled' });
    at.clock.ms += 1;
    await sweepOf(at);
    expect(await at.service.get(name)).toMatchObject({
      status: 'disabled',
      disabledReason: 'failing',
    });
    await at.append('acme');
    await at.settle();
    expect(to.received).toHaveLength(10);
  });

  it('removes deliveries after 30 days', async () => {
    const { to, at } = await setUp();
    const { name } = await endpointTo(to, at);
    await at.append('acme');
    await at.settle();
    at.clock.ms += 30 * DAY;
    await sweepOf(at);
    expect(await at.deliveries(name)).toHaveLength(1);
    at.clock.ms += 1;
    await sweepOf(at);
    expect(await at.deliveries(name)).toEqual([]);
  });

  it('brings back a delivery whose job was lost', async () => {
    const { to, at } = await setUp();
    const { name } = await endpointTo(to, at);
    await at.append('acme');
    await at.fanOut();
    const [delivery] = await at.deliveries(name);
    const job = { queue: 'webhooks.deliver', key: delivery!.deliveryId };
    await at.store.transaction((tx) => at.jobs.cancel(tx, job));
    await at.settle();
    expect(to.received).toEqual([]);
    at.clock.ms += HOUR + 1;
    await sweepOf(at);
    await at.settle();
    expect(to.received).toHaveLength(1);
  });
});

describe('metrics', () => {
  it('count what attempts led to, and name no tenant, endpoint or address', async () => {
    const metrics = createMetricRegistry();
    const [to, at] = [await startReceiver(), await webhookFixture({ metrics })];
    open.push(to, at, { close: async () => metrics.close() });
    const { name } = await endpointTo(to, at);
    for (const status of [204, 500, 410]) {
      to.answer(answerWith(status));
      await at.append('acme');
      await at.settle();
    }
    await at.append('acme');
    await at.settle();
    const text = await metrics.text();
    for (const outcome of ['delivered', 'retried', 'failed'])
      expect(text).toContain(`comptoir_webhook_deliveries_total{outcome="${outcome}"} 1`);
    expect(text).toContain('comptoir_webhook_attempt_seconds_count 3');
    expect(text).toContain('comptoir_webhook_endpoints_disabled_total{reason="gone"} 1');
    for (const word of ['acme', name.id, '127.0.0.1']) expect(text).not.toContain(word);
  });
});
