import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAuditKeys } from './audit-keys.ts';
import { auditFixture, entry, noteEach, SECRET, type AuditFixture } from './audit.fixture.ts';
import { macOf } from './chain.ts';
import { makeCheckpoint } from './checkpoint.ts';
import { createMemoryAuditStore } from './memory/memory-store.ts';
import type { AuditStore } from './store.ts';
import { verifyChain } from './verify.ts';

const CHAIN = { tenant: 't1', class: 'access' } as const;
let store: AuditStore;
let fixture: AuditFixture;

beforeEach(async () => {
  store = createMemoryAuditStore();
  fixture = await auditFixture(store);
});
afterEach(() => fixture.close());

it('years of checkpoints are checked while others have their turns', async () => {
  const keys = createAuditKeys(SECRET);
  await noteEach(fixture.audit, [entry()]);
  const [place] = await store.entries(CHAIN, 0n, 1);
  const many = Array.from({ length: 1000 }, (_, index) =>
    makeCheckpoint(keys, CHAIN, { place: place!, nowMs: index }),
  );
  let turns = 0;
  let ticking = setImmediate(function tick() {
    turns += 1;
    ticking = setImmediate(tick);
  });
  const { damage, foreign, checkpoints } = await verifyChain({ store, keys }, CHAIN, many);
  clearImmediate(ticking);
  expect([damage, foreign, checkpoints]).toEqual([null, 0, 1000]);
  expect(turns).toBeGreaterThan(5);
});

it('a start reads no checkpoints but those at the ends of the chains', async () => {
  await noteEach(fixture.audit, [entry(), entry()]);
  await fixture.audit.checkpoint();
  await noteEach(fixture.audit, [entry()]);
  const read: number[] = [];
  const counting: AuditStore = {
    ...store,
    async checkpoints(chain, after) {
      const found = await store.checkpoints(chain, after);
      read.push(found.length);
      return found;
    },
  };
  const started = fixture.another({ store: counting });
  started.start();
  await started.checkpoint();
  await started.stop();
  expect(read).toEqual([0]);
  expect((await store.checkpoints(CHAIN)).at(-1)?.seq).toBe(3n);
});

/** Removes the first three entries behind a cut once the chain is being read, as another process's retention would. */
function cutWhileRead(sign: (place: { seq: bigint; link: Buffer }) => Buffer): AuditStore {
  let isCut = false;
  return {
    ...store,
    async entries(chain, after, limit) {
      if (!isCut) {
        isCut = true;
        const [third] = await store.entries(chain, 2n, 1);
        const place = { seq: third!.seq, link: Buffer.from(third!.link) };
        await store.cut(chain, { ...place, mac: sign(place) });
      }
      return store.entries(chain, after, limit);
    },
  };
}

it('a chain that retention cuts while it is read is read again from its new beginning', async () => {
  const keys = createAuditKeys(SECRET);
  await noteEach(
    fixture.audit,
    Array.from({ length: 5 }, () => entry()),
  );
  const sign = (place: { seq: bigint; link: Buffer }): Buffer =>
    macOf(keys.chain(CHAIN), CHAIN, { of: 'cut', ...place });
  const verified = await verifyChain({ store: cutWhileRead(sign), keys }, CHAIN, []);
  expect(verified).toMatchObject({ damage: null, first: 4n, last: 5n });
});

it('what is removed while it is read behind a cut that nobody signed is missing', async () => {
  const keys = createAuditKeys(SECRET);
  await noteEach(
    fixture.audit,
    Array.from({ length: 5 }, () => entry()),
  );
  const reading = { store: cutWhileRead(() => Buffer.alloc(32)), keys };
  const verified = await verifyChain(reading, CHAIN, []);
  expect(verified).toMatchObject({ first: 1n, last: 0n, damage: { kind: 'missing', seq: 1n } });
});
