import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { auditFixture, entry, noteEach, type AuditFixture } from './audit.fixture.ts';
import { createPostgresAuditStore } from './postgres/postgres-store.ts';
import type { Damage } from './damage.ts';

const BUCKET = 3;
let db: TestDatabase;
let fixture: AuditFixture;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

beforeEach(async () => {
  await sql('truncate audit_heads, audit_entries, audit_checkpoints, audit_cuts');
  const { database } = db;
  fixture = await auditFixture(createPostgresAuditStore({ database, bucketOf: () => BUCKET }));
});
afterEach(() => fixture.close());

/** What somebody does who has the database and no key. */
async function sql(text: string): Promise<number> {
  return (await db.database.query({ text })).rowCount;
}

/** Ten entries, a checkpoint at the fifth and one at the tenth. */
async function written(): Promise<void> {
  const entries = Array.from({ length: 10 }, (_, index) =>
    entry({ subject: `customers/${index}` }),
  );
  await noteEach(fixture.audit, entries.slice(0, 5));
  await fixture.audit.checkpoint();
  await noteEach(fixture.audit, entries.slice(5));
  await fixture.audit.checkpoint();
}

async function access(given: readonly unknown[] = []) {
  const all = await fixture.audit.verify('t1', given);
  const found = all.find((one) => one.class === 'access');
  if (found === undefined) throw new Error('the chain was not verified');
  return found;
}

async function damage(
  given: readonly unknown[] = [],
): Promise<Pick<Damage, 'kind' | 'seq'> | null> {
  const found = (await access(given)).damage;
  return found === null ? null : { kind: found.kind, seq: found.seq };
}

describe('verification of a chain', () => {
  beforeEach(written);

  it('finds nothing in an intact one, which may go on meanwhile', async () => {
    expect(await access()).toMatchObject({ first: 1n, last: 10n, foreign: 0, damage: null });
    await noteEach(fixture.audit, [entry()]);
    expect(await access()).toMatchObject({ last: 11n, damage: null });
  });

  it('names an entry of which one byte was changed', async () => {
    await sql(
      'update audit_entries set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where seq = 4',
    );
    expect(await damage()).toEqual({ kind: 'changed', seq: 4n });
  });

  it.each([
    ["actor = 'user:2'", 1],
    ['actor = null', 2],
    ["action = 'menu.read'", 5],
    ['recorded_at = recorded_at + 1', 6],
    ['address = null', 10],
    ['link = set_byte(link, 0, get_byte(link, 0) # 1)', 7],
  ])('names an entry with %s', async (change, seq) => {
    await sql(`update audit_entries set ${change} where seq = ${seq}`);
    expect(await damage()).toEqual({ kind: 'changed', seq: BigInt(seq) });
  });

  it('names the first entry that was taken out', async () => {
    await sql('delete from audit_entries where seq in (4, 5, 8)');
    expect(await damage()).toEqual({ kind: 'missing', seq: 4n });
  });

  it('names the first one, when it is the first of the chain', async () => {
    await sql('delete from audit_entries where seq = 1');
    expect(await damage()).toEqual({ kind: 'missing', seq: 1n });
  });

  it('names one that was taken out when what follows was moved into its place', async () => {
    await sql('delete from audit_entries where seq = 4');
    for (let seq = 5; seq <= 10; seq += 1)
      await sql(`update audit_entries set seq = seq - 1 where seq = ${seq}`);
    await sql('update audit_heads set seq = 9');
    expect(await damage()).toEqual({ kind: 'missing', seq: 4n });
  });

  it('names the first of two entries that changed places', async () => {
    await sql('update audit_entries set seq = -1 where seq = 3');
    await sql('update audit_entries set seq = 3 where seq = 8');
    await sql('update audit_entries set seq = 8 where seq = -1');
    expect(await damage()).toEqual({ kind: 'reordered', seq: 3n });
  });

  it('names where the tail was cut, by the head', async () => {
    await noteEach(fixture.audit, [entry(), entry()]);
    await sql('delete from audit_entries where seq > 11');
    expect(await damage()).toEqual({ kind: 'truncated', seq: 12n });
  });

  it('names where the tail was cut by somebody who set the head back, by the checkpoints', async () => {
    await sql('create table set_back as select * from audit_heads');
    await noteEach(fixture.audit, [entry(), entry()]);
    await fixture.audit.checkpoint();
    await sql('delete from audit_entries where seq > 10');
    await sql('delete from audit_checkpoints where seq > 10');
    await sql('delete from audit_heads');
    await sql('insert into audit_heads select * from set_back');
    await sql('drop table set_back');
    expect(await damage()).toEqual({ kind: 'truncated', seq: 11n });
  });

  it('names where the tail was cut by somebody who wrote a head', async () => {
    await sql('delete from audit_entries where seq > 8');
    await sql('delete from audit_checkpoints');
    await sql(
      'update audit_heads h set seq = 8, link = e.link from audit_entries e where e.seq = 8',
    );
    expect(await damage()).toEqual({ kind: 'truncated', seq: 9n });
  });

  it('notices that everything is gone, by the file outside the database', async () => {
    await sql('truncate audit_heads, audit_entries, audit_checkpoints');
    expect(await damage()).toEqual({ kind: 'truncated', seq: 1n });
  });

  it('notices that everything is gone, by a checkpoint that is given', async () => {
    const lines = await fixture.lines();
    await sql('truncate audit_heads, audit_entries, audit_checkpoints');
    const elsewhere = fixture.another();
    const given = await elsewhere.verify('t1', lines);
    expect(given.map((one) => one.damage?.kind)).toContain('truncated');
    const without = await elsewhere.verify('t1', []);
    expect(without.map((one) => one.damage)).toEqual([null, null, null]);
  });

  it('notices a chain that was cut and written anew with the key', async () => {
    await sql('truncate audit_heads, audit_entries, audit_checkpoints');
    const anew = fixture.another();
    await noteEach(
      anew,
      Array.from({ length: 12 }, () => entry()),
    );
    expect(await damage()).toEqual({ kind: 'truncated', seq: 1n });
  });

  it('names an entry that was added without the key', async () => {
    await sql(`
      insert into audit_entries (bucket, tenant, class, seq, recorded_at, action, actor, sealed, link)
      select bucket, tenant, class, 11, recorded_at + 1, 'role.changed', 'user:9', sealed, sha256('x')
        from audit_entries where seq = 10`);
    expect(await damage()).toEqual({ kind: 'forged', seq: 11n });
    // The server writes on behind it, and the forgery stays where it is.
    await noteEach(fixture.another(), [entry()]);
    expect(await access()).toMatchObject({ last: 10n, damage: { seq: 11n } });
  });

  it('names an entry that was replaced without the key', async () => {
    await sql(`update audit_entries set actor = 'user:9', link = sha256('x') where seq = 6`);
    expect(await damage()).toEqual({ kind: 'forged', seq: 6n });
  });

  it('an entry of another chain fits nowhere', async () => {
    await noteEach(fixture.audit, [entry({ tenant: 't2', actor: 'user:3' })]);
    await sql(`
      update audit_entries e set action = o.action, actor = o.actor, address = o.address, sealed = o.sealed, link = o.link
        from audit_entries o where e.tenant = 't1' and e.seq = 2 and o.tenant = 't2'`);
    expect(await damage()).toEqual({ kind: 'forged', seq: 2n });
  });

  it('a cut of retention that was put there by hand counts for nothing', async () => {
    await sql(`
      insert into audit_cuts select bucket, tenant, class, seq, link, sha256('x'), 0 from audit_entries where seq = 5`);
    await sql('delete from audit_entries where seq <= 5');
    expect(await damage()).toEqual({ kind: 'missing', seq: 1n });
  });

  it('a checkpoint that was not signed here is told and not believed', async () => {
    const [first] = await fixture.lines();
    const altered = { ...first, seq: 99 };
    expect(await access([altered, { nonsense: true }])).toMatchObject({ foreign: 1, damage: null });
  });
});

