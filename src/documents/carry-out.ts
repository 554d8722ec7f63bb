/**
 * Has a worker carry out one operation and keeps what it makes. May be repeated after a crash: the results of the try
 * that ended the job count, those of others are swept.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BlobReference } from '../core/blobs.ts';
import { Failure } from '../core/errors.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import type { JobOutcome, WorkerPool } from '../platform/workers/worker-pool.ts';
import { findDocuments, insertDocument, type DocumentRow, type Place } from './document-rows.ts';
import { MADE_BYTES_MAX } from './give-verdict.ts';
import { beginJob, endJob, noteProgress, type JobRow } from './job-rows.ts';
import { RESULT_KEPT_MS } from './limits.ts';
import type { Requested } from './operations.ts';
import { openRequest } from './sealed-options.ts';
import {
  ATTEMPTS_MAX,
  ContentGone,
  contentOf,
  derivedKey,
  holderOf,
  isPassing,
  logoOf,
  ownerOf,
  placeOf,
  printableOf,
  withSecondTry,
  type DocumentDependencies,
  type Work,
} from './service-parts.ts';
import { inputFile, LOGO_FILE, type MadeFile, type Task } from './task.ts';
import { bytesOf, writeContent } from './work-files.ts';

/** How soon a cancelled job stops in another process, and how fresh its progress is. */
const WATCH_MS = 500;

interface Kept extends MadeFile {
  readonly id: string;
  readonly blob: BlobReference;
  readonly person: string | null;
}

interface Running {
  readonly deps: DocumentDependencies;
  readonly workers: WorkerPool;
  readonly place: Place;
  readonly abort: AbortController;
}

/** Errors: those after which a repetition may help. `abort` ends the job when it is cancelled in this process. */
export async function carryOut(
  running: Omit<Running, 'place'>,
  { work, attempt }: { readonly work: Work; readonly attempt: number },
): Promise<void> {
  const { deps, abort } = running;
  const place = placeOf(deps, work);
  const job = await beginJob(deps.database, place);
  if (job === null) return;
  let share = 0;
  const watching = setInterval(() => {
    noteProgress(deps.database, place, share).then(
      (isRunning) => isRunning || abort.abort(),
      () => undefined,
    );
  }, WATCH_MS);
  const startedAt = performance.now();
  let outcome: Outcome = 'failed';
  try {
    outcome = await settle({ ...running, place }, job, (now) => {
      share = now;
    });
  } catch (error) {
    if (abort.signal.aborted) {
      outcome = 'cancelled';
      return;
    }
    if (isPassing(error) && !(error instanceof ContentGone) && attempt < ATTEMPTS_MAX) throw error;
    deps.logger.warn('an operation on a document failed', { attempt, error });
    await fail({ ...running, place }, codeOf(error));
  } finally {
    clearInterval(watching);
    deps.measures?.operated(outcome, performance.now() - startedAt);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ContentGone) return 'CONTENT_GONE';
  return error instanceof Failure ? error.code : 'INTERNAL';
}

async function fail({ deps, place }: Running, code: string): Promise<void> {
  const endedAtMs = deps.clock.nowMs();
  await endJob(deps.database, place, { status: 'failed', code, results: [], endedAtMs });
}

type Outcome = 'done' | 'failed' | 'cancelled';

async function settle(
  running: Running,
  job: JobRow,
  progress: (share: number) => void,
): Promise<Outcome> {
  const { deps, place } = running;
  if (job.options === null) return 'cancelled';
  const known = await findDocuments(deps.database, place, job.inputs);
  const inputs = job.inputs.flatMap((id) => known.get(id) ?? []);
  if (inputs.length !== job.inputs.length) throw new ContentGone('an input was removed');
  const request = openRequest(derivedKey(deps.secret, 'options'), job.id, job.options);
  const given = await taskOf(running, request, inputs);
  const outcome = await withSecondTry(() => run(running, { ...given, inputs, progress }));
  if (outcome.kind === 'done') return outcome.result;
  await fail(running, outcome.kind === 'refused' ? outcome.code : 'TOO_COMPLEX');
  return 'failed';
}

