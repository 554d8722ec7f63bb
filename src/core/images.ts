/** The port of pictures: one of any accepted type in, the same picture at several widths without its metadata out. */

/** A camera's full-size photograph has less. */
export const IMAGE_BYTES_MAX = 25 * 1024 * 1024;

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

export interface VariantContent extends RenderedVariant {
  content(): AsyncIterable<Uint8Array>;
}

export type ImageOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  /** `IMAGE_UNREADABLE` or `IMAGE_TOO_LARGE`. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** It took more of this than a picture may. */
  | { readonly kind: 'capped'; readonly cap: 'time' | 'cpu' | 'memory' }
  | { readonly kind: 'failed'; readonly detail: string };

export interface ImagePort {
  /**
   * Renders the variants and hands them to `keep` while their files exist. Answers with what `keep` gave, or why the
   * picture was not taken. Errors: OVERLOADED, STORAGE_FULL, UNAVAILABLE, and those of `original` and `keep`.
   */
  render<Result>(
    original: AsyncIterable<Uint8Array>,
    keep: (image: RenderedImage, variants: readonly VariantContent[]) => Promise<Result>,
  ): Promise<ImageOutcome<Result>>;
}
