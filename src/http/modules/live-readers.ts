/** Everybody who watches a list of this process: how many, that they live, and whether they still may. */
import type { IncomingHttpHeaders } from 'node:http';
import type { CachedAuthenticator } from '../../access/authenticator.ts';
import type { Principal, Scope } from '../../access/principal.ts';
import { Failure, type ErrorCode } from '../../core/errors.ts';
import type { SseConnection } from '../sse-connection.ts';
import type { LiveConnection } from './live-connection.ts';

const COMMENT_MS = 15_000;
/** With the authenticator's second this ends the readers of a revoked credential within the contract's 2 s. */
const RECHECK_MS = 500;
/** Boards, tills and consoles of a tenant; each costs a few tens of kilobytes. */
const READERS_PER_TENANT_MAX = 200;
const READERS_MAX = 2_000;

export interface LiveReader {
  readonly live: LiveConnection;
  readonly connection: SseConnection;
  /** Of the request, with its credential. */
  readonly headers: IncomingHttpHeaders;
  readonly principal: Principal;
  readonly scope: Scope;
}

export interface LiveReaders {
  /** Takes a place; gives the way to leave it. Errors: OVERLOADED. */
  admit(tenant: string): () => void;
  /** `left` is called when the connection has ended, by whichever side. */
  add(reader: LiveReader, left: () => void): void;
  /** Tells all of them that the server closes. */
  close(): void;
}

export function createLiveReaders(authenticator: CachedAuthenticator): LiveReaders {
  const readers = new Set<LiveReader>();
  const comments = setInterval(() => {
    for (const { connection } of readers) connection.comment();
  }, COMMENT_MS);
  const rechecks = setInterval(() => {
    for (const reader of readers) void recheck(reader, authenticator);
  }, RECHECK_MS);
  return {
    admit: createPlaces(),
    add(reader, left) {
      readers.add(reader);
      const end = (): void => {
        readers.delete(reader);
        left();
      };
      reader.connection.onClose(end);
      reader.live.onDropped(end);
    },
    close() {
      clearInterval(comments);
      clearInterval(rechecks);
      for (const { live } of readers) live.drop('UNAVAILABLE');
    },
  };
}

function createPlaces(): LiveReaders['admit'] {
  const counts = new Map<string, number>();
  let all = 0;
  const add = (tenant: string, by: number): void => {
    const count = (counts.get(tenant) ?? 0) + by;
    all += by;
    if (count === 0) counts.delete(tenant);
    else counts.set(tenant, count);
  };
  return (tenant) => {
    if ((counts.get(tenant) ?? 0) >= READERS_PER_TENANT_MAX || all >= READERS_MAX)
      throw new Failure('OVERLOADED', 'As many lists are watched as this server allows.');
    add(tenant, 1);
    let left = false;
    return () => {
      if (!left) add(tenant, -1);
      left = true;
    };
  };
}

/** A credential that is not valid any more, or sees other places now, ends its readers; a database that is away does not. */
async function recheck(reader: LiveReader, authenticator: CachedAuthenticator): Promise<void> {
  const { live, headers, principal: before, scope } = reader;
  try {
    const principal = await authenticator.recheck(headers);
    const sees = ({ rules }: Principal): string => JSON.stringify(rules?.locations ?? null);
    if (principal.tenant !== before.tenant || !principal.scopes.has(scope)) live.drop(ENDED);
    else if (sees(principal) !== sees(before)) live.drop('FORBIDDEN');
  } catch (error) {
    if (error instanceof Failure && error.code === ENDED) live.drop(ENDED);
  }
}

const ENDED: ErrorCode = 'UNAUTHENTICATED';
