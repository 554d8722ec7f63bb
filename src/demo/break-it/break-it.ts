/**
 * "Break it": one thing at a time is broken on purpose, for 30 seconds at most, and then the log is read to see what it
 * cost. Runs live in this process and are forgotten with it.
 *
 *   idle -> running -> proving -> done | failed
 */
import type { Clock } from '../../core/clock.ts';
import { Failure } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { LogReader } from '../../log/log.ts';
import { DEMO_TENANT } from '../seed-demo.ts';
import type { Action, ActionName } from './actions.ts';
import { throughTheDoor, type DoorDependencies } from './door.ts';
import { proofOf, type Proof } from './proof.ts';
import { nothingSent, type Sent } from './sender.ts';

export const RUN_MS_MAX = 30_000;
/** A page of them; older ones are forgotten. */
const RUNS_KEPT = 20;

export interface Run {
  readonly id: string;
  readonly action: ActionName;
  readonly status: 'running' | 'proving' | 'done' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly sent: Omit<Sent, 'acknowledged'> & { readonly acknowledged: number };
  readonly figures: Readonly<Record<string, number>>;
  /** Events of the run in the log, before and after. */
  readonly before: number;
  readonly after: number | null;
  /** Null until the log was read. */
  readonly proof: Proof | null;
}

export interface BreakItDependencies extends DoorDependencies {
  readonly log: Pick<LogReader, 'find' | 'head' | 'bucketOf'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly workerPids: () => readonly number[];
  /** False when it had ended already. */
  readonly kill: (pid: number) => boolean;
}

export interface BreakIt {
  /** Errors: OVERLOADED while one is under way. */
  begin(action: Action): Run;
  /** Null for one that there is not. */
  find(id: string): Run | null;
  /** Newest first. */
  list(): readonly Run[];
  /** Ends what runs and waits for it. */
  stop(): Promise<void>;
}

interface Mutable {
  run: Run;
  readonly sent: Sent;
}

export function createBreakIt(deps: BreakItDependencies): BreakIt {
  const runs: Mutable[] = [];
  const stopped = new AbortController();
  let underWay: Promise<void> | null = null;

  function begin(action: Action): Run {
    if (underWay !== null || stopped.signal.aborted)
      throw new Failure('OVERLOADED', 'Something is being broken already: one thing at a time.', {
        retryAfterSeconds: RUN_MS_MAX / 1000,
      });
    const held = newRun(action.name, deps);
    runs.unshift(held);
    runs.length = Math.min(runs.length, RUNS_KEPT);
    underWay = carryOut(deps, { held, action, signal: stopped.signal }).finally(() => {
      underWay = null;
    });
    return shown(held);
  }

  return {
    begin,
    find(id) {
      const held = runs.find(({ run }) => run.id === id);
      return held === undefined ? null : shown(held);
    },
    list: () => runs.map(shown),
    async stop() {
      stopped.abort();
      await underWay;
    },
  };
}

function newRun(action: ActionName, { newId, clock }: BreakItDependencies): Mutable {
  const sent = nothingSent();
  const startedAt = new Date(clock.nowMs()).toISOString();
  return {
    sent,
    run: {
      id: newId(),
      action,
      status: 'running',
      progress: 0,
      startedAt,
      endedAt: null,
      sent: { ...sent, acknowledged: 0 },
      figures: {},
      before: 0,
      after: null,
      proof: null,
    },
  };
}

function shown({ run, sent }: Mutable): Run {
  return { ...run, sent: { ...sent, acknowledged: sent.acknowledged.size } };
}

async function carryOut(
  deps: BreakItDependencies,
  of: { readonly held: Mutable; readonly action: Action; readonly signal: AbortSignal },
): Promise<void> {
  const { held, action, signal } = of;
  const change = (changes: Partial<Run>): void => {
    held.run = { ...held.run, ...changes };
  };
  const source = `/demo/break-it/${held.run.id}`;
  const { log, clock } = deps;
  try {
    const { position } = await log.head(log.bucketOf(DEMO_TENANT));
    const scopes = ['events:write', 'documents:read', 'documents:write'] as const;
    const within = AbortSignal.any([signal, AbortSignal.timeout(RUN_MS_MAX)]);
    const asked = { name: 'demo: break it', scopes, nowMs: clock.nowMs(), signal: within };
    await throughTheDoor(deps, asked, (door) =>
      action.run({
        door,
        source,
        sent: held.sent,
        signal: within,
        workerPids: deps.workerPids,
        kill: deps.kill,
        progress: (share) => change({ progress: Math.max(held.run.progress, Math.min(1, share)) }),
        figure: (name, value) => change({ figures: { ...held.run.figures, [name]: value } }),
      }),
    );
    change({ status: 'proving', progress: 1 });
    const { acknowledged } = held.sent;
    const proof = await proofOf(log, { source, after: position, acknowledged });
    change({ status: 'done', proof, after: proof.found + proof.doubled });
  } catch (error) {
    deps.logger.warn('what was to be broken could not be broken', { error });
    change({ status: 'failed' });
  }
  change({ endedAt: new Date(clock.nowMs()).toISOString() });
}
