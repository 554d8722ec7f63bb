/**
 * The quiet life of the demo: gives the commands of evening-plan.ts when their time has come, through the pipeline as any
 * till would. About ten commands a minute, 25,000 events a day (3 MB of log), less than a thousandth of a core.
 *
 *   plan:  unseen -> adopted (begun while we run, or by whoever ran before) -> each step once due -> gone
 *
 * Nothing piles up: a refused needed step drops its plan, what was cut by a stop is finished by `tidy` at the start and
 * every five minutes, and two processes that both run it give the same commands, which count once.
 */
import type { Principal, Scope } from '../access/principal.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { CommandAnswer, Pipeline } from '../pipeline/pipeline.ts';
import { DEMO_LOCATION, FILL_ACTOR, type EveningStep } from './demo-steps.ts';
import {
  ACTS,
  EVENING_TABLES,
  PARTY_MS,
  partyEndMs,
  partyTable,
  tableStep,
  type EveningAct,
  type EveningPlan,
} from './evening-plan.ts';
import { firstPartyPlan } from './evening-first.ts';
import { dueOf, withCurrentPrice } from './evening-bill.ts';
import { DEMO_TENANT } from './seed-demo.ts';

const BEAT_MS = 3_000;
const TIDY_EVERY_MS = 5 * 60_000;
/** More lines than any party orders: each refusal corrects the price of one. */
const PRICE_TRIES_MAX = 20;
export const EVENING_ACTOR = 'demo-evening';

export interface EveningDependencies {
  readonly pipeline: Pipeline;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ids of orders of the demo tenant that are open, or that a station still works on. */
  readonly unfinishedOrders: () => Promise<readonly string[]>;
  /** The demo was deleted, by this process or another one. */
  readonly isOver: () => Promise<boolean>;
}

export interface Evening {
  start(): void;
  /** Gives no further command and waits for the one under way. */
  stop(): Promise<void>;
  /** What the next beat would do: for tests with a clock of their own. */
  beat(): Promise<void>;
}

/** Of the filling and of the evening. */
const OURS: ReadonlySet<string> = new Set([FILL_ACTOR, EVENING_ACTOR]);

const PRINCIPAL: Principal = {
  keyId: EVENING_ACTOR,
  tenant: DEMO_TENANT,
  scopes: new Set(['orders', 'reservations', 'leads'].map((module): Scope => `${module}:write`)),
};

export function createEvening(deps: EveningDependencies): Evening {
  return new Running(deps);
}

interface Adopted {
  readonly plan: EveningPlan;
  next: number;
}

