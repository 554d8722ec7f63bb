/** The server with a gallery: real blobs over the database of the fixture, a real renderer. For tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBlobs } from '../../blobs/blobs.ts';
import type { AuditEntry, AuditTrail } from '../../core/audit.ts';
import type { Blobs } from '../../core/blobs.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture, type JsonAnswer } from '../../http/fixture.ts';
import type { ModuleRoutes } from '../../http/modules/services.ts';
import {
  createMemoryBlobStore,
  type MemoryBlobStore,
} from '../../platform/blobs/memory-blob-store.ts';
import { openImageRenderer } from '../../platform/images/image-renderer.ts';
import { business, businessRoutes } from '../business/index.ts';
import { catalog, catalogRoutes } from './index.ts';

export interface Gallery extends HttpFixture {
  readonly blobs: Blobs;
  readonly store: MemoryBlobStore;
  /** What the audit trail was told, in order. */
  readonly noted: readonly AuditEntry[];
  /** Sends bytes as a picture. */
  upload(bytes: Uint8Array, options?: UploadOptions): Promise<JsonAnswer>;
  /** Bytes under an address; null unless it answers 200. */
  bytes(address: string, key?: string | null): Promise<Buffer | null>;
  command(address: string, body?: object, key?: string): Promise<JsonAnswer>;
  /** Of the holders that there are. */
  held(): Promise<number>;
}

export interface UploadOptions {
  readonly type?: string;
  readonly key?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function openGallery(): Promise<Gallery> {
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-gallery-'));
  const images = await openImageRenderer({ folder: path.join(folder, 'jobs'), size: 1 });
  const store = createMemoryBlobStore();
  // The blobs stand on the database that the server brings, and its routes on the blobs.
  const opened = Promise.withResolvers<Blobs>();
  const blobs = blobsOf(opened.promise);
  const moduleRoutes = [businessRoutes, catalogRoutes].map<ModuleRoutes>(
    (make) => (deps) => make({ ...deps, blobs, images }),
  );
  const noted: AuditEntry[] = [];
  const served = { businessModules: [business, catalog], moduleRoutes, audit: trailInto(noted) };
  const http = await httpFixture(served);
  opened.resolve(
    createBlobs({
      database: http.database,
      bucketOf: (tenant) => http.log.bucketOf(tenant),
      store,
      personal: http.modules.personal,
      secret: Buffer.alloc(32, 9),
    }),
  );
  return {
    ...http,
    blobs,
    store,
    noted,
    upload: (bytes, options) => upload(http.url, bytes, options),
    async bytes(address, key) {
      const answer = await http.call(address, key === undefined ? {} : { key });
      const content = Buffer.from(await answer.arrayBuffer());
      return answer.status === 200 ? content : null;
    },
    command: (address, body = {}, key = ADMIN_KEY) =>
      http.json(`/v1/catalog/${address}`, { method: 'POST', body, key }),
    async held() {
      return (await Array.fromAsync(blobs.holders(''))).length;
    },
    async close() {
      await http.close();
      await images.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function upload(
  url: string,
  bytes: Uint8Array,
  { type = 'image/jpeg', key = ADMIN_KEY, query = '', headers = {} }: UploadOptions = {},
): Promise<JsonAnswer> {
  const answer = await fetch(`${url}/v1/catalog/images${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type, ...headers },
    body: Uint8Array.from(bytes),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

function trailInto(noted: AuditEntry[]): AuditTrail {
  return {
    note: (entry) => void noted.push(entry),
    record: async (entry) => void noted.push(entry),
  };
}

/** The blobs that are there later. */
function blobsOf(opened: Promise<Blobs>): Blobs {
  return {
    put: async (blob) => (await opened).put(blob),
    open: async (tenant, key) => (await opened).open(tenant, key),
    release: async (tenant, one) => (await opened).release(tenant, one),
    async *holders(prefix) {
      yield* (await opened).holders(prefix);
    },
    usage: async (tenant) => (await opened).usage(tenant),
    sweep: async () => (await opened).sweep(),
    forget: async (person) => (await opened).forget(person),
  };
}
