/**
 * Erasure as an auditor would try it: strings are planted wherever a person may stand, the person is erased, and then
 * every route is asked and every byte of the data directory read. A copy of the database from before is started with the
 * key store from after.
 */
import { execFile } from 'node:child_process';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doctorSays } from '../../tools/chaos/work/comptoir.ts';
import { createMasterKeys } from '../../src/personal-data/master-key.ts';
import { createPersonalData } from '../../src/personal-data/personal-data.ts';
import { openDirectoryKeyStore } from '../../src/platform/keys/directory-key-store.ts';
import {
  type ServerProcess,
  spawnServer,
  startServer,
  temporaryFolder,
} from '../support/server-process.ts';
import { until } from '../support/until.ts';

const COMPTOIR = join(import.meta.dirname, '..', '..', 'bin', 'comptoir');
const run = promisify(execFile);
const TEST_TIMEOUT_MS = 180_000;
const DONE_TIMEOUT_MS = 90_000;
/** Upper case and digits without repetition: nothing else looks like one, in whatever file. */
const CANARIES = Array.from(
  { length: 20 },
  (_, index) => `CANARYQ${String(index).padStart(2, '0')}ZJXW`,
);
const canary = (index: number): string => CANARIES[index] ?? '';
const CLOUD_EVENT = { 'content-type': 'application/cloudevents+json' };

type Caller = Pick<ServerProcess, 'url' | 'apiKey'>;

interface Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function call(server: Caller, path: string, { body, headers }: Asked = {}) {
  const answer = await fetch(server.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', ...headers }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Everything that can be asked about customers, events and what was refused, of all tenants and moments. */
async function askEverything(server: Caller, customers: readonly string[]): Promise<string> {
  const paths = [
    '/v1/events?limit=1000',
    '/v1/events?type=comptoir.*',
    '/v1/events/rejected',
    '/v1/customers',
    `/v1/customers?email=${canary(1)}@example.com`,
    '/v1/projections',
    '/v1/webhooks',
    '/v1/quality',
    '/metrics',
    '/health/ready',
    ...Array.from({ length: 16 }, (_, bucket) => `/v1/log/${bucket}`),
    ...customers.flatMap((id) => [
      `/v1/events?subject=${id}`,
      `/v1/customers/${id}`,
      `/v1/customers/${id}?at=2999-01-01T00:00:00Z`,
      `/v1/customers/${id}/history`,
      `/v1/streams/customers/${id}`,
      `/v1/streams/customers/${id}/state?version=1`,
      `/v1/streams/customers/${id}/history`,
      `/v1/persons/${id}/export`,
    ]),
  ];
  let all = '';
  for (const path of paths) all += (await call(server, path).catch(() => ({ text: '' }))).text;
  return all;
}

const foundIn = (text: string | Buffer): string[] => CANARIES.filter((one) => text.includes(one));

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function ignoreMissing(error: unknown): Buffer {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

/** Names of files with the strings that their bytes hold. */
async function bytesHolding(folder: string): Promise<string[]> {
  const hits: string[] = [];
  for (const file of await filesUnder(folder)) {
    // A segment of the write-ahead log may go between the listing and the look: what is gone holds nothing.
    const found = foundIn(await readFile(file).catch(ignoreMissing));
    if (found.length > 0) hits.push(`${file}: ${found.join()}`);
  }
  return hits;
}

/** How many of the persons have a key in a copy of a key store: whether their keys were destroyed. */
async function keysHeld(folder: string, persons: readonly string[]): Promise<number> {
  const keys = await openDirectoryKeyStore(folder);
  const text = await readFile(join(folder, 'master.key'), 'utf8');
  const master = createMasterKeys(text.trim());
  const personal = await createPersonalData({ keys, master });
  const references = persons.map((person) => personal.referenceOf('default', person));
  const held = await keys.readKeys(references);
  await personal.close();
  await keys.close();
  return held.size;
}

/** Plants every string; answers with the ids of the two customers. */
async function plant(server: ServerProcess): Promise<readonly string[]> {
  const register = async (from: number) => {
    const input = {
      name: canary(from),
      email: `${canary(from + 1)}@example.com`,
      phone: `+55119${from}7654321`,
    };
    const headers = { 'idempotency-key': `register-${from}` };
    const made = await call(server, '/v1/customers', { body: input, headers });
    expect(made.status).toBe(201);
    return (JSON.parse(made.text) as { id: string }).id;
  };
  const customers = [await register(0), await register(2)];
  const [one = '', two = ''] = customers;
  for (const [id, index] of [
    [one, 4],
    [two, 5],
  ] as const)
    expect(
      (await call(server, `/v1/customers/${id}/change-contact`, { body: { name: canary(index) } }))
        .status,
    ).toBe(200);
  await registerSchema(server);
  const event = (id: string, type: string, more: object) =>
    call(server, '/v1/events', {
      body: { specversion: '1.0', id, source: '/till', type, ...more },
      headers: CLOUD_EVENT,
    });
  for (const [index, who] of [one, two].entries()) {
    const at = 6 + index * 6;
    const marked = {
      customer: who,
      name: canary(at),
      address: { street: canary(at + 1) },
      guests: 2,
    };
    expect((await event(`m${index}`, 'com.example.visit', { data: marked })).status).toBe(201);
    const wrong = { customer: who, name: canary(at + 2), guests: canary(at + 3) };
    expect((await event(`w${index}`, 'com.example.visit', { data: wrong })).status).toBe(422);
    const plain = { subject: who, data: { note: canary(at + 4) }, comment: canary(at + 5) };
    expect((await event(`p${index}`, 'com.example.note', plain)).status).toBe(201);
  }
  for (const index of [18, 19]) {
    const text = { subject: one, datacontenttype: 'text/plain', data: canary(index) };
    expect((await event(`t${index}`, 'com.example.text', text)).status).toBe(201);
  }
  return customers;
}

async function registerSchema({ url, apiKey }: Caller): Promise<void> {
  const answer = await fetch(`${url}/v1/schemas/com.example.visit/1`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      schema: { type: 'object', properties: { guests: { type: 'integer' } } },
      personal: ['/name', '/address'],
      person: '/customer',
    }),
  });
  expect(answer.status).toBe(201);
}

