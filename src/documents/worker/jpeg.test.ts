import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJpeg } from './jpeg.ts';

/** Start, a segment of text, and a frame of so many colours. */
function jpegHead(colours: number, marker = 0xc0, [width, height] = [640, 320]): Buffer {
  const frame = Buffer.alloc(10 + 3 * colours);
  frame.writeUInt16BE(0xff00 | marker, 0);
  frame.writeUInt16BE(8 + 3 * colours, 2);
  frame.writeUInt8(8, 4);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  frame.writeUInt8(colours, 9);
  return Buffer.concat([Buffer.from('ffd8ffe000046a66', 'hex'), frame]);
}

describe('the head of a JPEG', () => {
  test('tells its size and colours, baseline or progressive', () => {
    const colour = { width: 640, height: 320, colours: 'DeviceRGB' };
    expect(readJpeg(jpegHead(3))).toEqual(colour);
    expect(readJpeg(jpegHead(3, 0xc2))).toEqual(colour);
    expect(readJpeg(jpegHead(1))).toEqual({ ...colour, colours: 'DeviceGray' });
  });

  test('of four colours, of another process, of no size, or cut anywhere is none', () => {
    expect(readJpeg(jpegHead(4))).toBeNull();
    expect(readJpeg(jpegHead(3, 0xc9))).toBeNull();
    expect(readJpeg(jpegHead(3, 0xc0, [0, 320]))).toBeNull();
    const whole = jpegHead(3);
    for (let length = 0; length < 16; length += 1)
      expect(readJpeg(whole.subarray(0, length))).toBeNull();
  });

  test('of any bytes is read without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readJpeg(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), bytes]));
      }),
    );
  });
});
