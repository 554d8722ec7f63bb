/** The whole way on PostgreSQL: subscription, rows, job queue, receiver; with two processes. */
import { randomUUIDv7 } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { until } from '../../test/support/until.ts';
import { systemClock } from '../core/clock.ts';
import { jsonDraftOf } from '../core/event.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { createJobs } from '../platform/jobs/boss-jobs.ts';
import { createPostgresSubscriptionStore } from '../subscriptions/durable/postgres/postgres-subscription-store.ts';
import { createSubscriptions } from '../subscriptions/durable/subscriptions.ts';
import { createPostgresWebhookStore } from './postgres/postgres-store.ts';
import { answerWith, startReceiver } from './receiver.fixture.ts';
import { createSecretBox, SECRET_BOX_KEY_BYTES } from './secret-box.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

const EVENTS = 60;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** One process: its own connections, queue and subscription over the shared database and log. */
async function startProcess(held: TestDatabase, log: MemoryLog): Promise<Webhooks> {
  const common = { log, clock: systemClock, logger: silentLogger, metrics: noMetrics };
  const jobs = createJobs({ databaseUrl: held.url });
  const checkpoints = createPostgresSubscriptionStore(held.database, { bucketCount: 2 });
  const webhooks = createWebhooks({
    ...common,
    jobs,
    checkpoints,
    store: createPostgresWebhookStore(held.database),
    secretBox: createSecretBox(new Uint8Array(SECRET_BOX_KEY_BYTES)),
    newId: () => randomUUIDv7(),
    random: () => 0,
    egress: { allowHttp: true, allowPrivate: true },
  });
  webhooks.work();
  const subscriptions = createSubscriptions({ ...common, store: checkpoints });
  subscriptions.add(webhooks.subscriber);
  await jobs.start();
  await subscriptions.start();
  webhooks.start();
  open.push({
    async close() {
      await subscriptions.stop();
      await webhooks.stop();
      await jobs.stop();
    },
  });
  return webhooks;
}

describe('webhooks on PostgreSQL', () => {
  it('two processes deliver every event of the tenant, each with one row', async () => {
    const held = await testDatabase({ connectionsMax: 20 });
    open.push({ close: () => held.drop() });
    const log = createMemoryLog({ bucketCount: 2 });
    const to = await startReceiver();
    open.push(to);
    const [webhooks] = [await startProcess(held, log), await startProcess(held, log)];
    const { endpoint } = await webhooks.service.create('acme', { url: to.url, types: ['*'] });
    const wanted: string[] = [];
    for (let index = 0; index < EVENTS; index += 1) {
      const id = `e${index}`;
      wanted.push(id);
      const draft = jsonDraftOf({ id, source: '/test', type: 'test.happened' }, { index });
      await log.appendReceived('acme', [draft]);
      await log.appendReceived('other', [draft]);
    }
    const arrived = (): ReadonlySet<string> =>
      new Set(to.received.map(({ body }) => (JSON.parse(body) as { id: string }).id));
    await until('every event to arrive', () => arrived().size === EVENTS);
    expect([...arrived()].toSorted()).toEqual(wanted.toSorted());
    const name = { tenant: 'acme', id: endpoint.endpointId };
    const items = await until('every row to be settled', async () => {
      const page = { status: 'delivered', after: null, limit: 200 } as const;
      const found = await webhooks.service.deliveries(name, page);
      return found.items.length === EVENTS ? found.items : null;
    });
    expect(new Set(items.map(({ position }) => position)).size).toBe(EVENTS);
    const { rows } = await held.database.query<{ tenant: string; count: bigint }>({
      text: 'select tenant, count(*) as count from webhook_deliveries group by tenant',
    });
    expect(rows).toEqual([{ tenant: 'acme', count: BigInt(EVENTS) }]);
  });

  it('a failed delivery waits in the queue until its time, also when it is sent again in between', async () => {
    const held = await testDatabase();
    open.push({ close: () => held.drop() });
    const log = createMemoryLog({ bucketCount: 2 });
    const to = await startReceiver();
    open.push(to);
    const webhooks = await startProcess(held, log);
    const { endpoint } = await webhooks.service.create('acme', { url: to.url, types: ['*'] });
    const name = { tenant: 'acme', id: endpoint.endpointId };
    to.answer(answerWith(503, { 'retry-after': '3600' }));
    const { deliveryId } = await webhooks.service.test(name);
    const waiting = await until('the failure to be recorded', async () => {
      const { items } = await webhooks.service.deliveries(name, {
        status: 'waiting',
        after: null,
        limit: 9,
      });
      return items[0]?.attempts.length === 1 ? items[0] : null;
    });
    expect(
      Date.parse(waiting.nextAttemptAt!) - Date.parse(waiting.attempts[0]!.at),
    ).toBeGreaterThan(3_500_000);
    const { rows } = await held.database.query<{ waiting: bigint }>({
      text: `select count(*) as waiting from jobs.job where name = 'webhooks.deliver' and state < 'active'
             and start_after > now() + interval '50 minutes'`,
    });
    expect(rows).toEqual([{ waiting: 1n }]);
    to.answer(answerWith(204));
    await webhooks.service.resend(name, deliveryId);
    // The receiver asked for a pause of an hour, of which a lane keeps a minute: a resend waits for it, too.
    const [row] = await until('the job to be moved', async () => {
      const found = await held.database.query<{ count: bigint }>({
        text: `select count(*) as count from jobs.job where name = 'webhooks.deliver' and state < 'active'
               and start_after < now() + interval '2 minutes'`,
      });
      return found.rows[0]?.count === 1n ? found.rows : null;
    });
    expect(row).toEqual({ count: 1n });
  });
});
