/** How much more work is taken: what waits is bounded, for each tenant and for all. */
import { Failure } from '../core/errors.ts';
import { countOpen, type OpenCounts } from './job-rows.ts';
import { JOBS_MAX, TENANT_JOBS_MAX } from './limits.ts';
import type { DocumentDependencies } from './service-parts.ts';

/** Counting reads all that waits: asked once in this time, with what this process took since added. */
const FRESH_MS = 200;
const TENANTS_MAX = 1_000;
const RETRY_SECONDS = 2;

interface Counted {
  readonly readAtMs: number;
  readonly open: Promise<OpenCounts>;
  /** What this process had taken for all when the count began, and has taken for this tenant since. */
  readonly takenBefore: number;
  own: number;
}

/** A class because it keeps counts. */
export class Room {
  readonly #deps: DocumentDependencies;
  readonly #counted = new Map<string, Counted>();
  #taken = 0;

  constructor(deps: DocumentDependencies) {
    this.#deps = deps;
  }

  /** Takes a place. Errors: OVERLOADED when as much waits as may. */
  async take(tenant: string): Promise<void> {
    const counted = this.#count(tenant);
    const open = await counted.open;
    const all = open.all + this.#taken - counted.takenBefore;
    if (all >= JOBS_MAX || open.tenant + counted.own >= TENANT_JOBS_MAX)
      throw overloaded('Too many documents wait to be worked on.');
    this.#taken += 1;
    counted.own += 1;
  }

  #count(tenant: string): Counted {
    const { database, bucketOf, clock, measures } = this.#deps;
    const readAtMs = clock.nowMs();
    const known = this.#counted.get(tenant);
    if (known !== undefined && Math.abs(readAtMs - known.readAtMs) < FRESH_MS) return known;
    if (this.#counted.size >= TENANTS_MAX) this.#counted.clear();
    const open = countOpen(database, { bucket: bucketOf(tenant), tenant });
    // What is taken while it is counted may count twice, and never not at all.
    const counted: Counted = { readAtMs, open, takenBefore: this.#taken, own: 0 };
    this.#counted.set(tenant, counted);
    open.then(
      ({ all }) => measures?.open(all),
      () => this.#counted.delete(tenant),
    );
    return counted;
  }
}

export function overloaded(detail: string): Failure {
  return new Failure('OVERLOADED', detail, { retryAfterSeconds: RETRY_SECONDS });
}
