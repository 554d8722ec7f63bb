/** Files come compressed by gzip or zstd: told by their first bytes, never by the name, which may lie. */
import { Readable, type Transform } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { createStrictGunzip } from '../../platform/compression/gunzip.ts';
import { CliError, EXIT } from '../command.ts';

/** What follows a frame and is none would be passed over otherwise, with all that is in it. */
const ZSTD_OPTIONS = { rejectGarbageAfterEnd: true };
/** RFC 1952, section 2.3.1, and RFC 8878, section 3.1.1. No text of events or tables begins so. */
const MAGIC: readonly { readonly bytes: Buffer; readonly open: () => Transform }[] = [
  { bytes: Buffer.from([0x1f, 0x8b]), open: createStrictGunzip },
  { bytes: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), open: () => createZstdDecompress(ZSTD_OPTIONS) },
];
const MAGIC_BYTES = 4;

/**
 * The bytes as they are, or inflated piece by piece, so that a file of any size takes little memory. Errors: CliError for a
 * file that is damaged or ends too soon; what came before is given out. A stop ends the bytes without an error.
 */
export async function* inflated(
  bytes: AsyncIterable<Buffer>,
  stop: AbortSignal,
): AsyncGenerator<Buffer> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < MAGIC_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const all = async function* (): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  const found = MAGIC.find((magic) => head.subarray(0, magic.bytes.length).equals(magic.bytes));
  if (found === undefined) {
    yield* all();
    return;
  }
  const source = Readable.from(all());
  const inflate = found.open();
  source.on('error', (error) => inflate.destroy(error));
  try {
    // safe because a decompressor gives Buffers.
    for await (const chunk of source.pipe(inflate)) yield chunk as Buffer;
  } catch (error) {
    if (stop.aborted) return;
    if (!isDamage(error)) throw error;
    throw new CliError(
      EXIT.failed,
      'The compressed file is damaged or ends too soon. What could be read of it was taken.',
      { cause: error },
    );
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

/** What zlib calls its errors; one of the file itself is another. */
function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return typeof error.code === 'string' && /^(Z_|ZSTD_|ERR_TRAILING_JUNK)/.test(error.code);
}
