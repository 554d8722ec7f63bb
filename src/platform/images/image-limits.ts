/** Limits of the worker that decodes pictures. */

/** Checked on the head of the file, before anything is decoded: 60 megapixels take 180 MB. */
export const IMAGE_PIXELS_MAX = 60_000_000;
/** Small phone, phone, tablet or double-density phone, desktop. A picture is never enlarged. */
export const VARIANT_WIDTHS = [320, 640, 1280, 1920] as const;
