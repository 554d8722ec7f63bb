import type { Static } from 'typebox';
import type { ImageType } from '../../../core/images.ts';
import type { Texts } from '../pricing/texts.ts';
import type { ImageEvent, imageVariant } from './events.ts';

export type ImageVariant = Static<typeof imageVariant>;

export interface KnownImage {
  readonly status: 'private' | 'published' | 'removed';
  /** Whose picture it is; null for one of the house. */
  readonly personId: string | null;
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  /** Null once the person was erased. A removed image keeps them, so that its blobs can be let go. */
  readonly variants: readonly ImageVariant[] | null;
  /** What it shows, for those who do not see it; null while nobody said it. */
  readonly alt: Texts | null;
}

export type ImageState = { readonly status: 'unknown' } | KnownImage;

export const initialState: ImageState = { status: 'unknown' };

export function evolve(state: ImageState, event: ImageEvent): ImageState {
  if (event.type === 'ImageUploaded' || event.type === 'PersonImageUploaded') {
    const { type, width, height, variants } = event.data;
    const personId = event.type === 'PersonImageUploaded' ? event.data.personId : null;
    return { status: 'private', personId, type, width, height, variants, alt: null };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'ImageDescribed':
    case 'PersonImageDescribed':
      return { ...state, alt: event.data.alt };
    case 'ImagePublished':
      return { ...state, status: 'published' };
    case 'ImageUnpublished':
      return { ...state, status: 'private' };
    case 'ImageRemoved':
      return { ...state, status: 'removed' };
  }
}

/** Whether it can be put into albums and on products. */
export function isUsable(state: ImageState): boolean {
  return state.status === 'private' || state.status === 'published';
}
