/** The two stores do the same, and many writers of one chain leave it whole. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { auditFixture, entry } from './audit.fixture.ts';
import { FIRST_PLACE, type Chain, type ChainHead, type EntryBody } from './chain.ts';
import { createMemoryAuditStore } from './memory/memory-store.ts';
import { createPostgresAuditStore } from './postgres/postgres-store.ts';
import type { AuditStore, EntryQuery } from './store.ts';

let db: TestDatabase;
const stores = new Map<string, AuditStore>();

beforeAll(async () => {
  db = await testDatabase();
  const { database } = db;
  stores.set('memory', createMemoryAuditStore());
  stores.set('postgres', createPostgresAuditStore({ database, bucketOf: () => 1 }));
});
afterAll(() => db.drop());

const storeOf = (name: string): AuditStore => {
  const store = stores.get(name);
  if (store === undefined) throw new TypeError(`there is no store ${name}`);
  return store;
};

const body = (index: number, more: Partial<EntryBody> = {}): EntryBody => ({
  recordedAtMicros: BigInt(index) * 1_000n,
  action: index % 2 === 0 ? 'a.even' : 'a_odd',
  actor: index % 3 === 0 ? 'user:3' : null,
  address: index % 5 === 0 ? Buffer.alloc(16, 5) : null,
  sealed: Buffer.of(index),
  ...more,
});
const link = (index: number): Buffer => Buffer.alloc(32, index);
const MAC = Buffer.alloc(32, 9);
const FIRST: ChainHead = { ...FIRST_PLACE, recordedAtMicros: 0n };

async function filled(store: AuditStore, chain: Chain, count = 20): Promise<void> {
  const indexes = Array.from({ length: count }, (_, index) => index + 1);
  const request = {
    expected: FIRST,
    bodies: indexes.map((index) => body(index)),
    links: indexes.map(link),
    mac: MAC,
  };
  expect(await store.append(chain, request)).toMatchObject({ status: 'appended' });
}

const ALL: EntryQuery = {
  before: null,
  fromMicros: null,
  toMicros: null,
  actor: null,
  action: null,
  actionPrefixes: [],
  address: null,
  limit: 100,
};

describe.each(['memory', 'postgres'])('the store in %s', (name) => {
  it('refuses a writer that was overtaken and tells the true end', async () => {
    const [store, chain] = [storeOf(name), { tenant: 'overtaken', class: 'audit' } as const];
    await filled(store, chain, 3);
    const late = { expected: FIRST, bodies: [body(9)], links: [link(9)], mac: MAC };
    expect(await store.append(chain, late)).toEqual({
      status: 'overtaken',
      head: { seq: 3n, link: link(3), recordedAtMicros: 3_000n },
      nextLink: link(1),
    });
    const lied = { ...late, expected: { seq: 3n, link: link(8) } };
    expect(await store.append(chain, lied)).toMatchObject({ status: 'overtaken', nextLink: null });
    expect(await store.entries(chain, 0n, 10)).toHaveLength(3);
    expect(await store.head(chain)).toMatchObject({ seq: 3n, mac: MAC });
  });

  it('appends under the lock', async () => {
    const [store, chain] = [storeOf(name), { tenant: 'locked', class: 'audit' } as const];
    await filled(store, chain, 3);
    const head = await store.appendLocked(chain, (end) => {
      expect(end).toEqual({ seq: 3n, link: link(3), recordedAtMicros: 3_000n });
      return { expected: end, bodies: [body(4)], links: [link(4)], mac: MAC };
    });
    expect(head.seq).toBe(4n);
  });

  it('finds by every filter, newest first', async () => {
    const [store, chain] = [storeOf(name), { tenant: 'found', class: 'access' } as const];
    await filled(store, chain);
    await filled(store, { tenant: 'found', class: 'audit' }, 2);
    const seqs = async (query: Partial<EntryQuery>): Promise<number[]> =>
      (await store.find(chain, { ...ALL, ...query })).map(({ seq }) => Number(seq));
    expect(await seqs({ limit: 3 })).toEqual([20, 19, 18]);
    expect(await seqs({ before: 3n })).toEqual([2, 1]);
    expect(await seqs({ actor: 'user:3' })).toEqual([18, 15, 12, 9, 6, 3]);
    expect(await seqs({ action: 'a.even', before: 7n })).toEqual([6, 4, 2]);
    expect(await seqs({ actionPrefixes: ['a_'], before: 6n })).toEqual([5, 3, 1]);
    expect(await seqs({ actionPrefixes: ['b.', 'a.'], before: 6n })).toEqual([4, 2]);
    expect(await seqs({ address: Buffer.alloc(16, 5) })).toEqual([20, 15, 10, 5]);
    expect(await seqs({ fromMicros: 4_000n, toMicros: 7_000n })).toEqual([6, 5, 4]);
    expect(await seqs({ fromMicros: 3_001n, toMicros: 5_999n })).toEqual([5, 4]);
    expect(await seqs({ fromMicros: 99_000n })).toEqual([]);
    expect(await seqs({ toMicros: 1n })).toEqual([]);
    expect(
      await store.find({ tenant: 'nobody', class: 'access' }, { ...ALL, fromMicros: 1n }),
    ).toEqual([]);
  });

  it('counts by address', async () => {
    const [store, chain] = [storeOf(name), { tenant: 'counted', class: 'security' } as const];
    await filled(store, chain);
    const of = { actions: ['a.even', 'b'], fromMicros: 1n, limit: 10 };
    expect(await store.countByAddress(chain, of)).toMatchObject([
      { count: 2, firstAtMicros: 10_000n, newest: { seq: 20n } },
    ]);
    expect(await store.countByAddress(chain, { ...of, fromMicros: 20_001n })).toEqual([]);
  });

  it('keeps checkpoints once, and cuts entries and checkpoints behind one', async () => {
    const [store, chain] = [storeOf(name), { tenant: 'cut', class: 'access' } as const];
    await filled(store, chain);
    const signed = (seq: bigint) => ({
      chain,
      checkpoint: { seq, link: link(Number(seq)), madeAtMicros: 5n, signature: Buffer.of(1) },
    });
    await store.putCheckpoints([signed(12n), signed(5n)]);
    await store.putCheckpoints([signed(12n)]);
    expect((await store.checkpoints(chain)).map(({ seq }) => seq)).toEqual([5n, 12n]);
    const cut = { seq: 12n, link: link(12), mac: MAC };
    expect(await store.cut(chain, cut)).toBe(12);
    expect(await store.cut(chain, cut)).toBe(0);
    expect(await store.cuts(chain)).toEqual([cut]);
    expect((await store.entries(chain, 0n, 2)).map(({ seq }) => seq)).toEqual([13n, 14n]);
    expect((await store.checkpoints(chain)).map(({ seq }) => seq)).toEqual([12n]);
  });

  it('lists its chains page by page', async () => {
    const store = storeOf(name);
    for (const tenant of ['listed-1', 'listed-2', 'listed-3'])
      await filled(store, { tenant, class: 'audit' }, 1);
    const listed: string[] = [];
    for (let after: Chain | null = null; ;) {
      const page: readonly Chain[] = await store.chains(after, 2);
      listed.push(...page.map(({ tenant }) => tenant));
      after = page.at(-1) ?? null;
      if (page.length < 2) break;
    }
    expect(listed).toEqual(expect.arrayContaining(['listed-1', 'listed-2', 'listed-3']));
    expect(new Set(listed).size).toBeGreaterThan(2);
  });
});

describe('several processes', () => {
  it('write one chain of PostgreSQL at once and leave it whole', async () => {
    const fixture = await auditFixture(storeOf('postgres'));
    const processes = [fixture.audit, fixture.another(), fixture.another()];
    const work = Array.from({ length: 150 }, (_, index) =>
      processes[index % 3]!.record(entry({ tenant: 'busy', subject: `s${index}` })),
    );
    await Promise.all(work);
    const [, , access] = await fixture.audit.verify('busy', []);
    expect(access).toMatchObject({ last: 150n, damage: null });
    const { items } = await fixture.audit.find({ tenant: 'busy', classes: ['access'], limit: 200 });
    expect(new Set(items.map(({ subject }) => subject)).size).toBe(150);
    await fixture.close();
  });
});
