/**
 * Fills the demo tenant beside the running server: through the pipeline, as anybody would, with ids of its own. What is
 * there is refused or known and stays as it is, so a fill that was cut goes on at the next start, and a full one is one
 * look. The past is told by pipelines with a clock of their own; each gives one command after another.
 *
 *   house -> menu (each group rests on the one before) -> programme, guests of months ago -> history, bookings, till, quiz
 *   -> open orders -> office -> LAST_STEP
 */
import type { Principal, Scope } from '../access/principal.ts';
import { businessDayOf } from '../core/calendar.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { CommandRequest, Pipeline } from '../pipeline/pipeline.ts';
import { bookingSteps } from './bookings.ts';
import { pastVisits } from './evening-visits.ts';
import {
  DEMO_CUT_OFF,
  DEMO_LOCATION,
  DEMO_ZONE,
  FILL_ACTOR,
  type DatedStep,
  type DemoStep,
} from './demo-steps.ts';
import { guestLanes, LAST_STEP, programmeStep } from './guests.ts';
import { HISTORY_DAYS } from './history-days.ts';
import { historyLanes } from './history.ts';
import { houseSteps } from './house.ts';
import { DEMO_PRODUCTS, menuSteps } from './menu.ts';
import { officeSteps } from './office.ts';
import { clearedTableSteps, openOrderSteps } from './open-orders.ts';
import { recipeSteps } from './recipes.ts';
import { DEMO_TENANT } from './seed-demo.ts';
import { tillSteps } from './till-day.ts';

/** Commands under way at once: enough to share commits, few beside what else the server does. */
const AT_ONCE = 24;
/** Days of the past that are filled at the same time, each lane with a pipeline of its own. */
const LANES = 8;

export interface FillDemoDependencies {
  /** That of the running server. */
  readonly pipeline: Pipeline;
  /** Another one over the same log that tells time by this clock; closed when the past is told. */
  readonly pipelineAt: (clock: Clock) => Pipeline;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Days of the past that are told; HISTORY_DAYS by default, fewer for tests. */
  readonly days?: number;
}

export interface DemoFill {
  /** Never rejects: a demo that could not be filled is logged, and goes on at the next start. */
  readonly done: Promise<DemoOutcome>;
  /** Gives no further command and waits for those under way. */
  stop(): Promise<void>;
}

export interface DemoOutcome {
  /** Commands given; 0 where the demo was full. */
  readonly given: number;
  /** How often each refusal was answered; those of a demo that was begun before say that something is there. */
  readonly refused: ReadonlyMap<string, number>;
  /** False when it was stopped or failed. */
  readonly complete: boolean;
}

/** The tenant must exist. */
export function fillDemo(deps: FillDemoDependencies): DemoFill {
  const fill = new Filling(deps);
  return {
    done: fill.run(),
    async stop() {
      fill.stop();
      await fill.done;
    },
  };
}

const MODULES_FILLED = [
  'business',
  'catalog',
  'customers',
  'invoices',
  'leads',
  'loyalty',
  'messages',
  'orders',
  'reservations',
];

/** The till's morning is at most two days before the day on which the demo is begun. */
const HOUSE_STOOD_MS = 3 * 86_400_000;

const PRINCIPAL: Principal = {
  keyId: FILL_ACTOR,
  tenant: DEMO_TENANT,
  scopes: new Set(MODULES_FILLED.map((module): Scope => `${module}:write`)),
};

/** Thrown to leave the way when the server stops. */
class Stopped extends Error {}

/** A class because it owns the commands under way. */
class Filling {
  readonly #deps: FillDemoDependencies;
  readonly #refused = new Map<string, number>();
  readonly #ended = Promise.withResolvers<void>();
  #given = 0;
  #stopped = false;

  constructor(deps: FillDemoDependencies) {
    this.#deps = deps;
  }

  get done(): Promise<void> {
    return this.#ended.promise;
  }

  stop(): void {
    this.#stopped = true;
  }

