/** The front door as any sender sees it: HTTP to the server's own address with a key that lives a few minutes. */
import type { Database } from '../../platform/postgres/database.ts';
import { createKey, revokeKey } from '../../access/keys.ts';
import type { Scope } from '../../access/principal.ts';
import { DEMO_TENANT } from '../seed-demo.ts';

const KEY_LIVES_MS = 10 * 60_000;
/** Of one call, within the time of the work. */
const CALL_MS_MAX = 30_000;

export interface DoorAnswer {
  readonly status: number;
  /** Parsed JSON; null where the answer has none. */
  readonly body: unknown;
}

export interface Door {
  /** Errors: those of fetch when the server cannot be reached or its time is over. */
  call(path: string, options?: DoorCall): Promise<DoorAnswer>;
}

export interface DoorCall {
  readonly method?: string;
  readonly type?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface DoorDependencies {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
  /** Where this server listens. */
  readonly url: () => string;
}

interface Admission {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly nowMs: number;
  /** Ends every call that is under way, so that one which hangs does not outlive the time of the work. */
  readonly signal: AbortSignal;
}

/** Makes a key for the time of `work` and revokes it afterwards; one that a crash leaves ends by itself. */
export async function throughTheDoor<T>(
  deps: DoorDependencies,
  asked: Admission,
  work: (door: Door) => Promise<T>,
): Promise<T> {
  const bucket = deps.bucketOf(DEMO_TENANT);
  const { key, view } = await createKey(deps.database, {
    bucket,
    tenant: DEMO_TENANT,
    name: asked.name,
    scopes: asked.scopes,
    expiresAt: new Date(asked.nowMs + KEY_LIVES_MS).toISOString(),
  });
  try {
    const { signal } = asked;
    return await work({
      call: (path, options) => call(`${deps.url()}${path}`, { key, signal }, options),
    });
  } finally {
    await revokeKey(deps.database, { bucket, tenant: DEMO_TENANT, id: view.id });
  }
}

async function call(
  url: string,
  { key, signal }: { readonly key: string; readonly signal: AbortSignal },
  options: DoorCall = {},
): Promise<DoorAnswer> {
  const { method = options.body === undefined ? 'GET' : 'POST', body, headers = {} } = options;
  const type = body === undefined ? {} : { 'content-type': options.type ?? 'application/json' };
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: { authorization: `Bearer ${key}`, ...type, ...headers },
    signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS_MAX)]),
  });
  const text = await answer.text();
  return { status: answer.status, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
