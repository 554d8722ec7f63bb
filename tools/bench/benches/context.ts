import type { BenchOptions } from '../options.ts';
import type { Scope } from '../scope.ts';

/** What every bench is given. */
export interface BenchContext {
  readonly options: BenchOptions;
  readonly scope: Scope;
}