/** The task, and the person whose key its results are kept under. Inputs of two persons are refused at the border. */
async function taskOf(
  { deps, place }: Running,
  request: Requested,
  inputs: readonly DocumentRow[],
): Promise<Pick<Started, 'task' | 'person' | 'logo'>> {
  if (request.operation === 'print') {
    const found = await printableOf(deps, place.tenant, request.options);
    if (found === null) throw new ContentGone('what was to be printed is gone');
    const logo = await logoOf(deps, place.tenant);
    const task: Task = { kind: 'print', paper: found.paper, logo: logo?.name ?? null };
    return { task, person: found.personId, logo: logo?.bytes ?? null };
  }
  const infos = inputs.map(({ info }) => ({ info: info === null ? null : { ...info, about: {} } }));
  const person = inputs.find((input) => input.person !== null)?.person ?? null;
  return { task: { kind: 'operate', request, inputs: infos }, person, logo: null };
}

interface Started {
  readonly task: Task;
  readonly person: string | null;
  /** Bytes of the logo of what is printed. */
  readonly logo: Uint8Array | null;
  readonly inputs: readonly DocumentRow[];
  readonly progress: (share: number) => void;
}

function run(
  running: Running,
  { task, inputs, person, logo, progress }: Started,
): Promise<JobOutcome<'done' | 'cancelled'>> {
  const { deps, workers, place, abort } = running;
  return workers.run<'done' | 'cancelled'>({
    task,
    signal: abort.signal,
    progress,
    async prepare(folder) {
      if (logo !== null) await writeFile(path.join(folder, LOGO_FILE), logo, { mode: 0o600 });
      for (const [index, { contentKey }] of inputs.entries()) {
        const content = await contentOf(deps, place.tenant, contentKey);
        await writeContent(path.join(folder, inputFile(index)), content);
      }
    },
    // safe because our own worker answers with this shape
    collect: (result, folder) => keep(running, result as readonly MadeFile[], { folder, person }),
  });
}

/** The job ends in the transaction that keeps the last of its results, so there is no end without them. */
async function keep(
  running: Running,
  made: readonly MadeFile[],
  { folder, person }: { readonly folder: string; readonly person: string | null },
): Promise<'done' | 'cancelled'> {
  const { deps, place } = running;
  const { tenant } = place;
  const kept: Kept[] = [];
  let isKept = false;
  for (const [index, each] of made.entries()) {
    const id = deps.newId();
    const blob = await deps.blobs.put({
      tenant,
      owner: ownerOf(person),
      holder: holderOf(id),
      content: bytesOf(path.join(folder, path.basename(each.file))),
      bytesMax: MADE_BYTES_MAX,
      async also(tx, reference) {
        if (index < made.length - 1) return;
        isKept = await end(running, tx, [...kept, { ...each, id, blob: reference, person }]);
      },
    });
    kept.push({ ...each, id, blob, person });
  }
  if (isKept) return 'done';
  for (const { id, blob } of kept)
    await deps.blobs.release(tenant, { key: blob.key, holder: holderOf(id) });
  return 'cancelled';
}

/** False when the job had ended before. */
async function end(
  { deps, place }: Running,
  tx: Queryable,
  kept: readonly Kept[],
): Promise<boolean> {
  const nowMs = deps.clock.nowMs();
  const { tenant, bucket } = place;
  const results = kept.map(({ id }) => id);
  const ended = { status: 'done', code: null, results, endedAtMs: nowMs } as const;
  if (!(await endJob(tx, place, ended))) return false;
  for (const { id, blob, info, type, verdict, removed, person } of kept)
    await insertDocument(
      tx,
      { bucket, tenant, id },
      {
        person,
        status: 'judged',
        verdict,
        removed,
        mediaType: type,
        info: info === null ? null : { version: info.version, pages: info.pages },
        bytes: blob.bytes,
        sha256: blob.sha256,
        contentKey: blob.key,
        contentUntilMs: nowMs + RESULT_KEPT_MS,
        madeBy: place.id,
        createdAtMs: nowMs,
      },
    );
  return true;
}
