import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createInflater, inflatedStream, isDamage, type Encoding } from './content-encoding.ts';

const BYTES_MAX = 1_000_000;
const TEXTS = ['{"id":"a"}\n', '{"id":"b"}\n'];
/** Four bytes that zstd defines for what a reader steps over, and a length (RFC 8878, section 3.1.2). */
const SKIPPED_FRAME = Buffer.from('502a4d1804000000aabbccdd', 'hex');

const whole = async (encoding: Encoding, bytes: Buffer): Promise<string> =>
  (await createInflater().inflate(bytes, encoding, BYTES_MAX)).toString();

async function inPieces(encoding: Encoding, bytes: Buffer, size: number): Promise<string> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const read: unknown[] = [];
  for await (const chunk of inflatedStream(Readable.from(pieces), encoding)) read.push(chunk);
  return read.map(String).join('');
}

describe.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
] as const)('%s', (encoding, compress) => {
  const frames = TEXTS.map((text) => compress(text));
  const both = Buffer.concat(frames);
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = frames;
  const damagedSecond = Buffer.from(second);
  damagedSecond[0] = 0x7b;

  it('of several frames is one text', async () => {
    expect(await whole(encoding, both)).toBe(TEXTS.join(''));
    for (const size of [1, 7, both.length])
      expect(await inPieces(encoding, both, size)).toBe(TEXTS.join(''));
  });

  it.each([
    ['something else', Buffer.concat([first, Buffer.from('{"id":"b"}\n')])],
    ['a frame with one damaged byte', Buffer.concat([first, damagedSecond])],
    ['the beginning of a frame', Buffer.concat([first, second.subarray(0, 3)])],
    ['a frame that is cut off', both.subarray(0, -1)],
  ])('followed by %s is damaged, whole or in pieces', async (_what, bytes) => {
    await expect(whole(encoding, bytes)).rejects.toMatchObject({ code: 'EVENT_INVALID' });
    for (const size of [1, first.length, bytes.length])
      await expect(inPieces(encoding, bytes, size)).rejects.toSatisfy(isDamage);
  });
});

describe('zero bytes after gzip', () => {
  const [first = '', second = ''] = TEXTS;
  const large = 'x'.repeat(300_000);
  const padding = Buffer.alloc(700);
  const sizes = [1, 7, gzipSync(first).length, 512, 100_000];

  it.each([
    ['one member', gzipSync(first), first],
    ['two members', Buffer.concat([gzipSync(first), gzipSync(second)]), first + second],
    ['a member that inflates to much', gzipSync(large), large],
  ])('are padding behind %s', async (_what, members, text) => {
    const bytes = Buffer.concat([members, padding]);
    expect(await whole('gzip', bytes)).toBe(text);
    for (const size of sizes) expect(await inPieces('gzip', bytes, size)).toBe(text);
  });

  it.each([
    ['a member', gzipSync(second)],
    ['something else', Buffer.from('{"id":"b"}\n')],
  ])('with %s behind them are damage: nothing is left out', async (_what, rest) => {
    const bytes = Buffer.concat([gzipSync(first), padding, rest]);
    await expect(whole('gzip', bytes)).rejects.toMatchObject({ code: 'EVENT_INVALID' });
    for (const size of sizes)
      await expect(inPieces('gzip', bytes, size)).rejects.toSatisfy(isDamage);
  });
});

it('frames that readers step over are stepped over', async () => {
  const [first = '', second = ''] = TEXTS;
  const bytes = Buffer.concat([zstdCompressSync(first), SKIPPED_FRAME, zstdCompressSync(second)]);
  expect(await whole('zstd', bytes)).toBe(TEXTS.join(''));
  expect(await inPieces('zstd', bytes, 5)).toBe(TEXTS.join(''));
});
