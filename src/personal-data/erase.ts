/**
 * Erasing a person. The list in the key store is the truth: whatever ends a process in the middle, the next one goes on
 * from it, and a database restored from before an erasure is cleared again before it serves.
 *
 *   erase()  -> list: pending -> key destroyed, event appended -> answer
 *   worker   -> cleared -> tables rewritten, write-ahead log cleared -> list: done      (erase-steps.ts)
 *
 * One worker a process. Several processes may work on one entry: every step can be repeated.
 */
import type { Clock } from '../core/clock.ts';
import { silentLogger, type Logger } from '../core/logger.ts';
import type { ErasureEntry } from '../core/key-store.ts';
import type { Person } from '../core/personal-data.ts';
import { cleanedAmong, markCleaned } from './erased-rows.ts';
import { clear, destroy, type StepDependencies } from './erase-steps.ts';
import type { PersonalDataService } from './personal-data.ts';
import type { PersonIds } from './person-ids.ts';

/** Between two looks for entries that another process left behind, and after a failure. */
const LOOK_MS = 30_000;
const RETRY_MS = 2_000;
/** What is younger is being worked on by whoever took it in. */
const ORPHAN_AGE_MS = 60_000;
/** What a process that ended may have cleared without rewriting the table: read models and snapshots say it again. */
const TABLES_IN_DOUBT: readonly string[] = ['log_batches', 'dead_letters'];

export interface ErasureReceipt {
  readonly receiptId: string;
  readonly state: 'pending' | 'done';
  /** RFC 3339. */
  readonly requestedAt: string;
  readonly doneAt: string | null;
}

export interface ErasureDependencies extends StepDependencies {
  readonly personal: Pick<PersonalDataService, 'forget' | 'referenceOf'>;
  readonly personIds: PersonIds;
  /** Rewrites tables and clears the write-ahead log; false when the server did not let it do the latter. */
  readonly scrub: (tables: Iterable<string>) => Promise<boolean>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly logger?: Logger;
}

export interface Erasure {
  /**
   * Puts the list in force: every listed person has no key, and a database that was not cleared of them (a copy from
   * before) is. Await it before anything is served; projections need not run yet. Answers with how many were cleared.
   */
  applyErasures(): Promise<number>;
  /** Begins to work in the background. */
  start(): void;
  /** Ends after the step under way. */
  stop(): Promise<void>;
  /**
   * Resolves when nobody can read the person's sealed fields any more; the rest goes on behind. Repeating it gives the
   * first receipt. Errors: UNAVAILABLE, OUTCOME_UNKNOWN; the person is on the list then, and it goes on by itself.
   */
  erase(tenant: string, personId: string, actor: string): Promise<ErasureReceipt>;
  receipt(tenant: string, receiptId: string): Promise<ErasureReceipt | null>;
  /** Resolves when nothing taken in by this process is left to do, or the next try of it has failed. */
  settled(): Promise<void>;
}

export function createErasure(deps: ErasureDependencies): Erasure {
  return new Worker(deps);
}

interface Job {
  readonly entry: ErasureEntry;
  readonly position: bigint | null;
  /** Tables that were cleared before and are to be rewritten. */
  readonly tables: readonly string[];
}

/** A class because it owns a timer and a queue. */
class Worker implements Erasure {
  readonly #deps: ErasureDependencies;
  readonly #logger: Logger;
  readonly #jobs = new Map<string, Job>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #started = false;
  #stopped = false;

  constructor(deps: ErasureDependencies) {
    this.#deps = deps;
    this.#logger = deps.logger ?? silentLogger;
  }