describe('an erased person', () => {
  let server: ServerProcess;
  let folder = '';
  let customers: readonly string[] = [];
  const others: ServerProcess[] = [];
  const before = { data: '', keys: '' };

  beforeAll(async () => {
    folder = await temporaryFolder('comptoir-erasure-');
    server = await startServer();
    customers = await plant(server);
    await until('the list shows both', async () => {
      const { text } = await call(server, '/v1/customers');
      return text.includes(canary(4)) && text.includes(canary(5));
    });
    await server.stop();
    before.data = join(folder, 'before');
    before.keys = join(folder, 'keys-before');
    await cp(join(server.dataDir, 'postgres'), join(before.data, 'postgres'), {
      recursive: true,
      preserveTimestamps: true,
    });
    await cp(join(server.dataDir, 'keys'), before.keys, { recursive: true });
    await server.restart();
  }, TEST_TIMEOUT_MS);

  afterAll(async () => {
    for (const other of others) await other.dispose();
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('could be seen by every means used below, so that these can fail', async () => {
    expect(foundIn(await askEverything(server, customers))).toEqual(CANARIES);
    expect((await bytesHolding(before.data)).length).toBeGreaterThan(0);
    expect(await keysHeld(before.keys, customers)).toBe(2);
  });

  it('would be found by its keys where a store lists it but destroys nothing', async () => {
    const lax = join(folder, 'keys-lax');
    await cp(before.keys, lax, { recursive: true });
    const store = await openDirectoryKeyStore(lax);
    const personal = await createPersonalData({
      keys: store,
      master: createMasterKeys((await readFile(join(lax, 'master.key'), 'utf8')).trim()),
    });
    for (const id of customers)
      await store.putErasure({
        reference: personal.referenceOf('default', id),
        tenant: 'default',
        receiptId: id,
        requestedAt: new Date(0).toISOString(),
        actor: 'a',
        sealedId: '',
        state: 'done',
        doneAt: null,
      });
    await personal.close();
    await store.close();
    expect(await keysHeld(lax, customers)).toBe(2);
  });

  it('is erased by nobody without the scope', async () => {
    const made = await call(server, '/v1/keys', {
      body: { name: 'reader', scopes: ['events:read'] },
    });
    const reader = { url: server.url, apiKey: (JSON.parse(made.text) as { key: string }).key };
    const [id = ''] = customers;
    for (const path of [`/v1/persons/${id}/erase`, `/v1/customers/${id}/erase`])
      expect((await call(reader, path, { body: {} })).status).toBe(403);
    expect((await call(reader, `/v1/persons/${id}/export`)).status).toBe(403);
    expect((await call(server, '/v1/customers/nobody/erase', { body: {} })).status).toBe(404);
    expect((await call(server, '/v1/persons/erasures/nothing')).status).toBe(404);
  });

  it('is not the buyer of an invoice that the law asks to keep', async () => {
    const kept = await call(server, '/v1/persons/kept-by-law.invoice.1/erase', { body: {} });
    expect(kept.status).toBe(403);
  });

  it(
    'is erased by the command line only when the id was given twice',
    async () => {
      const environment = {
        ...process.env,
        COMPTOIR_DATA_DIR: server.dataDir,
        COMPTOIR_URL: server.url,
        COMPTOIR_API_KEY: server.apiKey,
        NO_COLOR: '1',
      };
      const comptoir = (...words: string[]) => run(COMPTOIR, words, { env: environment });
      await expect(comptoir('erase', 'somebody', '--confirm', 'other')).rejects.toMatchObject({
        code: 2,
      });
      const { stdout } = await comptoir('erase', 'somebody', '--confirm', 'somebody', '--json');
      expect(JSON.parse(stdout)).toMatchObject({ state: 'done' });
      const copied = join(folder, 'keys-copied');
      await comptoir('backup', '--keys', copied);
      expect(await keysHeld(copied, customers)).toBe(2);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'is shown by no route, and no byte of the data directory holds what was planted',
    async () => {
      for (const id of customers) {
        const taken = await call(server, `/v1/customers/${id}/erase`, { body: {} });
        expect(taken.status).toBe(202);
        const { receiptId } = JSON.parse(taken.text) as { receiptId: string };
        const done = async () =>
          (await call(server, `/v1/persons/erasures/${receiptId}`)).text.includes('"done"');
        await until('the erasure is done', done, {
          timeoutMs: DONE_TIMEOUT_MS,
          explain: () => server.logs(),
        });
      }
      expect(foundIn(await askEverything(server, customers))).toEqual([]);
      expect(foundIn(server.logs())).toEqual([]);
      expect(await bytesHolding(server.dataDir)).toEqual([]);
      const { url, apiKey, dataDir } = server;
      expect(await doctorSays({ url, apiKey, dataDir })).toEqual([]);
      await server.stop();
      expect(await bytesHolding(server.dataDir)).toEqual([]);
      expect(await keysHeld(join(server.dataDir, 'keys'), customers)).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'is shown by no route of an older database with the newer key store, from before it is ready on',
    async () => {
      await cp(join(server.dataDir, 'keys'), join(before.data, 'keys'), { recursive: true });
      const copy = await spawnServer({ dataDir: before.data });
      others.push(copy);
      let seen = '';
      let ready = false;
      const asking = (async () => {
        while (!ready) seen += await askEverything(copy, customers.slice(0, 1));
      })();
      await copy.ready().finally(() => {
        ready = true;
      });
      await asking;
      seen += await askEverything(copy, customers);
      expect(foundIn(seen)).toEqual([]);
      expect(seen).toContain('comptoir.person.erased.v1');
      expect(foundIn(copy.logs())).toEqual([]);
      await until(
        'its files are clean too',
        async () => (await bytesHolding(before.data)).length === 0,
        {
          timeoutMs: DONE_TIMEOUT_MS,
          explain: () => copy.logs(),
        },
      );
    },
    TEST_TIMEOUT_MS,
  );
});
