/** What the routes of modules stand on; app.ts puts it together. */
import type { AuditTrail } from '../../core/audit.ts';
import type { Blobs } from '../../core/blobs.ts';
import type { Clock } from '../../core/clock.ts';
import type { ImagePort } from '../../core/images.ts';
import type { BusinessModule } from '../../core/module.ts';
import type { LogReader } from '../../log/log.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Projections } from '../../projections/projections.ts';
import type { Route } from '../route.ts';

export interface ModuleServices {
  readonly modules: readonly BusinessModule[];
  readonly pipeline: Pipeline;
  readonly projections: Projections;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  /** Absent where files are kept by nobody: whatever needs them answers UNAVAILABLE. */
  readonly blobs?: Blobs;
  readonly images?: ImagePort;
  /** 32 bytes that links given to guests are signed with, the same in every process. */
  readonly linkSecret: Uint8Array;
  /** Of the modules themselves; none by default. */
  readonly moduleRoutes?: readonly ModuleRoutes[];
}

export interface ModuleRouteDependencies extends ModuleServices {
  readonly log: LogReader;
}

/**
 * Routes of a module's own, which its routes.ts makes. They are mounted before the derived ones: one with the method and
 * path of a derived route takes its place, and fixed words in a path win over ids.
 */
export type ModuleRoutes = (deps: ModuleRouteDependencies) => readonly Route[];
