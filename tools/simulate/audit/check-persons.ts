/** Erased persons are read nowhere, and everybody else everywhere. */
import type { ReadRow } from '../../../src/projections/projections.ts';
import { ownerOf } from '../actors/client.ts';
import type { AccountState, BalanceRow } from '../bank/index.ts';
import { Violation, type Simulation } from '../world/simulation.ts';
import type { History } from './history.ts';

/** How long another process may show what it has read before (src/core/personal-data.ts). */
const FORGOTTEN_MS = 2_000;

export async function checkPersons(simulation: Simulation, history: History): Promise<void> {
  const { ledger, storage } = simulation;
  const listed = await storage.keys.erasures();
  const held = await storage.keys.readKeys(listed.map(({ reference }) => reference));
  if (held.size > 0) throw new Violation('erasure', `${held.size} keys of erased persons are kept`);
  for (const { tenant, id, acknowledgedMs } of ledger.erasures) {
    const stream = history.streams.get(`${tenant} accounts/${id}`);
    const owner = stream?.states.at(-1)?.owner ?? null;
    if (acknowledgedMs !== null && owner !== null)
      throw new Violation('erasure', `the log still tells the owner of ${tenant} ${id}`);
  }
  checkReads(simulation);
  await checkRows(simulation, history);
}

function checkReads({ ledger }: Simulation): void {
  for (const { tenant, id, state, beganMs } of ledger.states) {
    // safe because the pipeline folded an account
    const { owner } = state.state as AccountState;
    if (owner !== null && owner !== ownerOf({ tenant, id }))
      throw new Violation('L11', `${tenant} ${id} belongs to ${owner}`);
    const gone = ledger.erasures.some(
      (each) =>
        each.tenant === tenant &&
        each.id === id &&
        each.acknowledgedMs !== null &&
        each.acknowledgedMs + FORGOTTEN_MS < beganMs,
    );
    if (gone && owner !== null)
      throw new Violation('erasure', `${tenant} ${id} showed its owner after it was erased`);
  }
}

/** Rows show the owner of their own account, or none when that was erased: in every copy, whoever filled it. */
async function checkRows({ storage, serving }: Simulation, history: History): Promise<void> {
  for (const { generations } of await storage.projections.read())
    for (const generation of generations)
      for (const bucket of history.buckets.keys())
        await storage.projections.snapshot({ generation, bucket }, (rows) => {
          for (const { tenant, key, row } of rows) {
            const owner = row?.['owner'] ?? null;
            const stream = history.streams.get(`${tenant} accounts/${key}`);
            const expected = stream?.states.at(-1)?.owner ?? null;
            if (owner !== null && owner !== expected)
              throw new Violation('erasure', `a row of ${tenant} ${key} shows its owner`);
          }
        });
  await checkLists(serving);
}

async function checkLists(serving: Simulation['serving']): Promise<void> {
  for (const process of serving) {
    const [model] = process?.release.module.readModels ?? [];
    if (process === null || model === undefined) continue;
    for (const tenant of ['north', 'south', 'nobody']) {
      const query = { tenant, filters: {}, limit: 100 };
      const { items } = await process.projections.reader(model).list(query);
      const foreign = items.find((item) => tenant === 'nobody' || isForeign(tenant, item));
      if (foreign !== undefined)
        throw new Violation('L11', `${tenant} sees a row of somebody else as ${foreign.key}`);
    }
  }
}

function isForeign(tenant: string, { key, row }: ReadRow): boolean {
  // safe because the model is that of balances
  const { owner } = row as BalanceRow;
  return owner !== null && owner !== ownerOf({ tenant, id: key });
}
