/**
 * What a PDF must know of a JPEG that it carries as it is (ISO 32000-1, 7.4.8): its size and colours, from its frame header
 * (ITU-T T.81, B.2.2). Nothing is decoded.
 */

export interface Jpeg {
  readonly width: number;
  readonly height: number;
  readonly colours: 'DeviceGray' | 'DeviceRGB';
}

const START = 0xffd8;
const SCAN = 0xda;
/** Baseline, extended and progressive: what readers of PDF take. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const COLOURS: Readonly<Record<number, Jpeg['colours']>> = { 1: 'DeviceGray', 3: 'DeviceRGB' };
const BITS = 8;
/** More segments before the frame than any camera writes. */
const SEGMENTS_MAX = 100;

/** Null for what is no JPEG, is cut, or has colours that a page cannot show as they are. */
export function readJpeg(bytes: Buffer): Jpeg | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== START) return null;
  let at = 2;
  for (let segment = 0; segment < SEGMENTS_MAX && at + 4 <= bytes.length; segment += 1) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const length = bytes.readUInt16BE(at + 2);
    if (marker === SCAN || length < 2) return null;
    if (FRAMES.has(marker)) return frameOf(bytes.subarray(at + 4, at + 2 + length));
    at += 2 + length;
  }
  return null;
}

function frameOf(frame: Buffer): Jpeg | null {
  if (frame.length < 6 || frame[0] !== BITS) return null;
  const [height, width] = [frame.readUInt16BE(1), frame.readUInt16BE(3)];
  const colours = COLOURS[frame[5] ?? 0];
  return colours === undefined || width === 0 || height === 0 ? null : { width, height, colours };
}
