/** Which part of a picture is kept for a shape. Pure. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Crop extends Size {
  readonly x: number;
  readonly y: number;
}

export const SHAPES = { whole: null, four: 4 / 3, square: 1, wide: 16 / 9 } as const;
export type Shape = keyof typeof SHAPES;

/** The largest part of that shape; `across` and `down` say where it lies, from 0 to 1. */
export function cropOf(
  size: Size,
  shape: Shape,
  place: { readonly across: number; readonly down: number },
): Crop {
  const ratio = SHAPES[shape];
  if (ratio === null) return { x: 0, y: 0, ...size };
  const width = Math.min(size.width, Math.round(size.height * ratio));
  const height = Math.min(size.height, Math.round(width / ratio));
  return {
    x: Math.round((size.width - width) * place.across),
    y: Math.round((size.height - height) * place.down),
    width,
    height,
  };
}

/** As large as the server keeps it, no larger. */
export function within(size: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}
