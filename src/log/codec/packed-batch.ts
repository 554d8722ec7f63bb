import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { releaseBytes } from '../../platform/memory/release-bytes.ts';

/** Layout 1, not compressed: batches too small to gain. */
const CODEC_PLAIN = 1;
/** Layout 1, compressed with zstd. */
const CODEC_ZSTD = 2;

/**
 * An append below this is stored as it is: zstd's fixed cost (about 30 us a call) is much for a few events that clients
 * wait for, and compaction compresses them later.
 */
const APPEND_COMPRESS_BYTES_MIN = 16 * 1024;
/** Below this compaction finds nothing to gain either. */
const COMPRESS_BYTES_MIN = 512;
/** A batch never inflates beyond this: a corrupt size must not take the memory. */
const RAW_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Node keeps the buffer that a call of zstd fills until the next full collection, however short the call. So it is as large
 * as what comes out: with Node's 16 kB for every append the server of a soak held 30 MB of such buffers.
 */
const PACKED_BYTES_MIN = 4 * 1024;
/** Events come out at a fifth to a tenth; what does not fit takes a second buffer. */
const PACKED_SHARE = 4;

/** 1 for what clients wait for; 3 for compaction, which has time and saves about 8 % more. */
export const COMPRESSION = { append: 1, compaction: 3 } as const;

export interface PackedPayload {
  readonly codec: number;
  readonly checksum: number;
  readonly payload: Buffer;
}

/** A stored batch fails its checksum or cannot be unpacked: the storage is damaged. Never skipped silently. */
export class CorruptBatchError extends Error {
  override readonly name = 'CorruptBatchError';
}

/** Compresses raw layout bytes. The payload never shares memory with `raw`. */
export function packPayload(raw: Buffer, level: number): PackedPayload {
  const least = level === COMPRESSION.append ? APPEND_COMPRESS_BYTES_MIN : COMPRESS_BYTES_MIN;
  const plain = raw.length < least;
  const packed = plain
    ? raw
    : zstdCompressSync(raw, {
        chunkSize: Math.max(PACKED_BYTES_MIN, Math.ceil(raw.length / PACKED_SHARE)),
        params: { [constants.ZSTD_c_compressionLevel]: level },
      });
  const payload = plain || packed.length < packed.buffer.byteLength ? alone(packed) : packed;
  if (!plain && payload !== packed) releaseBytes(packed);
  const codec = plain ? CODEC_PLAIN : CODEC_ZSTD;
  return { codec, checksum: crc32(payload, codec), payload };
}

/**
 * A copy in memory of its own size. Node hands out what it compressed as a view on 64 kB: the cache of newest batches held
 * seven times what it counted, and each append left as much to the garbage collector.
 */
function alone(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

/**
 * Gives the memory of a payload back that nobody unpacks any more. One that is not compressed stays: data of its events are
 * views on it.
 */
export function releasePacked({ codec, payload }: PackedPayload): void {
  if (codec !== CODEC_PLAIN) releaseBytes(payload);
}

/** Verifies the checksum and gives the raw layout bytes. Errors: CorruptBatchError. */
export function unpackPayload(packed: PackedPayload): Buffer {
  if (crc32(packed.payload, packed.codec) !== packed.checksum)
    throw new CorruptBatchError('the checksum of a stored batch does not match its bytes');
  if (packed.codec === CODEC_PLAIN) return packed.payload;
  if (packed.codec !== CODEC_ZSTD)
    throw new CorruptBatchError(`codec version ${packed.codec} is newer than this program`);
  try {
    return zstdDecompressSync(packed.payload, {
      chunkSize: rawBytesOf(packed.payload) + 1,
      maxOutputLength: RAW_BYTES_MAX,
    });
  } catch (cause) {
    throw new CorruptBatchError('a stored batch cannot be decompressed', { cause });
  }
}

/** Node's own size of a buffer, for a frame that does not say how much is in it, or less than 256 bytes. */
const RAW_BYTES_UNKNOWN = 16 * 1024;
/** A frame begins with four magic bytes. */
const DESCRIPTOR_AT = 4;
/** Of the descriptor: the content is one segment. */
const ALONE = 0b0010_0000;

/**
 * What the head of a frame says of its size unpacked: one buffer that fits takes half the time of pieces put together.
 * Source: RFC 8878, 3.1.1.1, in the forms that zstd gives to what it is handed whole, without a dictionary.
 */
function rawBytesOf(frame: Buffer): number {
  const descriptor = frame[DESCRIPTOR_AT] ?? 0;
  const form = descriptor >>> 6;
  const alone = (descriptor & ALONE) !== 0;
  // A window's size stands before the content's, unless the content is one segment.
  const at = DESCRIPTOR_AT + (alone ? 1 : 2);
  if (frame.length < at + 4) return RAW_BYTES_UNKNOWN;
  if (form === 1) return frame.readUInt16LE(at) + 256;
  return form === 2 ? Math.min(frame.readUInt32LE(at), RAW_BYTES_MAX) : RAW_BYTES_UNKNOWN;
}

const CHECKSUM_BYTES = 4;

/** Layout bytes of one event behind their checksum. */
export function sealAlone(raw: Buffer): Buffer {
  const sealed = Buffer.allocUnsafe(CHECKSUM_BYTES + raw.length);
  sealed.writeUInt32LE(crc32(raw));
  raw.copy(sealed, CHECKSUM_BYTES);
  return sealed;
}

/** What `sealAlone` was given. Errors: CorruptBatchError. */
export function openAlone(sealed: Buffer): Buffer {
  const raw = sealed.subarray(CHECKSUM_BYTES);
  if (sealed.length < CHECKSUM_BYTES || crc32(raw) !== sealed.readUInt32LE())
    throw new CorruptBatchError('the checksum of a stored stream event does not match its bytes');
  return raw;
}
