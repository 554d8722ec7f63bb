/** What the HTTP face needs from the rest of the server; app.ts puts it together. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../access/create-access.ts';
import type { CachedAuthenticator } from '../access/authenticator.ts';
import type { Health } from '../contract.ts';
import type { AuditTrail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import type { LogReader } from '../log/log.ts';
import type { Database } from '../platform/postgres/database.ts';
import type { LiveSource } from './live-route.ts';
import type { LoadShedder } from './load-shedding/load-shedder.ts';
import type { ModuleServices } from './modules/services.ts';
import type { RateLimits } from './rate-limit/rate-limits.ts';
import type { Route } from './route.ts';
import type { Retention } from './routes-retention.ts';
import type { IngestServices } from './routes-ingest-services.ts';

/** A handler that is tried before the router: true when it took the request, which it then answers itself. */
export type RawRoute = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface HttpDependencies {
  readonly log: LogReader;
  readonly database: Database;
  readonly authenticator: CachedAuthenticator;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: MetricRegistry;
  readonly rawRoutes: readonly RawRoute[];
  /** Takes connections over while `rawRoutes` refuse much; nobody does by default. */
  readonly shedder?: LoadShedder;
  /** Who read what and what was refused is noted there; nowhere by default. */
  readonly audit?: AuditTrail;
  /** Absent where only the log itself is served, as in some tests. */
  readonly ingestServices?: IngestServices;
  /** People and what they sign in with; absent where only keys are served. Its sessions are the authenticator's. */
  readonly access?: Access;
  /** Absent where only events are served. */
  readonly modules?: ModuleServices;
  /** Routes of further parts, which `createHttpServer` mounts like its own. */
  readonly moreRoutes?: readonly Route[];
  /** Absent where the log removes nothing, as in memory. */
  readonly retention?: Retention;
  readonly health: () => Promise<Health>;
  /** Prometheus text and its content type. */
  readonly metricsText: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly live: LiveSource;
  /** Folder of the built console, null when it was not built. */
  readonly consoleFolder: string | null;
  /** Addresses and networks whose X-Forwarded-For counts. */
  readonly trustedProxies: readonly string[];
  /** Those of this process by default. */
  readonly rateLimits?: RateLimits;
  /** Whoever takes nothing of a large answer for so long is cut off; STALLED_MS_MAX but in tests. */
  readonly stalledMsMax?: number;
  /** Of this server, for /openapi.json. */
  readonly version: string;
}
