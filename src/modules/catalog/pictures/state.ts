import type { PictureEvent, Showcase } from './events.ts';

/** Pictures of one product or page. */
export interface PicturesState {
  readonly on: Showcase | null;
  /** In order; images that were removed since may be among them. */
  readonly imageIds: readonly string[];
}

export const initialState: PicturesState = { on: null, imageIds: [] };

export function evolve(_state: PicturesState, { data }: PictureEvent): PicturesState {
  return { on: data.on, imageIds: data.imageIds };
}
