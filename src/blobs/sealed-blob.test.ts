import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encodeHead, FRAME_BYTES, openSealed, sealFrames } from './sealed-blob.ts';

const TAG_BYTES = 16;
const HEAD = { for: 'tenant', wrapped: 'abc' } as const;

async function sealed(content: Buffer, key: Buffer): Promise<Buffer> {
  const head = encodeHead(HEAD);
  return Buffer.concat([head, ...(await Array.fromAsync(sealFrames([content], key, head)))]);
}

/** In pieces of any size, as a disk gives them. */
async function* pieces(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size)
    yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function opened(stored: Buffer, key: Buffer, size = 10_007): Promise<Buffer> {
  const blob = await openSealed(pieces(stored, size));
  expect(blob.head).toEqual(HEAD);
  return Buffer.concat(await Array.fromAsync(blob.content(key)));
}

test.each([0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES + 5])(
  '%i bytes come back as they were',
  async (count) => {
    const key = randomBytes(32);
    const content = randomBytes(count);
    const stored = await sealed(content, key);
    expect(await opened(stored, key)).toEqual(content);
    expect(await opened(stored, key, 1 << 20)).toEqual(content);
  },
);

test('nothing of the content stands in the stored bytes', async () => {
  const stored = await sealed(Buffer.from('canary '.repeat(20_000)), randomBytes(32));
  expect(stored.includes('canary')).toBe(false);
});

describe('damage is found', () => {
  const key = randomBytes(32);
  const content = randomBytes(3 * FRAME_BYTES);
  const head = encodeHead(HEAD).length;
  const frame = FRAME_BYTES + TAG_BYTES;

  test.each<[string, (stored: Buffer) => Buffer]>([
    [
      'a changed byte',
      (stored) => {
        stored.writeUInt8(stored.readUInt8(head + 5) ^ 1, head + 5);
        return stored;
      },
    ],
    ['a frame cut off at its border', (stored) => stored.subarray(0, head + 2 * frame)],
    ['the last bytes cut off', (stored) => stored.subarray(0, -3)],
    [
      'a frame left out',
      (stored) => Buffer.concat([stored.subarray(0, head), stored.subarray(head + frame)]),
    ],
    [
      'two frames swapped',
      (stored) =>
        Buffer.concat([
          stored.subarray(0, head),
          stored.subarray(head + frame, head + 2 * frame),
          stored.subarray(head, head + frame),
          stored.subarray(head + 2 * frame),
        ]),
    ],
    [
      'another head',
      (stored) =>
        Buffer.concat([encodeHead({ for: 'tenant', wrapped: 'abd' }), stored.subarray(head)]),
    ],
    ['bytes behind the end', (stored) => Buffer.concat([stored, Buffer.from('x')])],
    ['a file that is none of ours', () => Buffer.from('%PDF-1.7 and more')],
    ['an empty file', () => Buffer.alloc(0)],
  ])('%s', async (_what, damage) => {
    const blob = openSealed(pieces(damage(await sealed(content, key)), 50_000));
    const read = blob.then((it) => Array.fromAsync(it.content(key)));
    await expect(read).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('a wrong key', async () => {
    const blob = await openSealed(pieces(await sealed(content, key), 50_000));
    await expect(Array.fromAsync(blob.content(randomBytes(32)))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});
