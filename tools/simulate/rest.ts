/** The end of a run: faults stop, and everything must come to rest by itself, in bounded time. */
import { defects } from './world/releases.ts';
import type { SimulatedProcess } from './world/process.ts';
import { Violation, type Simulation } from './world/simulation.ts';
import { settleParked, tolerate } from './actors/operator.ts';
import { stopProcess } from './actors/trouble.ts';

/** An erasure whose process ended is taken up by another after a minute and a half at most; the rest is faster. */
const REST_MS_MAX = 240_000;
const LOOK_MS = 1_000;

export async function comeToRest(simulation: Simulation): Promise<void> {
  const { time, faults, skewMs, plan, trace } = simulation;
  simulation.quiet = true;
  faults.stop();
  skewMs.fill(0);
  simulation.storageSkewMs = 0;
  defects.policy = false;
  defects.readModels = false;
  if (plan.deploys) simulation.version = 2;
  trace.add(time.nowMs, 'run', 'comes to rest');
  const endMs = time.nowMs + REST_MS_MAX;
  let missing = 'nothing was looked at';
  while (time.nowMs < endMs) {
    for (const process of simulation.serving)
      if (process !== null && process.release.version !== simulation.version)
        await stopProcess(simulation, process);
    await time.sleep(LOOK_MS);
    missing = await whatIsMissing(simulation);
    if (missing === '') return;
  }
  throw new Violation('liveness', `it did not come to rest: ${missing}`);
}

/** Empty when everything is done. */
async function whatIsMissing(simulation: Simulation): Promise<string> {
  const { serving, storage, version } = simulation;
  const ready = serving.filter(
    (each): each is SimulatedProcess =>
      each?.life.alive === true && each.release.version === version,
  );
  const [first] = ready;
  if (first === undefined || ready.length < serving.length) return 'a process is not there';
  const random = simulation.random('rest');
  await tolerate(simulation, first, async () => {
    for (const { name } of first.release.module.readModels) await first.projections.resume(name);
    await leaveOldCopies(simulation, first);
    await settleParked(simulation, first, random);
  });
  const [jobs] = storage.jobs.jobs.values();
  if (jobs !== undefined) return `a job of ${jobs.queue} is ${jobs.state}`;
  for (const entry of await storage.keys.erasures())
    if (entry.state !== 'done') return 'an erasure is pending';
  return (await projectionsBehind(simulation, first)) ?? (await policiesBehind(first)) ?? '';
}

/**
 * What an operator has to do after a swap back to, or a rebuild by, code that no process runs any more: nobody fills
 * that copy.
 */
async function leaveOldCopies(
  { storage }: Simulation,
  { projections, release }: SimulatedProcess,
): Promise<void> {
  for (const { name, generations } of await storage.projections.read()) {
    const old = generations.filter(({ version }) => version !== release.version);
    const own = generations.filter(({ version }) => version === release.version);
    const active = old.some(({ state }) => state === 'active');
    if (active && own.some(({ state }) => state === 'retired')) await projections.swapBack(name);
    else if (active && own.some(({ state }) => state === 'filling')) continue;
    else if (active || old.some(({ state }) => state === 'filling'))
      await projections.rebuild(name, {});
  }
}

async function projectionsBehind(
  { storage, version }: Simulation,
  { projections }: SimulatedProcess,
): Promise<string | null> {
  for (const { name, generations, parkedEvents } of await projections.status()) {
    if (parkedEvents > 0) return `${name} has ${parkedEvents} parked events`;
    for (const { state, behindEvents, generation } of generations) {
      if (state === 'filling') return `${name} ${generation} is being filled`;
      if (state === 'active' && behindEvents > 0n) return `${name} is ${behindEvents} behind`;
    }
  }
  for (const { name, generations } of await storage.projections.read())
    for (const { state, ready, version: its } of generations)
      if (state === 'shadow' && !ready && its === version) return `${name} has an open shadow`;
  return null;
}

async function policiesBehind({ policies }: SimulatedProcess): Promise<string | null> {
  for (const { name, behindEvents, suspended, parked, timers } of await policies.status()) {
    if (suspended) return `${name} is suspended`;
    if (behindEvents > 0n) return `${name} is ${behindEvents} behind`;
    if (parked > 0) return `${name} has ${parked} parked events`;
    if (timers > 0) return `${name} has ${timers} timers`;
  }
  return null;
}
