/** One seed from beginning to end: trouble, rest, checks. */
import { operate } from './actors/operator.ts';
import { intrude } from './actors/stranger.ts';
import { holdAppends, killNowAndThen, setClocks, stopProcess } from './actors/trouble.ts';
import { runClient } from './actors/client.ts';
import { checkCommands } from './audit/check-commands.ts';
import { checkPersons } from './audit/check-persons.ts';
import { checkPolicies } from './audit/check-policies.ts';
import { checkProjections, checkRowReads } from './audit/check-projections.ts';
import { checkStates } from './audit/check-states.ts';
import { readHistory } from './audit/history.ts';
import { UNTOUCHED, type Tampering } from './bugs/tampering.ts';
import { comeToRest } from './rest.ts';
import { Simulation, Violation } from './world/simulation.ts';

/** Turns and timers of a run: one that does not come to rest takes 100,000, others a tenth of that. */
const STEPS_MAX = 500_000;

export interface RunOptions {
  readonly tampering?: Tampering;
  /** Gets every line of the trace. */
  readonly print?: (line: string) => void;
}

export interface Finding {
  /** The guarantee that does not hold. */
  readonly check: string;
  readonly message: string;
}

export interface RunResult {
  readonly seed: number;
  /** Null when everything holds. */
  readonly finding: Finding | null;
  /** Of the trace and the log: equal for equal seeds. */
  readonly hash: string;
  readonly events: number;
  readonly steps: number;
  readonly virtualMs: number;
  readonly crashes: number;
}

export async function runSeed(seed: number, options: RunOptions = {}): Promise<RunResult> {
  const { tampering = UNTOUCHED, print = null } = options;
  const simulation = new Simulation({ seed, tampering, print });
  const rejected = (error: unknown): void =>
    simulation.fail(new Violation('errors', `a rejection nobody handled: ${stackOf(error)}`));
  process.on('unhandledRejection', rejected);
  let over = false;
  let events = 0;
  try {
    const { time } = simulation;
    void simulation
      .actor(async () => {
        events = await lifeOf(simulation);
      })
      .finally(() => {
        over = true;
      });
    await time.drive(() => over || simulation.violation !== null, STEPS_MAX);
  } catch (error) {
    simulation.fail(new Violation('liveness', stackOf(error)));
  } finally {
    simulation.time.restore();
    process.off('unhandledRejection', rejected);
  }
  const { time, trace, violation } = simulation;
  return {
    seed,
    finding: violation === null ? null : findingOf(violation),
    hash: trace.hash(),
    events,
    steps: time.steps,
    virtualMs: Math.round(time.nowMs),
    crashes: simulation.deaths,
  };
}

/** Gives how many events the log holds at the end. */
async function lifeOf(simulation: Simulation): Promise<number> {
  await simulation.begin();
  const clients = Array.from({ length: simulation.plan.clients }, (_, index) =>
    simulation.actor(() => runClient(simulation, index)),
  );
  const others = [operate, intrude, killNowAndThen, setClocks, holdAppends].map((work) =>
    simulation.actor(() => work(simulation)),
  );
  await Promise.all(clients);
  await simulation.actor(() => comeToRest(simulation));
  if (simulation.violation !== null) return 0;
  await Promise.all(others);
  return audit(simulation);
}

async function audit(simulation: Simulation): Promise<number> {
  const history = await readHistory(simulation);
  for (const event of history.buckets.flat())
    simulation.trace.add(0, event.tenant, `${event.position} ${event.stream} ${event.type}`);
  checkCommands(simulation, history);
  await checkPolicies(simulation, history);
  await checkProjections(simulation, history);
  const [model] = simulation.serving[0]?.release.module.readModels ?? [];
  if (model !== undefined) checkRowReads(simulation, history, model);
  await checkStates(simulation, history);
  await checkPersons(simulation, history);
  for (const process of simulation.serving)
    if (process !== null) await stopProcess(simulation, process);
  return history.buckets.reduce((sum, events) => sum + events.length, 0);
}

function findingOf(violation: unknown): Finding {
  if (violation instanceof Violation) {
    const { check, message } = violation;
    return { check, message };
  }
  return { check: 'errors', message: stackOf(violation) };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