/** A class because it owns a timer and what is under way. */
class Running implements Evening {
  readonly #deps: EveningDependencies;
  readonly #startedMs: number;
  /** The last slot of each act that was looked at. */
  readonly #seen = new Map<EveningAct, number>();
  #adopted: Adopted[] = [];
  #tidiedMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: EveningDependencies) {
    this.#deps = deps;
    this.#startedMs = deps.clock.nowMs();
  }

  start(): void {
    const again = (): void => {
      if (this.#stopped) return;
      this.#underWay = this.beat();
      void this.#underWay.finally(() => {
        if (!this.#stopped) this.#timer = setTimeout(again, BEAT_MS).unref();
      });
    };
    again();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  /** Never rejects: what failed is due again at the next beat. */
  async beat(): Promise<void> {
    const nowMs = this.#deps.clock.nowMs();
    try {
      if (nowMs - this.#tidiedMs >= TIDY_EVERY_MS) {
        if (await this.#deps.isOver()) this.#stopped = true;
        await this.#tidy(nowMs);
        this.#tidiedMs = nowMs;
      }
      for (const act of ACTS) await this.#adopt(act, nowMs);
      for (const adopted of this.#adopted) await this.#goOn(adopted, nowMs);
      this.#adopted = this.#adopted.filter(({ plan, next }) => next < plan.steps.length);
    } catch (error) {
      if (!this.#stopped) this.#deps.logger.warn('the evening of the demo was held up', { error });
    }
  }

  async #adopt(act: EveningAct, nowMs: number): Promise<void> {
    const current = Math.floor(nowMs / act.everyMs);
    const first = Math.floor((nowMs - act.lastsMs) / act.everyMs);
    for (let slot = (this.#seen.get(act) ?? first - 1) + 1; slot <= current; slot += 1) {
      if (this.#stopped) return;
      const plan = act.plan(slot);
      const [begin] = plan?.steps ?? [];
      if (plan !== null && begin !== undefined) {
        const isOurs = begin.atMs >= this.#startedMs || (await this.#hasBegun(plan));
        if (isOurs) this.#adopted.push({ plan, next: 0 });
      }
      this.#seen.set(act, slot);
    }
  }

  /** Whether whoever ran before us made what the plan makes first: the stream that is named as the plan is. */
  async #hasBegun({ id, steps }: EveningPlan): Promise<boolean> {
    const own = steps.find((step) => step.id === id);
    if (own === undefined) return false;
    return (await this.#deps.pipeline.load(DEMO_TENANT, own.category, id)).version > 0n;
  }

  async #goOn(adopted: Adopted, nowMs: number): Promise<void> {
    const { steps } = adopted.plan;
    for (let step = steps[adopted.next]; step !== undefined; step = steps[adopted.next]) {
      if (this.#stopped || step.atMs > nowMs) return;
      if (adopted.plan.yields === true && !(await this.#isOurs(step))) {
        adopted.next = steps.length;
        return;
      }
      const isDone = await this.#give(step);
      // Before a needed step nothing was made that anybody has to clear but a table, which tidy frees.
      adopted.next = isDone || step.needed !== true ? adopted.next + 1 : steps.length;
    }
  }

  /** Whether the demo itself did the last thing that happened there. */
  async #isOurs({ category, id }: Pick<EveningStep, 'category' | 'id'>): Promise<boolean> {
    const { pipeline } = this.#deps;
    const { version } = await pipeline.load(DEMO_TENANT, category, id);
    const stream = { tenant: DEMO_TENANT, category, id };
    const { entries } = await pipeline.history(stream, { afterVersion: version - 1n, limit: 1 });
    return OURS.has(entries[0]?.actor ?? '');
  }

  /** The parties that sat there when the demo was made. */
  async #adoptFirst(id: string): Promise<void> {
    if (this.#isAdopted(id) || firstPartyPlan(id, 0) === null) return;
    const stream = { tenant: DEMO_TENANT, category: 'orders', id };
    const { entries } = await this.#deps.pipeline.history(stream, { afterVersion: 0n, limit: 1 });
    const plan = firstPartyPlan(id, Date.parse(entries[0]?.at ?? ''));
    if (plan !== null && (await this.#isOurs(stream))) this.#adopted.push({ plan, next: 0 });
  }

  /** False when it was refused. Errors: those of the pipeline but for what is not there. */
  async #give(step: Omit<EveningStep, 'atMs'>): Promise<boolean> {
    const { pipeline } = this.#deps;
    const { category, command, id, once, paysDue } = step;
    let { input } = step;
    if (paysDue === true) {
      const amount = dueOf((await pipeline.load(DEMO_TENANT, category, id)).state);
      if (amount === 0) return true;
      input = { ...asObject(input), amount };
    }
    const request = { principal: PRINCIPAL, category, command, id };
    const named = once === undefined ? {} : { commandId: once };
    for (let tries = 0; tries < PRICE_TRIES_MAX; tries += 1) {
      const answer = await handled(pipeline, { ...request, ...named, input });
      if (answer === null) return false;
      // What is there already was made before a stop, or by another process.
      if (answer.status === 'done' || answer.code.endsWith('_EXISTS')) return true;
      const corrected = withCurrentPrice(input, answer);
      if (corrected === null) return false;
      input = corrected;
    }
    return false;
  }

  /** Finishes what a stop or a refusal left of evenings that are over: nothing of ours stays open. */
  async #tidy(nowMs: number): Promise<void> {
    for (const id of await this.#deps.unfinishedOrders()) {
      if (this.#stopped) return;
      await this.#adoptFirst(id);
      const endMs = id.startsWith('evening-sale-') ? 0 : partyEndMs(id);
      if (endMs === null || endMs > nowMs || this.#isAdopted(id)) continue;
      for (const command of ['FireLines', 'BumpLines', 'ServeLines'])
        await this.#give({ category: 'orders', id, command, input: {} });
      const pay = { id: `${id}-pay`, kind: 'card' };
      await this.#give({ category: 'orders', id, command: 'PayOrder', input: pay, paysDue: true });
    }
    for (const tableId of EVENING_TABLES) if (!this.#stopped) await this.#freeTable(tableId, nowMs);
  }

  #isAdopted(orderId: string): boolean {
    return this.#adopted.some(({ plan }) => plan.id === orderId);
  }

  /** Only what we said of it ourselves, and only when no party of ours can still sit there. */
  async #freeTable(tableId: string, nowMs: number): Promise<void> {
    const { pipeline } = this.#deps;
    if (
      this.#adopted.some(
        ({ plan }) => partyEndMs(plan.id) !== null && partyTable(plan.id) === tableId,
      )
    )
      return;
    const stream = {
      tenant: DEMO_TENANT,
      category: 'orders.tables',
      id: `${DEMO_LOCATION}~${tableId}`,
    };
    const { state, version } = await pipeline.load(stream.tenant, stream.category, stream.id);
    if (version === 0n || statusOf(state) === 'free') return;
    const { entries } = await pipeline.history(stream, { afterVersion: version - 1n, limit: 1 });
    const [last] = entries;
    if (last?.actor !== EVENING_ACTOR || Date.parse(last.at) > nowMs - PARTY_MS) return;
    await this.#give(tableStep(tableId, 'free'));
  }
}

/** Null for what is not there: somebody took it away. */
async function handled(
  pipeline: Pipeline,
  request: Parameters<Pipeline['handle']>[0],
): Promise<CommandAnswer | null> {
  try {
    return await pipeline.handle(request);
  } catch (error) {
    if (error instanceof Failure && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function asObject(input: unknown): object {
  return typeof input === 'object' && input !== null ? input : {};
}

function statusOf(state: unknown): unknown {
  return typeof state === 'object' && state !== null && 'status' in state
    ? state.status
    : undefined;
}
