/** Has a worker judge one document and keeps what it says. May be repeated: a verdict stands once. */
import path from 'node:path';
import type { BlobReference } from '../core/blobs.ts';
import type { JobOutcome, WorkerPool } from '../platform/workers/worker-pool.ts';
import { findDocuments, settleDocument, type DocumentRow, type Settled } from './document-rows.ts';
import { REFUSED_KEPT_MS, RESULT_KEPT_MS } from './limits.ts';
import {
  ATTEMPTS_MAX,
  ContentGone,
  contentOf,
  holderOf,
  isPassing,
  ownerOf,
  placeOf,
  withSecondTry,
  type DocumentDependencies,
  type Work,
} from './service-parts.ts';
import { UPLOADED_FILE, type Judgement } from './task.ts';
import { bytesOf, writeContent } from './work-files.ts';

interface Found {
  readonly judgement: Judgement;
  readonly content: BlobReference | null;
}

/** Disarmed files are larger than what they were made of by little: streams keep their bytes. */
export const MADE_BYTES_MAX = 256 * 1024 * 1024;

/** Errors: those after which a repetition may help. */
export async function giveVerdict(
  deps: DocumentDependencies,
  workers: WorkerPool,
  { work, attempt }: { readonly work: Work; readonly attempt: number },
): Promise<void> {
  const place = placeOf(deps, work);
  const row = (await findDocuments(deps.database, place, [work.id])).get(work.id);
  if (row === undefined || row.status !== 'judging') return;
  const startedAt = performance.now();
  const found = await look(deps, workers, { row, tenant: work.tenant, attempt });
  const nowMs = deps.clock.nowMs();
  const isSettled = await settleDocument(deps.database, place, settledBy(found, row, nowMs));
  if (isSettled) deps.measures?.judged(found.judgement.verdict, performance.now() - startedAt);
  const { content } = found;
  if (content === null) return;
  // What is not served is not kept: the upload with what acts, or the disarmed file of a document that is gone.
  const key = isSettled ? row.contentKey : content.key;
  if (key !== null && (key !== content.key || !isSettled))
    await deps.blobs.release(work.tenant, { key, holder: holderOf(work.id) });
}

interface Looked {
  readonly row: DocumentRow;
  readonly tenant: string;
  readonly attempt: number;
}

async function look(
  deps: DocumentDependencies,
  workers: WorkerPool,
  { row, tenant, attempt }: Looked,
): Promise<Found> {
  try {
    return foundBy(await withSecondTry(() => runJudge(deps, workers, { row, tenant })));
  } catch (error) {
    if (error instanceof ContentGone) return refused('CONTENT_GONE', 'The bytes of it are gone.');
    if (isPassing(error) && attempt < ATTEMPTS_MAX) throw error;
    deps.logger.warn('a document could not be judged', { attempt, error });
    return refused('NOT_JUDGED', 'It could not be judged; upload it again.');
  }
}

function runJudge(
  deps: DocumentDependencies,
  workers: WorkerPool,
  { row, tenant }: Omit<Looked, 'attempt'>,
): Promise<JobOutcome<Found>> {
  return workers.run<Found>({
    task: { kind: 'judge' },
    async prepare(folder) {
      const content = await contentOf(deps, tenant, row.contentKey);
      await writeContent(path.join(folder, UPLOADED_FILE), content);
    },
    async collect(result, folder) {
      // safe because our own worker answers with this shape
      const judgement = result as Judgement;
      const file = 'file' in judgement ? judgement.file : null;
      if (file === null) return { judgement, content: null };
      const content = await deps.blobs.put({
        tenant,
        owner: ownerOf(row.person),
        holder: holderOf(row.id),
        content: bytesOf(path.join(folder, path.basename(file))),
        bytesMax: MADE_BYTES_MAX,
      });
      return { judgement, content };
    },
  });
}

function foundBy(outcome: JobOutcome<Found>): Found {
  switch (outcome.kind) {
    case 'done':
      return outcome.result;
    case 'refused':
      return refused(outcome.code, outcome.detail);
    case 'capped':
      return refused('TOO_COMPLEX', cappedDetail(outcome.cap));
    case 'failed':
      return refused('TOO_COMPLEX', WORKER_BROKEN);
  }
}

/** Exact words, because `npm run corpus` tells by them what a file did to its worker. */
export const WORKER_BROKEN = 'The file broke the process that judged it.';
export function cappedDetail(cap: 'time' | 'cpu' | 'memory'): string {
  return `Judging it took more ${cap} than it may.`;
}

function refused(code: string, detail: string): Found {
  return { judgement: { verdict: 'refused', reasons: [{ code, detail }] }, content: null };
}

function settledBy({ judgement, content }: Found, row: DocumentRow, nowMs: number): Settled {
  const { verdict } = judgement;
  const isOpen = 'info' in judgement;
  const untilMs = verdict === 'refused' ? nowMs + REFUSED_KEPT_MS : null;
  return {
    verdict,
    reasons: 'reasons' in judgement ? judgement.reasons : [],
    removed: isOpen ? judgement.removed : [],
    info: isOpen ? { version: judgement.info.version, pages: judgement.info.pages } : null,
    content,
    contentUntilMs: row.isResult ? nowMs + RESULT_KEPT_MS : untilMs,
  };
}
