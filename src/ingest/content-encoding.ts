/**
 * Compressed bodies. The cap counts inflated bytes, and inflating stops when it is passed, so a bomb costs no more than
 * the largest honest body. A few bodies are inflated at a time: each may need its cap in memory.
 */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createZstdDecompress, zstdDecompress as zstdCallback } from 'node:zlib';
import { Failure } from '../core/errors.ts';
import { createStrictGunzip, gunzipWhole } from '../platform/compression/gunzip.ts';
import { tooLarge } from './request-body.ts';

const zstdDecompress = promisify(zstdCallback);

export type Encoding = 'identity' | 'gzip' | 'zstd';

/** The threads of Node's pool: more would only wait there, each with its memory. */
const INFLATIONS_MAX = 4;
/**
 * The window a decoder of HTTP content must offer and need not exceed (RFC 9659): 8 MiB. What follows a frame and is none
 * would be passed over otherwise, with all the events in it: one damaged byte is enough to make a frame such a rest.
 */
const ZSTD_OPTIONS = {
  params: { [constants.ZSTD_d_windowLogMax]: 23 },
  rejectGarbageAfterEnd: true,
};
/** What zlib calls its errors; those of the sender's connection are others. */
const DAMAGE = /^(?:Z_|ZSTD_|ERR_TRAILING_JUNK)/;

/** Errors: UNSUPPORTED_MEDIA_TYPE for anything but gzip, zstd and identity, lists of encodings included. */
export function encodingOf(header: string | undefined): Encoding {
  if (header === undefined || header === '') return 'identity';
  const name = header.trim().toLowerCase();
  if (name === 'identity' || name === 'gzip' || name === 'zstd') return name;
  if (name === 'x-gzip') return 'gzip';
  throw new Failure(
    'UNSUPPORTED_MEDIA_TYPE',
    `The content encoding "${name.slice(0, 40)}" is not supported; use gzip, zstd or none.`,
  );
}

export interface Inflater {
  /** Errors: TOO_LARGE above `bytesMax` inflated bytes, EVENT_INVALID when the bytes are damaged or cut off. */
  inflate(body: Buffer, encoding: Encoding, bytesMax: number): Promise<Buffer>;
}

export function createInflater(): Inflater {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function inflate(body: Buffer, encoding: Encoding, bytesMax: number): Promise<Buffer> {
    if (encoding === 'identity') return body;
    if (running >= INFLATIONS_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return encoding === 'gzip'
        ? await gunzipWhole(body, bytesMax)
        : await zstdDecompress(body, { maxOutputLength: bytesMax, ...ZSTD_OPTIONS });
    } catch (error) {
      throw inflateFailure(error, bytesMax);
    } finally {
      running--;
      waiting.shift()?.();
    }
  }

  return { inflate };
}

function inflateFailure(error: unknown, bytesMax: number): Failure {
  if (error instanceof RangeError) return tooLarge(bytesMax);
  return damaged(error);
}

/** Whether the compressed bytes themselves are at fault. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && DAMAGE.test(String(error.code));
}

export function damaged(cause: unknown): Failure {
  return new Failure('EVENT_INVALID', 'The compressed body is damaged or cut off.', { cause });
}

/** The stream of inflated bytes; reads its source only as fast as it is read itself. */
export function inflatedStream(source: Readable, encoding: Encoding): Readable {
  if (encoding === 'identity') return source;
  const inflating = encoding === 'gzip' ? createStrictGunzip() : createZstdDecompress(ZSTD_OPTIONS);
  source.on('error', (error) => inflating.destroy(error));
  return source.pipe(inflating);
}
