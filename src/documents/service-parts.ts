/** What the parts of the PDF service share. */
import { createHmac } from 'node:crypto';
import type { BlobOwner, BlobReference, Blobs, PutBlob } from '../core/blobs.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { TextSealer } from '../core/personal-data.ts';
import type { PaperLogo, Printable, PaperSource } from '../core/paper.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Database, Queryable } from '../platform/postgres/database.ts';
import type { JobOutcome, WorkerPool } from '../platform/workers/worker-pool.ts';
import type { DocumentMetrics } from './document-metrics.ts';
import type { DocumentRow, Place } from './document-rows.ts';
import type { PrintRequest } from './operations.ts';
import { openName, type NameKeys } from './sealed-name.ts';

/** Blobs that take what goes with a blob into its own transaction: a round trip and a flush to disk less for each. */
export interface DocumentBlobs extends Omit<Blobs, 'put'> {
  put(
    blob: PutBlob & { also?(tx: Queryable, made: BlobReference): Promise<void> },
  ): Promise<BlobReference>;
}

export interface DocumentDependencies {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
  readonly blobs: DocumentBlobs;
  /** Seals the names of persons' files. */
  readonly personal: Pick<TextSealer, 'sealTexts' | 'revealText'>;
  readonly jobs: Pick<Jobs, 'enqueue' | 'cancel' | 'work'>;
  /** Null in a process that leaves the work to others. */
  readonly pool: { readonly workers: WorkerPool; readonly size: number } | null;
  /** What can be printed; nothing by default. */
  readonly papers?: readonly PaperSource[];
  /** Of a tenant; none by default. A paper is printed without it where it cannot be had. */
  readonly logoOf?: (tenant: string) => Promise<PaperLogo | null>;
  /** 32 bytes from which the keys of links and of options at rest derive. */
  readonly secret: Uint8Array;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly logger: Logger;
  /** What one tenant may store; TENANT_BYTES_MAX by default. */
  readonly tenantBytesMax?: number;
  /** Measures nothing by default. */
  readonly measures?: DocumentMetrics;
}

/** Every paper carries it; the gallery gives none that takes more than half of this. */
const LOGO_BYTES_MAX = 512 * 1024;

export const QUEUE = 'documents.work';

/** Payload of a job of the queue; `document` waits for its verdict, `job` is an operation. */
export interface Work {
  readonly kind: 'document' | 'job';
  readonly tenant: string;
  readonly id: string;
}

/** Null when there is no such thing. Errors: UNAVAILABLE. */
export async function printableOf(
  { papers = [] }: Pick<DocumentDependencies, 'papers'>,
  tenant: string,
  { kind, id, language }: PrintRequest['options'],
): Promise<Printable | null> {
  const source = papers.find((each) => each.kind === kind);
  return source === undefined ? null : source.read({ tenant, id, language });
}

/** Attempts at work that the outside world keeps from being done: about a minute. */
export const ATTEMPTS_MAX = 6;

export function placeOf(
  deps: Pick<DocumentDependencies, 'bucketOf'>,
  work: Omit<Work, 'kind'>,
): Place {
  return { bucket: deps.bucketOf(work.tenant), tenant: work.tenant, id: work.id };
}

/** Who holds the blob of a document. */
export const HOLDER_PREFIX = 'documents/';
export function holderOf(id: string): string {
  return `${HOLDER_PREFIX}${id}`;
}

export function ownerOf(personId: string | null): BlobOwner {
  return personId === null ? { kind: 'tenant' } : { kind: 'person', personId };
}

export function derivedKey(
  secret: Uint8Array,
  use: 'links' | 'options' | 'requests' | 'names',
): Buffer {
  return createHmac('sha256', secret).update(`documents.${use}`).digest();
}

export function nameKeysOf({
  personal,
  secret,
}: Pick<DocumentDependencies, 'personal' | 'secret'>): NameKeys {
  return { personal, key: derivedKey(secret, 'names') };
}

/** In clear; null where there is none, or not any more. Errors: UNAVAILABLE. */
export async function nameOf(
  deps: Pick<DocumentDependencies, 'personal' | 'secret'>,
  tenant: string,
  { id, person, name }: Pick<DocumentRow, 'id' | 'person' | 'name'>,
): Promise<string | null> {
  return name === null ? null : openName(nameKeysOf(deps), { tenant, id, person }, name);
}

/** What is asked, so that a repeat is known and nothing of it can be read. */
export function requestHash(
  { secret }: Pick<DocumentDependencies, 'secret'>,
  asked: readonly unknown[],
): Buffer {
  return createHmac('sha256', derivedKey(secret, 'requests'))
    .update(JSON.stringify(asked))
    .digest();
}

/** The bytes of a document are not there any more: it was removed, or its person was erased. */
export class ContentGone extends Error {
  override readonly name = 'ContentGone';
}

/** Errors: ContentGone, UNAVAILABLE. */
export async function contentOf(
  { blobs }: Pick<DocumentDependencies, 'blobs'>,
  tenant: string,
  key: string | null,
): Promise<AsyncIterable<Uint8Array>> {
  const content = key === null ? null : await blobs.open(tenant, key);
  if (content === null) throw new ContentGone('the bytes of the document are gone');
  return content;
}

/**
 * The logo of the tenant with its bytes; null where there is none. What fails here is told to the log and to nobody else:
 * a paper is worth more than its picture.
 */
export async function logoOf(
  deps: Pick<DocumentDependencies, 'blobs' | 'logger' | 'logoOf'>,
  tenant: string,
): Promise<{ readonly name: string; readonly bytes: Buffer } | null> {
  try {
    const logo = (await deps.logoOf?.(tenant)) ?? null;
    const content = logo === null ? null : await deps.blobs.open(tenant, logo.key);
    if (logo === null || content === null) return null;
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of content) {
      length += piece.length;
      if (length > LOGO_BYTES_MAX) throw new Error('the logo is larger than a logo may be');
      pieces.push(piece);
    }
    return { name: logo.name, bytes: Buffer.concat(pieces) };
  } catch (error) {
    deps.logger.warn('a paper is printed without its logo', { error });
    return null;
  }
}

/** What a child says of a write that had no room: the file is not to blame. */
const DISK_FULL = /ENOSPC|EDQUOT/;

/** A child may have been killed from outside: what dies twice dies of its file. Errors: STORAGE_FULL. */
export async function withSecondTry<Result>(
  run: () => Promise<JobOutcome<Result>>,
): Promise<JobOutcome<Result>> {
  const first = await run();
  const settled = first.kind === 'failed' ? await run() : first;
  if (settled.kind === 'failed' && DISK_FULL.test(settled.detail))
    throw new Failure('STORAGE_FULL', 'No space is left for the work on documents.');
  return settled;
}

/** Whether a repetition may help. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof Failure) || error.retryable;
}
