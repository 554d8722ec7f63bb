/** The PDF service, put together. */
import { cursorInvalid } from '../core/cursor.ts';
import { Failure } from '../core/errors.ts';
import type { FieldCode } from '../core/field-faults.ts';
import { carryOut } from './carry-out.ts';
import {
  deleteDocument,
  deleteOfPerson,
  findDocuments,
  listDocuments,
  viewOf,
  type DocumentRow,
} from './document-rows.ts';
import type { Accepted, JobView, Page, RunningDocuments, Served } from './documents.ts';
import { giveVerdict } from './give-verdict.ts';
import { endJob, findJob, insertJob, jobViewOf, listJobs } from './job-rows.ts';
import { LINK_SECONDS_MAX } from './limits.ts';
import { openLink, sealLink } from './links.ts';
import { inputsOf, type Request, type Requested } from './operations.ts';
import { Intake } from './receive-upload.ts';
import { claimRequest, type RequestKey } from './request-rows.ts';
import { Room } from './room.ts';
import { sealRequest } from './sealed-options.ts';
import {
  ATTEMPTS_MAX,
  derivedKey,
  holderOf,
  nameOf,
  placeOf,
  printableOf,
  QUEUE,
  requestHash,
  type DocumentDependencies,
  type Work,
} from './service-parts.ts';
import { sweepExpired, sweepOrphans } from './sweep.ts';
import type { ResultType } from './task.ts';

/** Results are asked for by the minute. */
const SWEEP_EVERY_MS = 60_000;
const ORPHANS_EVERY_MS = 24 * 3600_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const SUFFIX: Readonly<Record<ResultType, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'text/plain': 'txt',
  'application/json': 'json',
};

interface Submitted {
  readonly request: Requested;
  readonly inputs: readonly string[];
  readonly asked: RequestKey | null;
}

export function createDocuments(deps: DocumentDependencies): RunningDocuments {
  return new DocumentService(deps);
}

/** A class because it owns timers and what is under way. */
class DocumentService implements RunningDocuments {
  readonly #deps: DocumentDependencies;
  readonly #intake: Intake;
  readonly #room: Room;
  readonly #running = new Map<string, AbortController>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly receive: RunningDocuments['receive'];

  constructor(deps: DocumentDependencies) {
    this.#deps = deps;
    this.#room = new Room(deps);
    this.#intake = new Intake(deps, this.#room);
    this.receive = (upload) => this.#intake.receive(upload);
  }