  async applyErasures(): Promise<number> {
    const { keys, database } = this.#deps;
    const entries = await keys.erasures();
    const held = await keys.readKeys(entries.map(({ reference }) => reference));
    for (const reference of held.keys()) await keys.destroyKey(reference);
    const places = entries.map((entry) => this.#placeOf(entry));
    const cleaned = places.length === 0 ? new Set() : await cleanedAmong(database, places);
    let count = 0;
    for (const entry of entries) {
      if (cleaned.has(entry.reference) && entry.state === 'done') continue;
      const position = await destroy(this.#deps, entry);
      const after = { position, projected: false };
      const cleared = await clear(this.#deps, this.#personOf(entry), after);
      const tables = entry.state === 'pending' ? [...TABLES_IN_DOUBT, ...cleared] : cleared;
      this.#jobs.set(entry.reference, { entry, position, tables });
      count += 1;
    }
    if (count > 0) this.#logger.info('erased persons were cleared from this database', { count });
    return count;
  }

  start(): void {
    this.#started = true;
    this.#schedule(this.#jobs.size > 0 ? 0 : LOOK_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#working;
  }

  async erase(tenant: string, personId: string, actor: string): Promise<ErasureReceipt> {
    const { keys, personal, personIds, clock, newId } = this.#deps;
    const reference = personal.referenceOf(tenant, personId);
    const entry = await keys.putErasure({
      reference,
      tenant,
      receiptId: newId(),
      requestedAt: new Date(clock.nowMs()).toISOString(),
      actor,
      sealedId: personIds.seal(reference, personId),
      state: 'pending',
      doneAt: null,
    });
    if (entry.state === 'pending' && !this.#jobs.has(reference)) {
      this.#jobs.set(reference, { entry, position: null, tables: [] });
      const position = await destroy(this.#deps, entry);
      this.#jobs.set(reference, { entry, position, tables: [] });
      this.#schedule(0);
    }
    return receiptOf(entry);
  }

  async receipt(tenant: string, receiptId: string): Promise<ErasureReceipt | null> {
    const entries = await this.#deps.keys.erasures();
    const entry = entries.find((one) => one.receiptId === receiptId && one.tenant === tenant);
    return entry === undefined ? null : receiptOf(entry);
  }

  async settled(): Promise<void> {
    await this.#working;
    if (this.#jobs.size > 0) await this.#work();
  }

  #schedule(delayMs: number): void {
    if (!this.#started || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), delayMs).unref();
  }

  /** One round at a time; whoever comes while one is under way is served by the next. */
  #work(): Promise<void> {
    this.#working ??= this.#round().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  async #round(): Promise<void> {
    try {
      await this.#adoptOrphans();
      const jobs = [...this.#jobs.values()];
      if (jobs.length > 0) await this.#finish(jobs);
      this.#schedule(this.#jobs.size > 0 ? 0 : LOOK_MS);
    } catch (error) {
      this.#logger.warn('an erasure goes on later', { count: this.#jobs.size, error });
      this.#schedule(RETRY_MS);
    }
  }

  /** Entries that a process left behind when it ended. */
  async #adoptOrphans(): Promise<void> {
    const now = this.#deps.clock.nowMs();
    for (const entry of await this.#deps.keys.erasures()) {
      const age = now - Date.parse(entry.requestedAt);
      if (entry.state === 'done' || age < ORPHAN_AGE_MS || this.#jobs.has(entry.reference))
        continue;
      this.#jobs.set(entry.reference, { entry, position: null, tables: TABLES_IN_DOUBT });
    }
  }

  /** Tables are rewritten once for all persons of the round. */
  async #finish(jobs: readonly Job[]): Promise<void> {
    const tables = new Set<string>();
    for (const { entry, ...job } of jobs) {
      if (this.#stopped) return;
      const position = job.position ?? (await destroy(this.#deps, entry));
      const cleared = await clear(this.#deps, this.#personOf(entry), { position, projected: true });
      for (const table of [...job.tables, ...cleared]) tables.add(table);
      // Kept in case of a failure further on: a second clearing finds nothing and names no table.
      this.#jobs.set(entry.reference, { entry, position, tables: [...job.tables, ...cleared] });
    }
    if (this.#stopped) return;
    if (!(await this.#deps.scrub(tables)))
      this.#logger.warn(
        'the write-ahead log of the database could not be cleared of erased persons; it is until its server rotates it',
      );
    const doneAt = new Date(this.#deps.clock.nowMs()).toISOString();
    for (const { entry } of jobs) {
      await markCleaned(this.#deps.database, this.#placeOf(entry));
      await this.#deps.keys.finishErasure(entry.reference, doneAt);
      this.#jobs.delete(entry.reference);
    }
  }

  #personOf({ tenant, reference, sealedId }: ErasureEntry): Person {
    return { tenant, reference, personId: this.#deps.personIds.open(reference, sealedId) };
  }

  #placeOf({ tenant, reference }: ErasureEntry) {
    return { bucket: this.#deps.log.bucketOf(tenant), tenant, reference };
  }
}

function receiptOf({ receiptId, state, requestedAt, doneAt }: ErasureEntry): ErasureReceipt {
  return { receiptId, state, requestedAt, doneAt };
}
