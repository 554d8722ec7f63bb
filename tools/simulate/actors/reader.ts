/** Reads as clients make them while everything goes on; what they saw is checked when the run is over. */
import { Failure } from '../../../src/core/errors.ts';
import type { SimulatedProcess } from '../world/process.ts';
import { DIED, Violation, type Simulation } from '../world/simulation.ts';

const WAIT_MS = 5_000;

interface Account {
  readonly tenant: string;
  readonly id: string;
}

/** The state of an account, at least as new as everything acknowledged before. */
export async function readState(
  simulation: Simulation,
  process: SimulatedProcess,
  { tenant, id }: Account,
): Promise<void> {
  const { time, storage, ledger } = simulation;
  const versionNow = (): bigint => storage.log.streamVersion(tenant, `accounts/${id}`);
  const from = versionNow();
  const beganMs = time.nowMs;
  const state = await passing(simulation, process, () =>
    process.pipeline.load(tenant, 'accounts', id),
  );
  if (state === null) return;
  const window = { from, to: versionNow() };
  const { version } = process.release;
  ledger.states.push({ tenant, id, version, state, window, beganMs, endedMs: time.nowMs });
}

/** The row of an account, after waiting for everything that is in the log now. */
export async function readRow(
  simulation: Simulation,
  process: SimulatedProcess,
  { tenant, id }: Account,
): Promise<void> {
  const { storage, ledger } = simulation;
  const [model] = process.release.module.readModels;
  if (model === undefined) return;
  const bucket = storage.log.bucketOf(tenant);
  const { position } = await storage.log.head(bucket);
  const { projections } = process;
  const found = await passing(simulation, process, async () => {
    await projections.waitFor(model, { tenant, position }, WAIT_MS);
    const row = await projections.reader(model).get({ tenant, key: id });
    return { row };
  });
  if (found === null || found.row?.incomplete === true) return;
  const head = (await storage.log.head(bucket)).position;
  ledger.rows.push({ tenant, key: id, row: found.row?.row ?? null, position, head });
}

/** Null when the process ended or the storage was out of reach. */
async function passing<T>(
  simulation: Simulation,
  process: SimulatedProcess,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    const answer = await simulation.within(process, work);
    return answer === DIED ? null : answer;
  } catch (error) {
    if (isPassing(error)) return null;
    throw new Violation('errors', `a read failed: ${describe(error)}`);
  }
}

/** Whether an error is one that callers are told to expect while storage comes and goes. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Failure) return error.code !== 'INTERNAL';
  return error instanceof Error && error.name === 'DatabaseError';
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.stack}` : `${error.stack}`;
}