  async find(tenant: string, id: string) {
    const row = await this.#rowOf(tenant, id);
    if (row === undefined) return null;
    return viewOf(row, await nameOf(this.#deps, tenant, row));
  }

  async list(tenant: string, page: Page) {
    const { database, bucketOf } = this.#deps;
    const place = { bucket: bucketOf(tenant), tenant };
    const rows = await listDocuments(database, place, oneMore(page));
    const shown = rows.slice(0, page.limit);
    const items = await Promise.all(
      shown.map(async (row) => viewOf(row, await nameOf(this.#deps, tenant, row))),
    );
    return { items, next: items.at(-1)?.id ?? page.after, more: rows.length > page.limit };
  }

  async remove(tenant: string, id: string): Promise<boolean> {
    if (!UUID.test(id)) return false;
    const { database, blobs, jobs } = this.#deps;
    const gone = await database.transaction(async (tx) => {
      await jobs.cancel(tx, { queue: QUEUE, key: id });
      return deleteDocument(tx, placeOf(this.#deps, { tenant, id }));
    });
    if (gone === null) return false;
    if (gone.contentKey !== null)
      await blobs.release(tenant, { key: gone.contentKey, holder: holderOf(id) });
    return true;
  }

  async submit(
    tenant: string,
    { request, inputs, asked }: Submitted & { readonly request: Request },
  ): Promise<Accepted> {
    await this.#room.take(tenant);
    await this.#requireInputs(tenant, request, inputs);
    return this.#enqueue(tenant, { request, inputs, asked });
  }

  async print(
    tenant: string,
    given: Parameters<RunningDocuments['print']>[1],
  ): Promise<Accepted | null> {
    await this.#room.take(tenant);
    const { locations, asked, ...options } = given;
    const found = await printableOf(this.#deps, tenant, options);
    if (found === null || locations?.includes(found.locationId) === false) return null;
    return this.#enqueue(tenant, { request: { operation: 'print', options }, inputs: [], asked });
  }

  async #enqueue(tenant: string, { request, inputs, asked }: Submitted): Promise<Accepted> {
    const { database, jobs, clock, newId, secret } = this.#deps;
    const work: Work = { kind: 'job', tenant, id: newId() };
    const options = sealRequest(derivedKey(secret, 'options'), work.id, request);
    const place = placeOf(this.#deps, work);
    const hash = requestHash(this.#deps, [request, inputs]);
    const earlier = await database.transaction(async (tx) => {
      const { operation } = request;
      const atMs = clock.nowMs();
      const first = asked === null ? null : await claimRequest(tx, place, { asked, hash, atMs });
      if (first !== null) return first;
      await insertJob(tx, place, { operation, inputs, options, createdAtMs: atMs });
      await jobs.enqueue(tx, { queue: QUEUE, key: work.id, isFirst: true, payload: work });
      return null;
    });
    return { id: earlier ?? work.id, replayed: earlier !== null };
  }

  async job(tenant: string, id: string): Promise<JobView | null> {
    if (!UUID.test(id)) return null;
    const row = await findJob(this.#deps.database, placeOf(this.#deps, { tenant, id }));
    return row === null ? null : jobViewOf(row);
  }

  async jobs(tenant: string, page: Page) {
    const { database, bucketOf } = this.#deps;
    const rows = await listJobs(database, { bucket: bucketOf(tenant), tenant }, oneMore(page));
    const items = rows.slice(0, page.limit).map(jobViewOf);
    return { items, next: items.at(-1)?.id ?? page.after, more: rows.length > page.limit };
  }

  async cancel(tenant: string, id: string): Promise<JobView | null> {
    if (!UUID.test(id)) return null;
    const { database, jobs, clock } = this.#deps;
    const endedAtMs = clock.nowMs();
    const isCancelled = await database.transaction(async (tx) => {
      await jobs.cancel(tx, { queue: QUEUE, key: id });
      const end = { status: 'cancelled', code: null, results: [], endedAtMs } as const;
      return endJob(tx, placeOf(this.#deps, { tenant, id }), end);
    });
    if (isCancelled) this.#running.get(id)?.abort();
    return this.job(tenant, id);
  }

  async link(tenant: string, id: string, seconds: number) {
    const row = await this.#rowOf(tenant, id);
    if (row === undefined || !isServed(row)) return null;
    const kept = Math.min(seconds, LINK_SECONDS_MAX) * 1000;
    const expiresAtMs = Math.trunc(this.#deps.clock.nowMs()) + kept;
    const key = derivedKey(this.#deps.secret, 'links');
    const token = sealLink(key, { tenant, documentId: id, expiresAtMs });
    return { token, expiresAt: new Date(expiresAtMs).toISOString() };
  }

  async open(token: string): Promise<Served | null> {
    const { secret, clock, blobs } = this.#deps;
    const claim = openLink(derivedKey(secret, 'links'), token, clock.nowMs());
    if (claim === null) return null;
    const row = await this.#rowOf(claim.tenant, claim.documentId);
    if (row === undefined || row.contentKey === null || !isServed(row)) return null;
    const content = await blobs.open(claim.tenant, row.contentKey);
    if (content === null) return null;
    const { bytes, mediaType } = row;
    const fileName = `document-${row.id}.${SUFFIX[mediaType]}`;
    const givenName = await nameOf(this.#deps, claim.tenant, row);
    return { content, bytes, mediaType, fileName, givenName };
  }

  /** The blobs forget by themselves; here go the rows that name the person. */
  async forget({ tenant, personId }: { readonly tenant: string; readonly personId: string }) {
    const { database, bucketOf } = this.#deps;
    const gone = await deleteOfPerson(database, { bucket: bucketOf(tenant), tenant }, personId);
    return gone > 0 ? ['documents'] : [];
  }

  work(): void {
    const { jobs, pool } = this.#deps;
    if (pool === null) return;
    // Twice as many as there are workers, so that one waits for each; taken by so many that the queue is asked seldom.
    const options = {
      concurrency: pool.size * 2,
      claimAtLeast: pool.size,
      attemptsMax: ATTEMPTS_MAX,
    };
    jobs.work(
      QUEUE,
      async ({ payload, attempt }) => {
        // safe because only this service enqueues there
        const work = payload as Work;
        if (work.kind === 'document')
          await giveVerdict(this.#deps, pool.workers, { work, attempt });
        else await this.#carryOut(work, attempt);
      },
      options,
    );
  }

  start(): void {
    this.#every(SWEEP_EVERY_MS, () => sweepExpired(this.#deps));
    this.#every(ORPHANS_EVERY_MS, () => sweepOrphans(this.#deps));
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#deps.pool?.workers.stop();
  }

  async sweep(): Promise<void> {
    await sweepExpired(this.#deps);
    await sweepOrphans(this.#deps);
  }

  async #carryOut(work: Work, attempt: number): Promise<void> {
    const { pool } = this.#deps;
    if (pool === null) return;
    const abort = new AbortController();
    this.#running.set(work.id, abort);
    try {
      await carryOut({ deps: this.#deps, workers: pool.workers, abort }, { work, attempt });
    } finally {
      this.#running.delete(work.id);
    }
  }

  async #rowOf(tenant: string, id: string): Promise<DocumentRow | undefined> {
    if (!UUID.test(id)) return undefined;
    const { database, bucketOf, clock } = this.#deps;
    const place = { bucket: bucketOf(tenant), tenant };
    const row = (await findDocuments(database, place, [id])).get(id);
    const untilMs = row?.contentUntilMs ?? null;
    // The sweep comes a little later than the time that was promised.
    const isOver = row?.isResult === true && untilMs !== null && untilMs <= clock.nowMs();
    return isOver ? undefined : row;
  }

  async #requireInputs(
    tenant: string,
    { operation }: Request,
    inputs: readonly string[],
  ): Promise<void> {
    const { least, most } = inputsOf(operation);
    if (inputs.length < least || inputs.length > most)
      throw unusable(
        `${operation} takes ${least === most ? least : `${least} to ${most}`} documents.`,
        'DOCUMENTS_COUNT',
      );
    const rows = await Promise.all(inputs.map((id) => this.#rowOf(tenant, id)));
    for (const row of rows) {
      if (row === undefined || row.contentKey === null)
        throw new Failure('NOT_FOUND', 'There is no document with this id.');
      if (operation === 'unlock' ? row.verdict !== 'locked' : !isReadable(row))
        throw unusable(
          `A document that is ${row.verdict ?? 'being judged'} cannot be used for ${operation}.`,
          'DOCUMENT_STATE',
        );
    }
    const persons = new Set(rows.flatMap((row) => row?.person ?? []));
    if (persons.size > 1)
      throw unusable('Documents of different persons stay apart.', 'DOCUMENTS_APART');
  }

  #every(ms: number, task: () => Promise<void>): void {
    const run = (): void => {
      task().catch((error: unknown) => {
        this.#deps.logger.warn('documents could not be swept', { error });
      });
    };
    this.#timers.push(setInterval(run, ms).unref());
  }
}

/** One row beyond the page says whether there are more. Errors: CURSOR_INVALID. */
function oneMore({ after, limit }: Page): Page {
  if (after !== null && !UUID.test(after)) throw cursorInvalid();
  return { after, limit: limit + 1 };
}

function isReadable({ verdict, mediaType, info }: DocumentRow): boolean {
  const isOpen = verdict === 'clean' || verdict === 'disarmed';
  return isOpen && mediaType === 'application/pdf' && info !== null;
}

/** What was refused is never served, and what is locked only where we locked it ourselves. */
function isServed({ verdict, isResult, contentKey }: DocumentRow): boolean {
  if (contentKey === null) return false;
  return verdict === 'clean' || verdict === 'disarmed' || (verdict === 'locked' && isResult);
}

function unusable(detail: string, code: FieldCode): Failure {
  return new Failure('INPUT_INVALID', detail, {
    errors: [{ at: '/inputs', message: detail, code }],
  });
}
