/** What happens to processes from outside: kills, restarts, clocks that are set, appends that hang. */
import type { Simulation } from '../world/simulation.ts';
import { Violation } from '../world/simulation.ts';

/** What `stop` may take: it waits for what is under way, which may be waiting for a storage that comes back. */
const STOP_MS_MAX = 90_000;
/** A clock that is set wrong, or right: up to an hour off. */
const JUMP_MS_MAX = 3_600_000;
/** Of the storage: timers are late by as much. */
const STORAGE_JUMP_MS_MAX = 5_000;

export async function killNowAndThen(simulation: Simulation): Promise<void> {
  const { time, trace, plan } = simulation;
  if (plan.killEveryMs === null) return;
  const random = simulation.random('kills');
  for (;;) {
    await time.sleep(random.between({ from: 10, to: 2 * plan.killEveryMs }));
    if (simulation.quiet) return;
    const process = simulation.anyProcess(random);
    if (process === null) continue;
    const { life } = process;
    if (random.chance(0.6)) {
      trace.add(time.nowMs, life.name, 'killed');
      life.die();
    } else void simulation.actor(() => stopProcess(simulation, process));
  }
}

type Stopped = { readonly life: { readonly name: string; die(): void }; stop(): Promise<void> };

/** In good order: the place is taken by the next one when it has ended. */
export async function stopProcess(simulation: Simulation, { life, stop }: Stopped): Promise<void> {
  const { time, trace } = simulation;
  trace.add(time.nowMs, life.name, 'stops');
  const late = time.sleep(STOP_MS_MAX).then(() => 'late');
  const stopped = time.as(null, stop).then(
    () => 'stopped',
    (error: unknown) => `failed: ${String(error)}`,
  );
  const how = await Promise.race([stopped, late]);
  trace.add(time.nowMs, life.name, how);
  life.die();
  if (how === 'late') throw new Violation('liveness', `${life.name} did not stop`);
}

export async function setClocks(simulation: Simulation): Promise<void> {
  const { time, trace, plan, skewMs } = simulation;
  if (!plan.clockJumps) return;
  const random = simulation.random('clocks');
  for (;;) {
    await time.sleep(random.between({ from: 500, to: 6_000 }));
    if (simulation.quiet) return;
    const place = random.below(skewMs.length + 1);
    const little = Math.round(
      random.between({ from: -STORAGE_JUMP_MS_MAX, to: STORAGE_JUMP_MS_MAX }),
    );
    if (place === skewMs.length) simulation.storageSkewMs = little;
    if (place === skewMs.length) continue;
    const far = random.chance(0.3) ? JUMP_MS_MAX : 5_000;
    skewMs[place] = Math.round(random.between({ from: -far, to: far }));
    trace.add(time.nowMs, 'clock', `${place} is off by ${skewMs[place]}`);
  }
}

export async function holdAppends(simulation: Simulation): Promise<void> {
  const { time, plan } = simulation;
  if (!plan.appendsHeld) return;
  const random = simulation.random('holds');
  for (;;) {
    await time.sleep(random.between({ from: 100, to: 3_000 }));
    if (simulation.quiet) return;
    const release = simulation.anyProcess(random)?.holdAppends();
    await time.sleep(random.between({ from: 1, to: 800 }));
    release?.();
  }
}
