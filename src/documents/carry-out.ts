/**
 * Has a worker carry out one operation and keeps what it makes. May be repeated after a crash: the results of the try
 * that ended the job count, those of others are swept.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BlobReference } from '../core/blobs.ts';
import { Failure } from '../core/errors.ts';
import type { JobOutcome, WorkerPool } from '../platform/workers/worker-pool.ts';
import { findDocuments, insertDocument, type DocumentRow, type Place } from './document-rows.ts';
import { bytesOf, MADE_BYTES_MAX } from './give-verdict.ts';
import { beginJob, endJob, findJob, noteProgress } from './job-rows.ts';
import { RESULT_KEPT_MS } from './limits.ts';
import { openRequest } from './sealed-options.ts';
import {
  ATTEMPTS_MAX,
  ContentGone,
  contentOf,
  derivedKey,
  holderOf,
  isPassing,
  ownerOf,
  placeOf,
  withSecondTry,
  type DocumentDependencies,
  type Work,
} from './service-parts.ts';
import { inputFile, type MadeFile, type Task } from './task.ts';

/** How soon a cancelled job stops in another process, and how fresh its progress is. */
const WATCH_MS = 500;

interface Kept extends MadeFile {
  readonly id: string;
  readonly blob: BlobReference;
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
  if (!(await beginJob(deps.database, place))) return;
  let share = 0;
  const watching = setInterval(() => {
    noteProgress(deps.database, place, share).then(
      (isRunning) => isRunning || abort.abort(),
      () => undefined,
    );
  }, WATCH_MS);
  try {
    await settle({ ...running, place }, (now) => {
      share = now;
    });
  } catch (error) {
    if (abort.signal.aborted) return;
    if (isPassing(error) && !(error instanceof ContentGone) && attempt < ATTEMPTS_MAX) throw error;
    deps.logger.warn('an operation on a document failed', { attempt, error });
    await fail({ ...running, place }, codeOf(error));
  } finally {
    clearInterval(watching);
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

async function settle(running: Running, progress: (share: number) => void): Promise<void> {
  const { deps, place } = running;
  const job = await findJob(deps.database, place);
  if (job === null || job.options === null) return;
  const known = await findDocuments(deps.database, place, job.inputs);
  const inputs = job.inputs.flatMap((id) => known.get(id) ?? []);
  if (inputs.length !== job.inputs.length) throw new ContentGone('an input was removed');
  const request = openRequest(derivedKey(deps.secret, 'options'), job.id, job.options);
  const task: Task = {
    kind: 'operate',
    request,
    inputs: inputs.map(({ info }) => ({ info: info === null ? null : { ...info, about: {} } })),
  };
  const outcome = await withSecondTry(() => run(running, { task, inputs, progress }));
  if (outcome.kind === 'done') await keep(running, inputs, outcome.result);
  else await fail(running, outcome.kind === 'refused' ? outcome.code : 'TOO_COMPLEX');
}

interface Started {
  readonly task: Task;
  readonly inputs: readonly DocumentRow[];
  readonly progress: (share: number) => void;
}

function run(
  { deps, workers, place, abort }: Running,
  { task, inputs, progress }: Started,
): Promise<JobOutcome<readonly Kept[]>> {
  const { tenant } = place;
  return workers.run<readonly Kept[]>({
    task,
    signal: abort.signal,
    progress,
    async prepare(folder) {
      for (const [index, { contentKey }] of inputs.entries()) {
        const content = await contentOf(deps, tenant, contentKey);
        await writeFile(path.join(folder, inputFile(index)), content, { mode: 0o600 });
      }
    },
    async collect(result, folder) {
      const kept: Kept[] = [];
      // safe because our own worker answers with this shape
      for (const made of result as readonly MadeFile[]) {
        const id = deps.newId();
        const blob = await deps.blobs.put({
          tenant,
          owner: ownerOf(personOf(inputs)),
          holder: holderOf(id),
          content: bytesOf(path.join(folder, path.basename(made.file))),
          bytesMax: MADE_BYTES_MAX,
        });
        kept.push({ ...made, id, blob });
      }
      return kept;
    },
  });
}

/** Inputs of two persons are refused at the border. */
function personOf(inputs: readonly DocumentRow[]): string | null {
  return inputs.find(({ person }) => person !== null)?.person ?? null;
}

async function keep(
  { deps, place }: Running,
  inputs: readonly DocumentRow[],
  kept: readonly Kept[],
): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const { tenant, bucket } = place;
  const isKept = await deps.database.transaction(async (tx) => {
    const results = kept.map(({ id }) => id);
    const end = { status: 'done', code: null, results, endedAtMs: nowMs } as const;
    if (!(await endJob(tx, place, end))) return false;
    for (const { id, blob, info, type, verdict, removed } of kept)
      await insertDocument(
        tx,
        { bucket, tenant, id },
        {
          person: personOf(inputs),
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
  });
  if (isKept) return;
  for (const { id, blob } of kept)
    await deps.blobs.release(tenant, { key: blob.key, holder: holderOf(id) });
}
