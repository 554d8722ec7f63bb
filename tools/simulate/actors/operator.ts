/** Whoever looks after the installation: repairs, retries, gives up, rebuilds, pauses, erases. */
import type { ErasureAsked } from '../audit/ledger.ts';
import type { SimulatedProcess } from '../world/process.ts';
import type { Random } from '../world/random.ts';
import { defects } from '../world/releases.ts';
import { ACCOUNTS, DIED, TENANTS, Violation, type Simulation } from '../world/simulation.ts';
import { EPOCH_MS } from '../world/virtual-time.ts';
import { isPassing } from './reader.ts';

/** More than a run ever parks. */
const PARKED_SEEN_MAX = 1_000;

type Act = (simulation: Simulation, process: SimulatedProcess, random: Random) => Promise<void>;

export async function operate(simulation: Simulation): Promise<void> {
  const { time, plan } = simulation;
  const random = simulation.random('operator');
  const acts: Act[] = [settleParked];
  if (plan.rebuilds) acts.push(rebuild, rebuild, shadow, pauseAWhile, swapBack);
  if (plan.erasures) acts.push(erase, erase);
  for (;;) {
    await time.sleep(random.between({ from: 300, to: 4_000 }));
    if (simulation.quiet) return;
    if (plan.poison && random.chance(0.1)) defects.policy = !defects.policy;
    if (plan.poison && random.chance(0.1)) defects.readModels = !defects.readModels;
    if (plan.deploys && random.chance(0.2)) simulation.version = 2;
    const process = simulation.anyProcess(random);
    if (process !== null)
      await tolerate(simulation, process, () => random.pick(acts)(simulation, process, random));
  }
}

/** Whatever the process answers: it may end, or say that the storage is away. Undefined then. */
export async function tolerate<T>(
  simulation: Simulation,
  process: SimulatedProcess,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    const answer = await simulation.within(process, work);
    return answer === DIED ? undefined : answer;
  } catch (error) {
    if (isPassing(error)) return undefined;
    const what = error instanceof Error ? (error.cause ?? error) : error;
    const told = what instanceof Error ? what.stack : String(what);
    throw new Violation('errors', `an operator's request failed: ${told}`);
  }
}

/** Tries what is parked again, or gives it up. */
export async function settleParked(
  simulation: Simulation,
  process: SimulatedProcess,
  random: Random,
): Promise<void> {
  const { projections, policies, release } = process;
  for (const { name } of release.module.readModels) {
    const parked = await projections.parked(name, PARKED_SEEN_MAX);
    for (const [, its] of Map.groupBy(parked, ({ tenant, stream }) => `${tenant} ${stream}`)) {
      const [first] = its;
      if (first === undefined) continue;
      const { tenant, stream } = first;
      if (!giveUp(simulation, random)) await projections.retry(name, { tenant, stream });
      else {
        noteSkip(simulation, { of: 'read model', name }, its);
        await projections.skip(name, { tenant, stream });
      }
    }
  }
  for (const { name } of release.module.policies) {
    const parked = await policies.parked(name, PARKED_SEEN_MAX);
    for (const [, its] of Map.groupBy(parked, ({ tenant, lane }) => `${tenant} ${lane}`)) {
      const [first] = its;
      if (first === undefined) continue;
      const { tenant, lane } = first;
      if (!giveUp(simulation, random)) await policies.retry(name, { tenant, lane });
      else {
        noteSkip(simulation, { of: 'policy', name }, its);
        await policies.skip(name, { tenant, lane });
      }
    }
  }
}

function giveUp(simulation: Simulation, random: Random): boolean {
  return !simulation.quiet && random.chance(0.25);
}

/** Noted before it is asked: whether it was done may never be known. */
function noteSkip(
  { ledger, trace, time }: Simulation,
  what: { readonly of: 'policy' | 'read model'; readonly name: string },
  positions: readonly { readonly bucket: number; readonly position: bigint }[],
): void {
  trace.add(time.nowMs, 'operator', `skips in ${what.name}`);
  ledger.skips.push({ ...what, positions });
}

function anyModel({ release }: SimulatedProcess, random: Random): string {
  return random.pick(release.module.readModels).name;
}

const rebuild: Act = (_, process, random) =>
  process.projections.rebuild(anyModel(process, random), {});

const swapBack: Act = (_, process, random) =>
  process.projections.swapBack(anyModel(process, random));

const shadow: Act = ({ time }, process, random) => {
  const atMs = EPOCH_MS + random.between({ from: 0, to: time.nowMs });
  const asOf = new Date(Math.floor(atMs)).toISOString();
  return process.projections.rebuild(anyModel(process, random), { asOf });
};

async function pauseAWhile(
  { time }: Simulation,
  { projections, release }: SimulatedProcess,
  random: Random,
): Promise<void> {
  const { name } = random.pick(release.module.readModels);
  await projections.pause(name);
  await time.sleep(random.between({ from: 100, to: 3_000 }));
  await projections.resume(name);
}

async function erase(
  simulation: Simulation,
  { erasure }: SimulatedProcess,
  random: Random,
): Promise<void> {
  const { ledger, time, trace } = simulation;
  const [tenant, id] = [random.pick(TENANTS), random.pick(ACCOUNTS)];
  trace.add(time.nowMs, 'operator', `erases ${tenant} ${id}`);
  const noted: ErasureAsked = { tenant, id, askedMs: time.nowMs, acknowledgedMs: null };
  ledger.erasures.push(noted);
  await erasure.erase(tenant, id, 'operator');
  noted.acknowledgedMs = time.nowMs;
}
