/** Writes a PNG (ISO/IEC 15948) without transparency. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB = 2;
/** Pages are mostly white: more effort saves few bytes and doubles the time. */
const DEFLATE_LEVEL = 4;

/** Of a bitmap with four bytes a pixel: blue, green, red and one that is ignored. */
export function encodePng(bitmap: {
  readonly width: number;
  readonly height: number;
  readonly bgra: Uint8Array;
}): Buffer {
  const { width, height, bgra } = bitmap;
  const rowBytes = width * 3 + 1;
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    let to = y * rowBytes + 1;
    let from = y * width * 4;
    for (let x = 0; x < width; x += 1, from += 4, to += 3) {
      rows[to] = bgra[from + 2] ?? 0;
      rows[to + 1] = bgra[from + 1] ?? 0;
      rows[to + 2] = bgra[from] ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  head.writeUInt8(RGB, 9);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: DEFLATE_LEVEL })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
