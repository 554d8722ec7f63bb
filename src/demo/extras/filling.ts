/** What every part of the extras is given. */
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Door, DoorDependencies } from '../break-it/door.ts';

/** Made last: its being there says that the extras are complete. */
export const ALBUM = 'the-house';

export interface ExtrasDependencies extends DoorDependencies {
  readonly pipeline: Pipeline;
  readonly clock: Clock;
  readonly logger: Logger;
  /** An SVG of our own as a PNG. */
  readonly draw: (svg: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** Makes schemas count that were registered just now. */
  readonly refresh: () => Promise<void>;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}

export interface Filling extends ExtrasDependencies {
  readonly door: Door;
}
