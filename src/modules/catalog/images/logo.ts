/** A picture as the logo of the business: which of them may be one, and the file that is printed. Pure. */
import { sourcesOf, type ImageSource } from './variants.ts';
import type { ImageState, ImageVariant } from './state.ts';

/** Pixels across: at 45 mm on paper more than a laser printer shows. */
const PRINTED_WIDTH_MAX = 640;
/** Every receipt carries it. */
const PRINTED_BYTES_MAX = 256 * 1024;

/** As pages show it; null for what is not for everybody. */
export interface ShownLogo {
  readonly width: number;
  readonly height: number;
  readonly sources: readonly ImageSource[];
}

/** For the pages of guests: a published picture of the house, never one of a person. */
export function shownLogo(image: ImageState): ShownLogo | null {
  if (image.status !== 'published' || image.personId !== null || image.variants === null)
    return null;
  const { width, height, variants } = image;
  return { width, height, sources: sourcesOf(variants) };
}

/** For papers: the JPEG that is wide enough, published or not, as the house chose it for them. */
export function printedLogo(image: ImageState): ImageVariant | null {
  if (image.status !== 'private' && image.status !== 'published') return null;
  if (image.personId !== null) return null;
  const fitting = (image.variants ?? [])
    .filter(({ type, width, bytes }) => {
      const isSmall = width <= PRINTED_WIDTH_MAX && bytes <= PRINTED_BYTES_MAX;
      return type === 'image/jpeg' && isSmall;
    })
    .toSorted((one, other) => other.width - one.width);
  return fitting[0] ?? null;
}
