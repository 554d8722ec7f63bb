import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAuditKeys } from './audit-keys.ts';
import { auditFixture, entry, noteEach, SECRET, type AuditFixture } from './audit.fixture.ts';
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
