/** One account hit by hundreds of commands at once, through the real pipeline over a memory log. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { silentLogger } from '../../core/logger.ts';
import { noMetrics } from '../../core/metrics.ts';
import { createMemoryLog } from '../../log/memory/memory-log.ts';
import { createMasterKeys } from '../../personal-data/master-key.ts';
import { createPersonalData } from '../../personal-data/personal-data.ts';
import { createPipeline } from '../../pipeline/create-pipeline.ts';
import { createMemorySnapshots } from '../../pipeline/snapshots/memory-snapshots.ts';
import { createMemoryKeyStore } from '../../platform/keys/memory-key-store.ts';
import { MODULES } from '../index.ts';
import { balanceOf, LOTS_APART_MAX } from './members/lots.ts';
import type { KnownMember } from './members/state.ts';

const TENANT = 'shop';
const principal = {
  keyId: 'till',
  tenant: TENANT,
  scopes: new Set(['loyalty:write', 'customers:write'] as const),
};

async function openHouse() {
  const log = createMemoryLog({ bucketCount: 1 });
  const personal = await createPersonalData({
    keys: createMemoryKeyStore(),
    master: createMasterKeys(randomBytes(32).toString('base64')),
  });
  const pipeline = createPipeline({
    log,
    reader: log,
    modules: MODULES,
    personal,
    snapshots: createMemorySnapshots(systemClock),
    clock: systemClock,
    newId: () => randomUUIDv7(),
    newSecret: () => 's',
    hashSecret: randomBytes(32),
    metrics: noMetrics,
    logger: silentLogger,
  });
  const ask = (
    category: string,
    command: string,
    of: { readonly id: string; readonly input: unknown; readonly commandId?: string },
  ) => pipeline.handle({ principal, category, command, ...of });
  await ask('customers', 'RegisterCustomer', { id: 'ana', input: { name: 'Ana' } });
  await ask('loyalty.members', 'EnrolMember', { id: 'ana', input: { customerId: 'ana' } });
  const close = async () => {
    await pipeline.close();
    await personal.close();
  };
  return { pipeline, ask, close };
}

test('Y10: 400 commands at once, each sent twice: nothing is doubled and the balance is never negative', async () => {
  const { pipeline, ask, close } = await openHouse();
  const commands = Array.from({ length: 400 }, (_, index) => ({
    word: index % 3 === 0 ? 'EarnPoints' : 'BurnPoints',
    id: 'ana',
    input: { points: (index % 7) + 1, reason: 'r' },
    commandId: `hot-${index}`,
  }));
  const answers = await Promise.all(
    [...commands, ...commands].map(({ word, ...of }) => ask('loyalty.members', word, of)),
  );
  let held = 0;
  for (const [index, { word, input }] of commands.entries()) {
    const [first, second] = [answers[index]!, answers[index + commands.length]!];
    // A refused burn may be tried again and succeed once more was earned: each success counts once.
    const isDone = first.status === 'done' || second.status === 'done';
    if (first.status === 'done' && second.status === 'done')
      expect(second.version).toBe(first.version);
    if (isDone) held += word === 'EarnPoints' ? input.points : -input.points;
  }
  // safe because the stream of a category has the state of its aggregate
  const { state } = await pipeline.load(TENANT, 'loyalty.members', 'ana');
  const { lots, debt, asOf } = state as KnownMember;
  expect(balanceOf(lots, debt, asOf)).toEqual({ points: held, pending: 0, debt: 0 });
  expect(held).toBeGreaterThanOrEqual(0);
  expect(lots.length).toBeLessThanOrEqual(LOTS_APART_MAX);
  const { entries } = await pipeline.history(
    { tenant: TENANT, category: 'loyalty.members', id: 'ana' },
    { afterVersion: 0n, limit: 1000 },
  );
  const ids = entries
    .filter(({ type }) => type === 'PointsEarned' || type === 'PointsBurned')
    .map(({ commandId }) => commandId);
  expect(new Set(ids).size).toBe(ids.length);
  await close();
});
