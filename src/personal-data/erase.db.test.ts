import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { systemClock } from '../core/clock.ts';
import { DataKind, draftOf, jsonDraftOf, type StoredEvent } from '../core/event.ts';
import type { PersonalMarks } from '../core/event-type.ts';
import type { ForgetsPersons } from '../core/personal-data.ts';
import { openPostgresLog, type PostgresLog } from '../log/postgres/postgres-log.ts';
import { createMemoryKeyStore, type MemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import type { Database } from '../platform/postgres/database.ts';
import { scrub } from '../platform/postgres/scrub.ts';
import { createErasure, type Erasure, type ErasureDependencies } from './erase.ts';
import { createMasterKeys } from './master-key.ts';
import { openPersonIds } from './person-ids.ts';
import { createPersonalData, type PersonalDataService } from './personal-data.ts';
import { revealingReader } from './revealing-reader.ts';

const MASTER = createMasterKeys('a-master-key-of-more-than-32-characters');
const MARKS: PersonalMarks = { person: '/id', fields: ['/name'], type: 'comptoir.x.made.v1' };
const TENANT = 't1';
const ID = 'person-1';

interface Server {
  readonly log: PostgresLog;
  readonly personal: PersonalDataService;
  readonly erasure: Erasure;
}

let keys: MemoryKeyStore;
let main: TestDatabase;
let closers: (() => Promise<void>)[];
let forgotten: string[];

beforeEach(async () => {
  keys = createMemoryKeyStore();
  main = await testDatabase();
  closers = [];
  forgotten = [];
});

afterEach(async () => {
  for (const close of closers.reverse()) await close();
  await main.drop();
});

const forgets: readonly ForgetsPersons[] = [
  {
    async forget({ personId }) {
      forgotten.push(personId);
      return [];
    },
  },
];

type Change = (deps: ErasureDependencies) => Partial<ErasureDependencies>;

async function serverOn(database: Database, change: Change = () => ({})): Promise<Server> {
  const log = await openPostgresLog({
    database,
    bucketCount: 2,
    dedupeWindowSeconds: 3600,
    dedupeKeysMax: 1000,
    maintenance: false,
  });
  const personal = await createPersonalData({ keys, master: MASTER });
  const deps: ErasureDependencies = {
    keys,
    personal,
    personIds: await openPersonIds(keys, MASTER),
    log,
    database,
    forgets,
    projections: null,
    marksOf: () => undefined,
    scrub: (tables) => scrub({ database, tables, own: false }),
    clock: systemClock,
    newId: () => randomUUID(),
  };
  const erasure = createErasure({ ...deps, ...change(deps) });
  closers.push(async () => {
    await erasure.stop();
    await personal.close();
    await log.close();
  });
  return { log, personal, erasure };
}

const received = (id: string, subject: string, note: string) =>
  jsonDraftOf({ id, source: '/till', type: 'com.example.note', subject }, { note });

async function fill({ log, personal }: Server): Promise<void> {
  const data = await personal.seal(TENANT, MARKS, { id: ID, name: 'CANARY-sealed', total: 3 });
  const draft = draftOf({ id: 'd1', source: '/comptoir/x', type: 'comptoir.x.made.v1' }, data);
  const streams = [{ stream: `x/${ID}`, expectedVersion: 0n, events: [draft] }];
  await log.appendDecided({ tenant: TENANT, streams });
  await log.appendReceived(TENANT, [
    received('r0', 'somebody-else', 'stays'),
    received('r1', ID, 'CANARY-received'),
    received('r2', ID, 'CANARY-again'),
  ]);
  await log.appendReceived('t2', [received('r1', ID, 'of another tenant')]);
}

async function read({ log, personal }: Server, tenant = TENANT): Promise<StoredEvent[]> {
  const reader = revealingReader(log, personal);
  return [...(await reader.find({ tenant, after: 0n, limit: 100 })).events];
}

const textOf = (event: StoredEvent | undefined): string => Buffer.from(event!.data).toString();

/** Everything that the tables hold, unpacked: what a scan of the files would have to find. */
async function stored({ log }: Server): Promise<string> {
  let all = '';
  for (let bucket = 0; bucket < log.bucketCount; bucket++)
    for (const batch of await log.readBatches(bucket, 0n, { eventsMax: 1000 }))
      all += Array.from({ length: batch.count }, (_, index) => shown(batch.eventAt(index))).join();
  return all;
}

const shown = (event: StoredEvent | null): string =>
  event === null ? '' : JSON.stringify([event.subject, event.extensionsJson, textOf(event)]);

describe('erasing a person', () => {
  it('nulls sealed fields, puts tombstones in place of unsealed events and leaves everything else', async () => {
    const server = await serverOn(main.database);
    await fill(server);
    const receipt = await server.erasure.erase(TENANT, ID, 'key-1');
    expect(receipt.state).toBe('pending');
    await server.erasure.settled();
    expect(await server.erasure.receipt(TENANT, receipt.receiptId)).toMatchObject({
      state: 'done',
    });
    expect(await server.erasure.receipt('t2', receipt.receiptId)).toBeNull();
    const events = await read(server);
    expect(events.map(({ position }) => position)).toEqual([1n, 2n, 3n, 4n, 6n]);
    expect(textOf(events[0])).toBe(`{"id":"${ID}","name":null,"total":3}`);
    expect(textOf(events[1])).toBe('{"note":"stays"}');
    for (const event of [events[2]!, events[3]!])
      expect([event.dataKind, event.subject, event.extensionsJson]).toEqual([
        DataKind.erased,
        null,
        '{"erased":true}',
      ]);
    expect(events[4]).toMatchObject({ type: 'comptoir.person.erased.v1', decided: true });
    expect(JSON.stringify([events[4]!.stream, textOf(events[4]!)])).not.toContain(ID);
    expect((await read(server, 't2')).map(textOf)).toEqual(['{"note":"of another tenant"}']);
    expect(await stored(server)).not.toContain('CANARY');
    expect(forgotten).toEqual([ID]);
    const found = await server.log.find({ tenant: TENANT, subject: ID, after: 0n, limit: 9 });
    expect(found.events).toEqual([]);
  });

  it('takes a repetition of an erased event for a duplicate', async () => {
    const server = await serverOn(main.database);
    await fill(server);
    await server.erasure.erase(TENANT, ID, 'key-1');
    await server.erasure.settled();
    const again = await server.log.appendReceived(TENANT, [received('r1', ID, 'CANARY-received')]);
    expect(again).toEqual([{ status: 'duplicate', position: 3n }]);
    await server.log.maintain();
    expect(await stored(server)).not.toContain('CANARY');
  });

  it('names in the receipt what is kept, and stands when that cannot be told', async () => {
    const kept = [{ what: 'bills', why: 'tax law', until: '2036-12-31' }];
    let asked = '';
    let broken = false;
    const server = await serverOn(main.database, () => ({
      keptOf: async ({ tenant, personId }, requestedAt) => {
        if (broken) throw new Error('the read model is away');
        asked = `${tenant} ${personId} ${requestedAt}`;
        return kept;
      },
    }));
    const receipt = await server.erasure.erase(TENANT, ID, 'key-1');
    expect(receipt.kept).toEqual(kept);
    expect(asked).toBe(`${TENANT} ${ID} ${receipt.requestedAt}`);
    await server.erasure.settled();
    broken = true;
    const later = await server.erasure.receipt(TENANT, receipt.receiptId);
    expect(later).toMatchObject({ state: 'done', kept: null });
  });

  it('gives the same receipt again and appends one event', async () => {
    const server = await serverOn(main.database);
    const first = await server.erasure.erase(TENANT, ID, 'key-1');
    expect((await server.erasure.erase(TENANT, ID, 'key-2')).receiptId).toBe(first.receiptId);
    await server.erasure.settled();
    const later = await server.erasure.erase(TENANT, ID, 'key-2');
    expect(later).toMatchObject({ receiptId: first.receiptId, state: 'done' });
    expect(await read(server)).toHaveLength(1);
  });

  it('refuses to seal anything new about the person', async () => {
    const server = await serverOn(main.database);
    await server.erasure.erase(TENANT, ID, 'key-1');
    await expect(
      server.personal.seal(TENANT, MARKS, { id: ID, name: 'new' }),
    ).rejects.toMatchObject({ code: 'PERSON_ERASED' });
  });

  it('leaves unsealed events whose schema marks nothing in them', async () => {
    const server = await serverOn(main.database, () => ({
      marksOf: () => ({ person: '/id', fields: ['/phone'] }),
    }));
    await fill(server);
    await server.log.appendReceived(TENANT, [
      jsonDraftOf(
        { id: 'r9', source: '/till', type: 'com.example.note', subject: ID },
        { phone: 'CANARY-before-the-schema' },
      ),
    ]);
    await server.erasure.erase(TENANT, ID, 'key-1');
    await server.erasure.settled();
    const kinds = (await read(server)).map(({ dataKind }) => dataKind);
    expect(kinds.filter((kind) => kind === DataKind.erased)).toHaveLength(1);
    expect(await stored(server)).not.toContain('CANARY-before-the-schema');
  });
});

describe('while it goes on', () => {
  it('destroys the key at the repetition when the first call could not, before it answers', async () => {
    let broken = true;
    const server = await serverOn(main.database, () => ({
      keys: {
        ...keys,
        destroyKey: (reference) =>
          broken ? Promise.reject(new Error('no database')) : keys.destroyKey(reference),
      },
    }));
    await fill(server);
    const reference = server.personal.referenceOf(TENANT, ID);
    const both = [1, 2].map(() => server.erasure.erase(TENANT, ID, 'key-1'));
    for (const ending of await Promise.allSettled(both)) expect(ending.status).toBe('rejected');
    expect((await keys.readKeys([reference])).has(reference)).toBe(true);
    broken = false;
    await server.erasure.erase(TENANT, ID, 'key-1');
    expect((await keys.readKeys([reference])).has(reference)).toBe(false);
  });

  it('is stopped while it waits for projections, and the next start goes on', async () => {
    const waiting = Promise.withResolvers<void>();
    const waitForAll = (): Promise<void> => {
      waiting.resolve();
      return new Promise(() => undefined);
    };
    const server = await serverOn(main.database, () => ({ projections: { waitForAll } }));
    await server.erasure.erase(TENANT, ID, 'key-1');
    const settled = server.erasure.settled();
    await waiting.promise;
    await server.erasure.stop();
    await settled;
    expect(forgotten).toEqual([]);
    expect(await keys.erasures()).toMatchObject([{ state: 'pending' }]);
    const next = await serverOn(main.database);
    await next.erasure.applyErasures();
    await next.erasure.settled();
    expect(await keys.erasures()).toMatchObject([{ state: 'done' }]);
  });
});

describe('after a crash', () => {
  it('goes on from every step to the same end', async () => {
    const crashes: Change[] = [
      ({ log }) => ({ log: failing(log, 'appendDecided') }),
      ({ log }) => ({ log: failing(log, 'find') }),
      ({ log }) => ({ log: failing(log, 'eraseReceived') }),
      () => ({ forgets: [failing({ forget: async () => [] }, 'forget')] }),
      () => ({ scrub: () => Promise.reject(new Error('crash')) }),
      () => ({ keys: failing(keys, 'destroyKey') }),
      () => ({ keys: failing(keys, 'finishErasure') }),
    ];
    for (const [index, broken] of crashes.entries()) {
      const copy = await testDatabase();
      closers.push(() => copy.drop());
      const before = await serverOn(copy.database, broken);
      const person = `${ID}-${index}`;
      await before.log.appendReceived(TENANT, [received('r1', person, 'CANARY')]);
      await before.erasure.erase(TENANT, person, 'key-1').catch(() => undefined);
      await before.erasure.settled();
      const after = await serverOn(copy.database);
      await after.erasure.applyErasures();
      expect(await stored(after)).not.toContain('CANARY');
      await after.erasure.settled();
      const list = (await keys.erasures()).filter(({ state }) => state === 'pending');
      expect(list).toEqual([]);
      const mine = await read(after);
      expect(mine.filter(({ type }) => type === 'comptoir.person.erased.v1')).toHaveLength(
        index + 1,
      );
    }
  });
});

/** The same object, of which one method fails. */
function failing<T extends object>(target: T, method: keyof T): T {
  return new Proxy(target, {
    get(held, name) {
      if (name === method) return () => Promise.reject(new Error('crash'));
      const own: unknown = Reflect.get(held, name, held);
      return typeof own === 'function' ? (own.bind(held) as unknown) : own;
    },
  });
}

describe('a database from before an erasure, with the key store from after it', () => {
  it('is cleared before it serves, and shows nothing even before that', async () => {
    const copy = await copyOfMain();
    const receipt = await (await serverOn(main.database)).erasure.erase(TENANT, ID, 'key-1');
    const old = await serverOn(copy.database);
    expect(textOf((await read(old))[0])).toContain('"name":null');
    expect(await stored(old)).toContain('CANARY-received');
    expect(await old.erasure.applyErasures()).toBe(1);
    expect(await stored(old)).not.toContain('CANARY');
    expect(forgotten).toContain(ID);
    await old.erasure.settled();
    expect(await old.erasure.applyErasures()).toBe(0);
    expect(await old.erasure.receipt(TENANT, receipt.receiptId)).toMatchObject({ state: 'done' });
  });

  it('shows the person while keys are not destroyed: the tests above can fail', async () => {
    const copy = await copyOfMain();
    const server = await serverOn(main.database);
    keys.keepDestroyedKeys();
    // Neither the list nor the destroyed key: what a store would be that does not erase.
    await server.erasure.erase(TENANT, ID, 'key-1');
    const list = keys.erasures;
    keys.erasures = async () => [];
    const old = await serverOn(copy.database);
    expect(textOf((await read(old))[0])).toContain('CANARY-sealed');
    keys.erasures = list;
  });

  async function copyOfMain(): Promise<TestDatabase> {
    await fill(await serverOn(main.database));
    const copy = await testDatabase();
    closers.push(() => copy.drop());
    for (const table of ['log_info', 'log_heads', 'log_batches', 'log_stream_events']) {
      const { rows } = await main.database.query<{ row: unknown }>({
        text: `select to_jsonb(t) as row from ${table} t`,
      });
      await copy.database.query({ text: `truncate ${table}` });
      await copy.database.query({
        text: `insert into ${table} select (jsonb_populate_record(null::${table}, r)).* from jsonb_array_elements($1::jsonb) r`,
        values: [JSON.stringify(rows.map(({ row }) => row))],
      });
    }
    return copy;
  }
});
