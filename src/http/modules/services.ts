/** What the routes of modules stand on; app.ts puts it together. */
import type { BusinessModule } from '../../core/module.ts';
import type { LogReader } from '../../log/log.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Projections } from '../../projections/projections.ts';

export interface ModuleServices {
  readonly modules: readonly BusinessModule[];
  readonly pipeline: Pipeline;
  readonly projections: Projections;
}

export interface ModuleRouteDependencies extends ModuleServices {
  readonly log: LogReader;
}
