/** Names of variants in addresses, and what clients see of them. */
import type { ImageState, ImageVariant } from './state.ts';

/** One source of a `srcset`: its address ends in `file`. */
export interface ImageSource {
  /** `640.webp`. */
  readonly file: string;
  readonly type: ImageVariant['type'];
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export function fileOf({ width, type }: Pick<ImageVariant, 'width' | 'type'>): string {
  return `${width}.${type === 'image/webp' ? 'webp' : 'jpg'}`;
}

/** Keys and hashes of blobs are of no use outside. */
export function sourcesOf(variants: readonly ImageVariant[]): readonly ImageSource[] {
  return variants.map((variant) => {
    const { type, width, height, bytes } = variant;
    return { file: fileOf(variant), type, width, height, bytes };
  });
}

/** The variant under this name; undefined where there is none to be seen (any more). */
export function variantOf(state: ImageState, file: string): ImageVariant | undefined {
  if (state.status === 'unknown' || state.status === 'removed') return undefined;
  return state.variants?.find((variant) => fileOf(variant) === file);
}

/** The state as clients see it. */
export function viewOf(state: ImageState): object {
  if (state.status === 'unknown') return state;
  const { variants, ...rest } = state;
  const isGone = variants === null || state.status === 'removed';
  return { ...rest, sources: isGone ? null : sourcesOf(variants) };
}
