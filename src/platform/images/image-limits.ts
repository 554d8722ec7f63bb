/** Limits of pictures, for the worker that decodes them and for whoever takes them in. */

/** A camera's full-size photograph has less. */
export const IMAGE_BYTES_MAX = 25 * 1024 * 1024;
/** Checked on the head of the file, before anything is decoded: 60 megapixels take 180 MB. */
export const IMAGE_PIXELS_MAX = 60_000_000;
/** Small phone, phone, tablet or double-density phone, desktop. A picture is never enlarged. */
export const VARIANT_WIDTHS = [320, 640, 1280, 1920] as const;

/** What is taken in. No SVG: it is a program; no GIF, TIFF or PDF: nobody needs them on a menu. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** What is given out: every browser in use shows one of them. */
export type VariantType = 'image/webp' | 'image/jpeg';

export interface RenderedVariant {
  readonly type: VariantType;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Name within the job's folder. */
  readonly file: string;
}

export interface RenderedImage {
  readonly type: ImageType;
  /** As it is shown: turned upright. */
  readonly width: number;
  readonly height: number;
  readonly variants: readonly RenderedVariant[];
}