describe('erasing a person', () => {
  it('makes what changed unreadable and leaves the chain as it was', async () => {
    const { audit, personal, keyStore } = fixture;
    const changed = { class: 'audit', action: 'customer.changed', subjects: ['p1'] } as const;
    await noteEach(audit, [
      entry({ ...changed, before: { phone: '+48 1' }, after: { phone: '+48 2' } }),
    ]);
    const find = async () =>
      (await audit.find({ tenant: 't1', classes: ['audit'], limit: 10 })).items[0];
    expect(await find()).toMatchObject({ before: { phone: '+48 1' }, after: { phone: '+48 2' } });
    const reference = personal.referenceOf('t1', 'p1');
    await keyStore.putErasure({
      reference,
      tenant: 't1',
      receiptId: 'r1',
      requestedAt: '2026-11-21T09:30:00.000Z',
      actor: 'k1',
      sealedId: '',
      state: 'pending',
      doneAt: null,
    });
    await keyStore.destroyKey(reference);
    personal.forget(reference);
    expect(await find()).toMatchObject({ damaged: false, before: null, after: null });
    const [verified] = await audit.verify('t1', []);
    expect(verified).toMatchObject({ class: 'audit', last: 1n, damage: null });
    await noteEach(audit, [entry({ ...changed, after: { phone: '+48 3' } })]);
    const later = await find();
    expect(later).not.toHaveProperty('after');
  });

  it('nothing of a person stands in the tables in clear', async () => {
    await noteEach(fixture.audit, [
      entry({ subjects: ['ana@example.com'], purpose: 'canary-purpose' }),
    ]);
    const { rows } = await db.database.query<{ text: string }>({
      text: "select string_agg(e::text, '') || string_agg(encode(sealed, 'escape'), '') as text from audit_entries e",
    });
    for (const canary of ['ana@example.com', 'canary', '192.0.2.7'])
      expect(rows[0]?.text).not.toContain(canary);
  });
});
