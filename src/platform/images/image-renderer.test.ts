import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openImageRenderer, type ImageRenderer } from './image-renderer.ts';
import { bomb, noise, picture } from './pictures.fixture.ts';

let folder = '';
let images: ImageRenderer;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'comptoir-images-'));
  images = await openImageRenderer({ folder: path.join(folder, 'jobs'), size: 1 });
});
afterAll(async () => {
  await images.stop();
  await rm(folder, { recursive: true, force: true });
});

async function render(bytes: Uint8Array) {
  async function* original(): AsyncIterable<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  return images.render(original(), async (image, variants) => ({
    ...image,
    contents: await Promise.all(
      variants.map(async (variant) => Buffer.concat(await Array.fromAsync(variant.content()))),
    ),
  }));
}

test('a photograph becomes WebP and JPEG at each width up to its own', async () => {
  const outcome = await render(await picture(1000, 500).jpeg().toBuffer());
  expect(outcome).toMatchObject({
    kind: 'done',
    result: { type: 'image/jpeg', width: 1000, height: 500 },
  });
  if (outcome.kind !== 'done') return;
  const { variants, contents } = outcome.result;
  expect(variants.map(({ type, width, height }) => `${type} ${width}x${height}`)).toEqual([
    'image/webp 320x160',
    'image/jpeg 320x160',
    'image/webp 640x320',
    'image/jpeg 640x320',
    'image/webp 1000x500',
    'image/jpeg 1000x500',
  ]);
  for (const [index, content] of contents.entries()) {
    const { format, width } = await sharp(content).metadata();
    expect(`image/${format}`).toBe(variants[index]?.type);
    expect(width).toBe(variants[index]?.width);
  }
});

test.each(['png', 'webp', 'avif'] as const)('%s is taken in', async (format) => {
  const bytes = await picture(64, 64).toFormat(format).toBuffer();
  const type = `image/${format}`;
  expect(await render(bytes)).toMatchObject({ kind: 'done', result: { type } });
});

test('where a picture was taken is in none of its variants', async () => {
  const gps = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 13/1 47/1' } };
  const exif = { IFD0: { Copyright: 'canary-exif', Make: 'canary-exif' }, ...gps };
  const bytes = await picture(700, 400).withExif(exif).jpeg().toBuffer();
  expect((await sharp(bytes).metadata()).exif).toBeDefined();
  const outcome = await render(bytes);
  if (outcome.kind !== 'done') throw new Error(`not taken: ${outcome.kind}`);
  for (const content of outcome.result.contents) {
    expect(content.includes('canary-exif')).toBe(false);
    const { exif: left, xmp, iptc } = await sharp(content).metadata();
    expect([left, xmp, iptc]).toEqual([undefined, undefined, undefined]);
  }
});

test('a picture that lies on its side is turned upright', async () => {
  const bytes = await picture(400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect(await render(bytes)).toMatchObject({ kind: 'done', result: { width: 200, height: 400 } });
});

describe('what is not a picture is refused', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>';
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['SVG', () => Buffer.from(svg), 'IMAGE_UNREADABLE'],
    ['text', () => Buffer.from('hello'), 'IMAGE_UNREADABLE'],
    ['nothing', () => new Uint8Array(0), 'IMAGE_UNREADABLE'],
    ['GIF', () => picture(8, 8).gif().toBuffer(), 'IMAGE_UNREADABLE'],
    ['TIFF', () => picture(8, 8).tiff().toBuffer(), 'IMAGE_UNREADABLE'],
    ['PDF', () => Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj'), 'IMAGE_UNREADABLE'],
    [
      'a JPEG cut in the middle',
      async () => (await noise(800, 800)).subarray(0, 20_000),
      'IMAGE_UNREADABLE',
    ],
    ['a decompression bomb', () => bomb(30_000), 'IMAGE_TOO_LARGE'],
  ])('%s', async (_what, make, code) => {
    expect(await render(await make())).toMatchObject({ kind: 'refused', code });
    expect(await readdir(path.join(folder, 'jobs'))).toEqual([]);
    expect(await readdir(path.join(folder, 'jobs-uploads'))).toEqual([]);
  });
});

test('who sends slowly keeps no other picture waiting', async () => {
  const gate = Promise.withResolvers<Uint8Array>();
  async function* slow(): AsyncIterable<Uint8Array> {
    yield await gate.promise;
  }
  const late = images.render(slow(), () => Promise.resolve('late'));
  const small = await picture(16, 16).png().toBuffer();
  expect(await render(small)).toMatchObject({ kind: 'done' });
  gate.resolve(small);
  expect(await late).toEqual({ kind: 'done', result: 'late' });
});

test('what was cut while it arrived leaves nothing', async () => {
  async function* cut(): AsyncIterable<Uint8Array> {
    yield await Promise.resolve(Buffer.alloc(1000));
    throw new Error('gone');
  }
  await expect(images.render(cut(), () => Promise.resolve(null))).rejects.toThrow('gone');
  expect(await readdir(path.join(folder, 'jobs-uploads'))).toEqual([]);
});