  async run(): Promise<DemoOutcome> {
    let complete = false;
    try {
      await this.#fill();
      complete = true;
    } catch (error) {
      if (!(error instanceof Stopped))
        this.#deps.logger.warn('the demo tenant could not be filled', { error });
    } finally {
      this.#ended.resolve();
    }
    return { given: this.#given, refused: this.#refused, complete };
  }

  async #fill(): Promise<void> {
    const { pipeline } = this.#deps;
    const last = await pipeline.load(DEMO_TENANT, LAST_STEP.category, LAST_STEP.id);
    if (last.version > 0n) return;
    await this.#openHouse();
    const products = new Set(DEMO_PRODUCTS.map(({ id }) => id));
    const groups = [...menuSteps(), recipeSteps(products)];
    for (const group of groups) await this.#giveAll(group);
    const begunMs = await this.#begunMs();
    await this.#tell([() => [programmeStep(begunMs)]]);
    await this.#tell(guestLanes(begunMs));
    await this.#tell(pastLanes(begunMs, this.#deps.days ?? HISTORY_DAYS));
    await this.#giveAll(clearedTableSteps());
    await this.#giveAll(openOrderSteps());
    for (const group of officeSteps()) await this.#giveAll(group);
    await this.#give(pipeline, LAST_STEP);
  }

  /** Earlier than the morning whose till is told: names of locations and tills stand in one stream, whose time goes on. */
  async #openHouse(): Promise<void> {
    const pipeline = this.#deps.pipelineAt({
      nowMs: () => this.#deps.clock.nowMs() - HOUSE_STOOD_MS,
    });
    try {
      for (const step of houseSteps()) await this.#give(pipeline, step);
    } finally {
      await pipeline.close();
    }
  }

  /** When the demo was begun, so that a fill which goes on a day later tells the same past. */
  async #begunMs(): Promise<number> {
    const { pipeline, clock } = this.#deps;
    const opened = await pipeline.history(
      { tenant: DEMO_TENANT, category: 'business.locations', id: DEMO_LOCATION },
      { afterVersion: 0n, limit: 1 },
    );
    const openedMs = Date.parse(opened.entries[0]?.at ?? '') + HOUSE_STOOD_MS;
    // Of a demo that an earlier release began the house was opened as it began.
    return Math.min(openedMs || Infinity, clock.nowMs());
  }

  /** What was before, each lane in its order. */
  async #tell(lanes: readonly (() => readonly DatedStep[])[]): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      let nowMs = 0;
      const pipeline = this.#deps.pipelineAt({ nowMs: () => nowMs });
      try {
        while (next < lanes.length)
          for (const { atMs, ...step } of lanes[next++]?.() ?? []) {
            nowMs = atMs;
            await this.#give(pipeline, step);
          }
      } finally {
        await pipeline.close();
      }
    };
    await Promise.all(Array.from({ length: Math.min(LANES, lanes.length) }, work));
  }

  async #giveAll(steps: readonly DemoStep[]): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      for (let step = steps[next++]; step !== undefined; step = steps[next++])
        await this.#give(this.#deps.pipeline, step);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async #give(pipeline: Pipeline, { once, ...step }: DemoStep): Promise<void> {
    if (this.#stopped) throw new Stopped();
    this.#given += 1;
    const request = {
      principal: PRINCIPAL,
      ...step,
      ...(once === undefined ? {} : { commandId: once }),
    };
    const refused = await refusalOf(pipeline, request);
    if (refused !== null) this.#refused.set(refused, (this.#refused.get(refused) ?? 0) + 1);
  }
}

function pastLanes(begunMs: number, days: number): readonly (() => readonly DatedStep[])[] {
  const today = businessDayOf(new Date(begunMs).toISOString(), DEMO_ZONE, DEMO_CUT_OFF);
  return [
    () => bookingSteps(today, begunMs),
    () => tillSteps(today),
    () => pastVisits(begunMs),
    ...historyLanes(today, days),
  ];
}

/** Null when it was done. Errors: those of the pipeline but that what it is about is not there. */
async function refusalOf(pipeline: Pipeline, request: CommandRequest): Promise<string | null> {
  try {
    const answer = await pipeline.handle(request);
    return answer.status === 'refused' ? answer.code : null;
  } catch (error) {
    // A person may have taken the room that a reservation needed, so that nobody can be seated.
    if (error instanceof Failure && error.code === 'NOT_FOUND') return error.code;
    throw error;
  }
}
