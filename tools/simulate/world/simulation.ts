/** One run: its time, its faults, its processes and what is known of it. Actors and checks work on this. */
import type { Clock } from '../../../src/core/clock.ts';
import type { Logger } from '../../../src/core/logger.ts';
import type { Tampering } from '../bugs/tampering.ts';
import { createFaultInjector, type FaultInjector } from '../faults/injector.ts';
import { planOf, type Plan } from '../faults/plan.ts';
import { createLedger, type Ledger } from '../audit/ledger.ts';
import { Crashed, Life } from './gate.ts';
import { openProcess, type SimulatedProcess } from './process.ts';
import { createIds, createRandom, type Random } from './random.ts';
import { defects, releaseOf } from './releases.ts';
import { createSharedStorage, type SharedStorage } from './storage.ts';
import { createTrace, type Trace } from './trace.ts';
import { EPOCH_MS, installVirtualTime, type VirtualTime } from './virtual-time.ts';

export const TENANTS = ['north', 'south'] as const;
export const ACCOUNTS = ['a', 'b', 'c'] as const;

/** What does not hold; `check` names the guarantee. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly check: string;

  constructor(check: string, message: string) {
    super(message);
    this.check = check;
  }
}

/** A process that ended gives no answer: its caller learns this instead. */
export const DIED = Symbol('died');

export interface SimulationOptions {
  readonly seed: number;
  readonly tampering: Tampering;
  readonly print: ((line: string) => void) | null;
}

export class Simulation {
  readonly seed: number;
  readonly plan: Plan;
  readonly time: VirtualTime;
  readonly trace: Trace;
  readonly faults: FaultInjector;
  readonly ledger: Ledger = createLedger();
  readonly tampering: Tampering;
  readonly newId: () => string;
  /** Those that serve; a place is empty while its process is dead or being opened. */
  readonly serving: (SimulatedProcess | null)[];
  storage!: SharedStorage;
  /** Milliseconds by which the clock of each place is wrong. */
  readonly skewMs: number[];
  storageSkewMs = 0;
  /** No more faults, commands or repairs: everything is to come to rest. */
  quiet = false;
  violation: unknown = null;
  readonly #newSecret: () => string;
  #lives = 0;
  /** Processes that ended, in whatever way. */
  deaths = 0;
  /** Of processes opened from now on. */
  version = 1;

  constructor({ seed, tampering, print }: SimulationOptions) {
    this.seed = seed;
    const planned = planOf(seed);
    this.plan = tampering.plan?.(planned) ?? planned;
    this.tampering = tampering;
    this.trace = createTrace(print);
    this.faults = createFaultInjector(this.plan, this.random('faults'));
    this.newId = createIds(this.random('ids'));
    const secrets = this.random('secrets');
    this.#newSecret = () => secrets.hex(22);
    this.serving = Array.from({ length: this.plan.processes }, () => null);
    this.skewMs = this.serving.map(() => 0);
    defects.policy = this.plan.poison;
    defects.readModels = this.plan.poison;
    this.time = installVirtualTime(this.random('time'));
  }

  random(purpose: string): Random {
    return createRandom(this.seed, purpose);
  }

  clock(place: number): Clock {
    return { nowMs: () => EPOCH_MS + Math.floor(this.time.nowMs) + (this.skewMs[place] ?? 0) };
  }

  /** Of the database: behind or ahead by little, since recorded times follow it. */
  readonly storageClock: Clock = {
    nowMs: () => EPOCH_MS + this.time.nowMs + this.storageSkewMs,
  };

  async begin(): Promise<void> {
    this.storage = await createSharedStorage({
      bucketCount: this.plan.buckets,
      clock: this.storageClock,
      random: this.random('storage'),
    });
    this.tampering.storage?.(this.storage);
    this.serving.forEach((_, place) => void this.keepAlive(place));
  }

  /** Notes the first thing that does not hold; the run ends there. */
  fail(error: unknown): void {
    if (this.violation !== null) return;
    this.violation = error;
    this.trace.add(this.time.nowMs, 'run', `violated ${String(error)}`);
  }

  /** Begins an actor: what it throws is a finding. */
  actor(work: () => Promise<void>): Promise<void> {
    return this.time.as(null, work).catch((error: unknown) => this.fail(error));
  }

  /** A process that serves, picked by `random`; null when none does. */
  anyProcess(random: Random): SimulatedProcess | null {
    const alive = this.serving.filter((each) => each?.life.alive === true);
    return alive.length === 0 ? null : random.pick(alive);
  }

  /** Runs `work` inside the process; DIED when that ends before it answers. */
  async within<T>(process: SimulatedProcess, work: () => Promise<T>): Promise<T | typeof DIED> {
    const { life } = process;
    const died = life.died.then((): typeof DIED => DIED);
    const answer = this.time.as(life, work).catch((error: unknown): typeof DIED => {
      if (error instanceof Crashed || !life.alive) return DIED;
      throw error;
    });
    return Promise.race([answer, died]);
  }

  /** Opens the process of a place, and again whenever it died, as a supervisor does. */
  async keepAlive(place: number): Promise<void> {
    const random = this.random(`supervisor ${place}`);
    for (;;) {
      const life = new Life(`${String.fromCharCode(65 + place)}${(this.#lives += 1)}`);
      const opened = await this.#open(place, life);
      if (opened !== null) {
        this.serving[place] = opened;
        await life.died;
        this.deaths += 1;
        this.serving[place] = null;
      } else life.die();
      const long = random.chance(0.2) ? 9_000 : 800;
      await this.time.sleep(this.quiet ? 10 : random.between({ from: 5, to: long }));
    }
  }

  async #open(place: number, life: Life): Promise<SimulatedProcess | null> {
    const { time, faults, trace, storage, tampering, newId } = this;
    const release = releaseOf(this.version);
    trace.add(time.nowMs, life.name, `opens version ${release.version}`);
    const options = { life, time, faults, trace, storage, release, tampering, newId };
    try {
      return await time.as(life, () =>
        openProcess({
          ...options,
          clock: this.clock(place),
          storageClock: this.storageClock,
          logger: this.#loggerOf(life),
          newSecret: this.#newSecret,
        }),
      );
    } catch (error) {
      // With the storage out of reach a process does not start: it ends and is tried again.
      trace.add(time.nowMs, life.name, `did not open: ${String(error)}`);
      return null;
    }
  }

  #loggerOf(life: Life): Logger {
    const note = (level: string) => (message: string, fields?: object) =>
      this.trace.add(
        this.time.nowMs,
        life.name,
        `${level} ${message} ${fields === undefined ? '' : describe(fields)}`,
      );
    return { debug: () => {}, info: note('info'), warn: note('warn'), error: note('error') };
  }
}

/** Without stacks, which name the files of this machine. */
function describe(fields: object): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value instanceof Error ? `${value}` : String(value)}`)
    .join(' ');
}
