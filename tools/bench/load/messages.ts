import type { LoadPhase, LoadResult } from './phase.ts';

/** What the conductor tells the load process. */
export type LoadOrder =
  { readonly kind: 'run'; readonly phase: LoadPhase } | { readonly kind: 'stop' };

/** What the load process tells the conductor. */
export type LoadReport =
  | { readonly kind: 'measuring' }
  | { readonly kind: 'done'; readonly result: LoadResult }
  | { readonly kind: 'failed'; readonly message: string };
