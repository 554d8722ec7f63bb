/** The PDF service as in a server, over a real database, real jobs, real files and real workers: for tests. */
import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LOOKUP_TIMEOUT_MS, testDatabase } from '../../test/support/database.ts';
import { until } from '../../test/support/until.ts';
import { ensureAdminKey } from '../access/admin-key.ts';
import { logoSource } from '../app-logo.ts';
import { createAuthenticator } from '../access/authenticator.ts';
import { databaseKeyLookup } from '../access/key-lookup.ts';
import { knownScopes } from '../access/scopes.ts';
import { createBlobs } from '../blobs/blobs.ts';
import type { Blobs } from '../core/blobs.ts';
import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics, type MetricRegistry } from '../core/metrics.ts';
import { modulesFixture, type ModulesFixture } from '../http/modules.fixture.ts';
import { createHttpServer } from '../http/server.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { MODULES } from '../modules/index.ts';
import { paperSources } from '../modules/invoices/index.ts';
import { MODULE_ROUTES } from '../modules/routes.ts';
import { createMasterKeys } from '../personal-data/master-key.ts';
import { createPersonalData, type PersonalDataService } from '../personal-data/personal-data.ts';
import { openFileBlobStore } from '../platform/blobs/file-blob-store.ts';
import { createJobs } from '../platform/jobs/boss-jobs.ts';
import { createMemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import type { Database } from '../platform/postgres/database.ts';
import type { WorkerPool } from '../platform/workers/worker-pool.ts';
import { createDocumentMetrics } from './document-metrics.ts';
import { createDocuments } from './create-documents.ts';
import type { RunningDocuments } from './documents.ts';
import { openPdfPool, type PdfPoolOptions } from './pdf-pool.ts';
import { documentRoutes } from './routes.ts';

export const ADMIN_KEY = 'an admin key of a test, 24 characters and more';

export interface DocumentFixture {
  readonly url: string;
  readonly documents: RunningDocuments;
  readonly blobs: Blobs;
  readonly personal: PersonalDataService;
  readonly workers: WorkerPool;
  /** Null unless asked for. */
  readonly modules: ModulesFixture | null;
  readonly database: Database;
  readonly log: MemoryLog;
  /** Added to the time that the service sees. */
  readonly clock: { aheadMs: number };
  call(path: string, init?: CallOptions): Promise<Response>;
  json(path: string, init?: { method?: string; body?: unknown; key?: string }): Promise<Json>;
  upload(
    pdf: Uint8Array,
    query?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** The document once it has its verdict. */
  judged(id: string): Promise<Json['body']>;
  /** What an operation came to. */
  operated(operation: string, inputs: readonly string[], options?: object): Promise<Json['body']>;
  /** What a job came to. */
  ended(jobId: string): Promise<Json['body']>;
  /** The bytes behind a link. */
  fetched(id: string): Promise<Response>;
  tenant(id: string): Promise<string>;
  /** Files of jobs and drafts of uploads. */
  leftovers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly method?: string;
  readonly key?: string | null;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Json {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- safe because tests assert what they find in it
  readonly body: any;
}

export interface DocumentFixtureOptions {
  /** With the modules of the installation, so that there is something to print. */
  readonly modules?: boolean;
  /** Where the bytes lie; a folder of its own by default. */
  readonly blobFolder?: string;
  readonly size?: number;
  readonly tenantBytesMax?: number;
  readonly metrics?: MetricRegistry;
  /** Workers that do not do as they should. */
  readonly worker?: Pick<PdfPoolOptions, 'script' | 'taskMsMax'>;
}

export async function documentFixture(
  options: DocumentFixtureOptions = {},
): Promise<DocumentFixture> {
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-documents-'));
  const service = await openService(folder, options);
  const { documents, blobs, personal, workers, held, clock, log, jobs } = service;
  const { database } = held;
  await ensureAdminKey({ database, bucketOf: log.bucketOf, adminApiKey: ADMIN_KEY });
  const server = openServer(service);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const calls = callsOf(url);
  return {
    url,
    documents,
    blobs,
    personal,
    workers,
    modules: service.modules,
    log,
    database,
    clock,
    ...calls,
    tenant: async (id) =>
      (await calls.json('/v1/tenants', { method: 'POST', body: { id } })).body.apiKey,
    async leftovers() {
      const blobFolder = options.blobFolder ?? path.join(folder, 'blobs');
      const drafts = await readdir(path.join(blobFolder, 'drafts'));
      return [...drafts, ...(await readdir(path.join(folder, 'jobs')))];
    },
    async close() {
      await server.close();
      await jobs.stop();
      await documents.stop();
      await service.modules?.close();
      await personal.close();
      await log.close();
      await held.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Service = Awaited<ReturnType<typeof openService>>;

async function openService(folder: string, options: DocumentFixtureOptions) {
  const held = await testDatabase();
  const { database } = held;
  const log = createMemoryLog({ bucketCount: 4 });
  const { bucketOf } = log;
  const master = createMasterKeys('a-master-key-of-more-than-32-characters');
  const personal = await createPersonalData({ keys: createMemoryKeyStore(), master });
  const store = await openFileBlobStore(options.blobFolder ?? path.join(folder, 'blobs'));
  const secret = Buffer.alloc(32, 7);
  const blobs = createBlobs({ database, bucketOf, store, personal, secret });
  const jobs = createJobs({ databaseUrl: held.url });
  const { size = 1 } = options;
  const workers = await openPdfPool({
    folder: path.join(folder, 'jobs'),
    size,
    ...options.worker,
  });
  const modules =
    options.modules === true
      ? await modulesFixture(log, MODULES, { moduleRoutes: MODULE_ROUTES })
      : null;
  const clock = { aheadMs: 0 };
  const documents = createDocuments({
    database,
    bucketOf,
    blobs,
    personal,
    jobs,
    pool: { workers, size },
    papers: modules === null ? [] : paperSources(modules.pipeline),
    ...(modules === null ? {} : { logoOf: logoSource(modules.pipeline) }),
    secret,
    clock: { nowMs: () => systemClock.nowMs() + clock.aheadMs },
    newId: () => randomUUIDv7(),
    logger: silentLogger,
    measures: createDocumentMetrics(options.metrics ?? noMetrics, workers),
    ...(options.tenantBytesMax === undefined ? {} : { tenantBytesMax: options.tenantBytesMax }),
  });
  documents.work();
  await jobs.start();
  return { held, log, personal, blobs, jobs, workers, clock, documents, modules };
}

function openServer({ held: { database }, log, documents, modules }: Service) {
  return createHttpServer({
    log,
    database,
    clock: systemClock,
    logger: silentLogger,
    metrics: noMetrics,
    authenticator: createAuthenticator({
      lookup: databaseKeyLookup(database, knownScopes(modules === null ? ['documents'] : MODULES)),
      clock: systemClock,
      lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
    }),
    rawRoutes: [],
    moreRoutes: documentRoutes(documents),
    ...(modules === null ? {} : { modules }),
    health: async () => ({ status: 'ok', dependencies: {} }),
    metricsText: async () => ({ contentType: 'text/plain', text: '' }),
    live: { latest: () => undefined, history: () => [], onFigure: () => () => undefined },
    consoleFolder: null,
    trustedProxies: [],
    version: '0.0.0-test',
  });
}

function callsOf(url: string) {
  const call: DocumentFixture['call'] = (place, { key = ADMIN_KEY, headers, ...init } = {}) =>
    fetch(url + place, {
      ...init,
      headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
    });
  const json: DocumentFixture['json'] = async (place, { method = 'GET', body, key } = {}) => {
    const answer = await call(place, {
      method,
      ...(key === undefined ? {} : { key }),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
  const upload: DocumentFixture['upload'] = async (pdf, query = '', more = {}) => {
    const headers = { 'content-type': 'application/pdf', ...more };
    const body = new Uint8Array(pdf);
    const answer = await call(`/v1/documents${query}`, { method: 'POST', body, headers });
    if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
    const { id } = (await answer.json()) as { id: string };
    return id;
  };
  const judged: DocumentFixture['judged'] = (id) =>
    until('a verdict', async () => {
      const { body } = await json(`/v1/documents/${id}`);
      return body.status === 'judged' ? body : null;
    });
  const ended: DocumentFixture['ended'] = (id) =>
    until('the end of the job', async () => {
      const job = (await json(`/v1/documents/jobs/${id}`)).body;
      return ['waiting', 'running'].includes(job.status) ? null : job;
    });
  const operated: DocumentFixture['operated'] = async (operation, inputs, options = {}) => {
    const body = { operation, inputs, options };
    const accepted = await json('/v1/documents/jobs', { method: 'POST', body });
    if (accepted.status !== 202) throw new Error(JSON.stringify(accepted));
    return ended(accepted.body.id);
  };
  const fetched: DocumentFixture['fetched'] = async (id) => {
    const link = await json(`/v1/documents/${id}/links`, { method: 'POST', body: {} });
    if (link.status !== 201) throw new Error(JSON.stringify(link));
    return call(link.body.url, { key: null });
  };
  return { call, json, upload, judged, ended, operated, fetched };
}
