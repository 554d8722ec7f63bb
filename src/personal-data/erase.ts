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
const RETRY_MS_MAX = 10 * 60_000;
/** What is younger is being worked on by whoever took it in. */
const ORPHAN_AGE_MS = 60_000;
/** What a process that ended may have cleared without rewriting the table: read models and snapshots say it again. */
const TABLES_IN_DOUBT: readonly string[] = ['log_batches', 'dead_letters'];

/** Something that stays when a person is erased, because the law asks for it. */
export interface KeptRecord {
  readonly what: string;
  readonly why: string;
  /** Last day on which it has to be kept, `YYYY-MM-DD`; null where no day is set. */
  readonly until: string | null;
}

export interface ErasureReceipt {
  readonly receiptId: string;
  readonly state: 'pending' | 'done';
  /** RFC 3339. */
  readonly requestedAt: string;
  readonly doneAt: string | null;
  /** Null while it cannot be found out: the read model that says so is away. */
  readonly kept: readonly KeptRecord[] | null;
}

export interface ErasureDependencies extends StepDependencies {
  readonly personal: Pick<PersonalDataService, 'forget' | 'referenceOf'>;
  readonly personIds: PersonIds;
  /** Rewrites tables and clears the write-ahead log; false when the server did not let it do the latter. */
  readonly scrub: (tables: Iterable<string>) => Promise<boolean>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly logger?: Logger;
  /** What stays of a person whose erasure was asked for then (RFC 3339), and until when; nothing by default. */
  readonly keptOf?: (
    person: { readonly tenant: string; readonly personId: string },
    requestedAt: string,
  ) => Promise<readonly KeptRecord[]>;
}

export interface Erasure {
  /**
   * Puts the list in force: every listed person has no key, and a database that was not cleared of them (a copy from
   * before) is. Await it before anything is served; projections need not run yet. Answers with how many were cleared.
   */
  applyErasures(): Promise<number>;
  /** Begins to work in the background. */
  start(): void;
  /** Ends after the step under way; a wait for projections is broken off. */
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
  /** Tries under way, by reference. */
  readonly #destroying = new Map<string, Promise<bigint>>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #started = false;
  #failures = 0;

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
      const cleared = await clear(this.#deps, this.#personOf(entry), { projected: false });
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
    this.#stop.abort();
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
    if (entry.state === 'pending') await this.#destroyNow(entry);
    return this.#receiptOf(entry);
  }

  /** A repetition waits as well: until the key is destroyed, nobody is told so. */
  async #destroyNow(entry: ErasureEntry): Promise<void> {
    const job = this.#jobs.get(entry.reference) ?? { entry, position: null, tables: [] };
    if (job.position !== null) return;
    this.#jobs.set(entry.reference, job);
    try {
      await this.#destroyed(job);
      this.#schedule(0);
    } catch (error) {
      this.#schedule(RETRY_MS);
      throw error;
    }
  }

  /** Steps 2 to 4, one try at a time: whoever comes while it is under way shares how it ends. */
  #destroyed({ entry, position }: Job): Promise<bigint> {
    if (position !== null) return Promise.resolve(position);
    const { reference } = entry;
    const underWay = this.#destroying.get(reference);
    if (underWay !== undefined) return underWay;
    const trying = destroy(this.#deps, entry)
      .then((at) => {
        const tables = this.#jobs.get(reference)?.tables ?? [];
        this.#jobs.set(reference, { entry, position: at, tables });
        return at;
      })
      .finally(() => this.#destroying.delete(reference));
    this.#destroying.set(reference, trying);
    return trying;
  }

  async receipt(tenant: string, receiptId: string): Promise<ErasureReceipt | null> {
    const entries = await this.#deps.keys.erasures();
    const entry = entries.find((one) => one.receiptId === receiptId && one.tenant === tenant);
    return entry === undefined ? null : this.#receiptOf(entry);
  }

  async settled(): Promise<void> {
    await this.#working;
    if (this.#jobs.size > 0) await this.#work();
  }

  #schedule(delayMs: number): void {
    if (!this.#started || this.#stop.signal.aborted) return;
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
      const failed = jobs.length > 0 ? await this.#finish(jobs) : 0;
      this.#failures = failed > 0 ? this.#failures + 1 : 0;
      const next = this.#jobs.size > 0 ? 0 : LOOK_MS;
      this.#schedule(failed > 0 ? this.#pauseMs() : next);
    } catch (error) {
      // What was only broken off is on the list: the next start goes on with it.
      if (error === this.#stop.signal.reason) return;
      this.#failures += 1;
      this.#logger.warn('an erasure goes on later', { count: this.#jobs.size, error });
      this.#schedule(this.#pauseMs());
    }
  }

  /** Rewriting tables holds others up, so what fails is not tried for ever at the same pace. */
  #pauseMs(): number {
    return Math.min(RETRY_MS * 2 ** Math.max(0, Math.min(this.#failures, 20) - 1), RETRY_MS_MAX);
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

  /**
   * Tables are rewritten once for all persons of the round. One whose clearing fails keeps nobody else waiting; answers
   * with how many those are.
   */
  async #finish(jobs: readonly Job[]): Promise<number> {
    const tables = new Set<string>();
    const cleared: Job[] = [];
    for (const job of jobs) {
      if (this.#stop.signal.aborted) return 0;
      try {
        cleared.push(await this.#clear(job));
        for (const table of this.#jobs.get(job.entry.reference)?.tables ?? []) tables.add(table);
      } catch (error) {
        if (error === this.#stop.signal.reason) throw error;
        this.#logger.warn('an erasure goes on later', { count: 1, error });
      }
    }
    if (cleared.length > 0 && !this.#stop.signal.aborted) await this.#rewrite(cleared, tables);
    return jobs.length - cleared.length;
  }

  /** Steps up to 7 of one person. */
  async #clear(job: Job): Promise<Job> {
    const { entry } = job;
    const position = await this.#destroyed(job);
    const after = { projected: true, position, stop: this.#stop.signal } as const;
    const cleared = await clear(this.#deps, this.#personOf(entry), after);
    // Kept in case of a failure further on: a second clearing finds nothing and names no table.
    const done = { entry, position, tables: [...job.tables, ...cleared] };
    this.#jobs.set(entry.reference, done);
    return done;
  }

  async #rewrite(jobs: readonly Job[], tables: ReadonlySet<string>): Promise<void> {
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

  /** The erasure stands whether or not it can be told what is kept, so that is no reason to fail. */
  async #receiptOf(entry: ErasureEntry): Promise<ErasureReceipt> {
    const { receiptId, state, requestedAt, doneAt } = entry;
    const receipt = { receiptId, state, requestedAt, doneAt };
    const { keptOf } = this.#deps;
    if (keptOf === undefined) return { ...receipt, kept: [] };
    try {
      return { ...receipt, kept: await keptOf(this.#personOf(entry), requestedAt) };
    } catch (error) {
      this.#logger.warn('what is kept of an erased person cannot be told now', { error });
      return { ...receipt, kept: null };
    }
  }

  #personOf({ tenant, reference, sealedId }: ErasureEntry): Person {
    return { tenant, reference, personId: this.#deps.personIds.open(reference, sealedId) };
  }

  #placeOf({ tenant, reference }: ErasureEntry) {
    return { bucket: this.#deps.log.bucketOf(tenant), tenant, reference };
  }
}
