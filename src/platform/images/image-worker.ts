/**
 * Decodes one picture and writes its variants; runs as a child of a worker pool. Only the loaders of the types taken in
 * are unblocked, the head is judged before a pixel is decoded, and what is written carries no metadata of the original:
 * no EXIF, no GPS, no embedded thumbnail, no colour profile but sRGB.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { serveTasks } from '../workers/serve-tasks.ts';
import { TaskRefused } from '../workers/worker-messages.ts';
import type { ImageType, RenderedImage, RenderedVariant } from '../../core/images.ts';
import { IMAGE_PIXELS_MAX, VARIANT_WIDTHS } from './image-limits.ts';

const TYPES: Readonly<Record<string, ImageType>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heif: 'image/avif',
  avif: 'image/avif',
};
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif'].map((name) => `VipsForeignLoad${name}File`);
const QUALITY = { webp: 78, jpeg: 80 };
/** JPEG has no transparency. */
const BACKGROUND = '#ffffff';

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS });
// One picture at a time in a process of its own: parallel threads and a cache only raise its peak.
sharp.concurrency(1);
sharp.cache(false);

serveTasks((_task, { folder }) => render(folder));

async function render(folder: string): Promise<RenderedImage> {
  const file = path.join(folder, 'original');
  const { type, width, height } = judged(await headOf(file));
  const widths = VARIANT_WIDTHS.filter((each) => each < width);
  const variants: RenderedVariant[] = [];
  for (const target of [...widths, Math.min(width, VARIANT_WIDTHS[VARIANT_WIDTHS.length - 1] ?? 0)])
    for (const format of ['webp', 'jpeg'] as const)
      if (!variants.some((made) => made.width === target && made.type === `image/${format}`))
        variants.push(await writeVariant(file, { folder, target, format }));
  return { type, width, height, variants };
}

function open(file: string): Sharp {
  return sharp(file, { limitInputPixels: IMAGE_PIXELS_MAX, failOn: 'error', pages: 1 });
}

async function headOf(file: string): Promise<Metadata> {
  try {
    // Without the limit here, so that the refusal can tell size from damage: a head is not decoded.
    return await sharp(file, { limitInputPixels: false, pages: 1 }).metadata();
  } catch {
    throw unreadable();
  }
}

function judged(head: Metadata): { type: ImageType; width: number; height: number } {
  const type = TYPES[head.format ?? ''];
  const { width, height } = head;
  if (type === undefined || width === undefined || height === undefined) throw unreadable();
  if (type === 'image/avif' && head.compression !== 'av1') throw unreadable();
  if (width * height > IMAGE_PIXELS_MAX)
    throw new TaskRefused(
      'IMAGE_TOO_LARGE',
      `The picture has ${width} x ${height} pixels; ${IMAGE_PIXELS_MAX} is the most.`,
    );
  // EXIF orientations from 5 on lie on their side.
  const isTurned = (head.orientation ?? 1) >= 5;
  return isTurned ? { type, width: height, height: width } : { type, width, height };
}

async function writeVariant(
  original: string,
  { folder, target, format }: { folder: string; target: number; format: 'webp' | 'jpeg' },
): Promise<RenderedVariant> {
  const file = `${target}.${format}`;
  const upright = open(original).rotate().resize({ width: target, withoutEnlargement: true });
  const coloured = upright.toColourspace('srgb');
  const encoded =
    format === 'webp'
      ? coloured.webp({ quality: QUALITY.webp })
      : coloured.flatten({ background: BACKGROUND }).jpeg({ quality: QUALITY.jpeg, mozjpeg: true });
  try {
    const { width, height } = await encoded.toFile(path.join(folder, file));
    const { size } = await stat(path.join(folder, file));
    return { type: `image/${format}`, width, height, bytes: size, file };
  } catch (error) {
    const isDamage = error instanceof Error && !('code' in error);
    throw isDamage ? unreadable() : error;
  }
}

function unreadable(): TaskRefused {
  return new TaskRefused(
    'IMAGE_UNREADABLE',
    'The file is not a readable JPEG, PNG, WebP or AVIF picture.',
  );
}
