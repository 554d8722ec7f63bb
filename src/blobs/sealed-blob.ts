/**
 * The form of a blob at rest. A key of its own seals it, and that key lies in the head, wrapped by the tenant's key or
 * sealed for a person; so the bytes are useless without the key store, and erasing the person ends them.
 *
 *   "CBLB", 1 byte version, 4 bytes length of the head, head (JSON), then frames:
 *   ciphertext of FRAME_BYTES (the last one shorter, maybe empty) and a tag of 16 bytes each
 *
 * AES-256-GCM; the nonce is the number of the frame and whether it is the last (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizar, 2015), so frames cannot be swapped, dropped or cut off; the head is bound to each.
 */
import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { Failure } from '../core/errors.ts';

const MAGIC = Buffer.from('CBLB');
const VERSION = 1;
const FIXED_BYTES = MAGIC.length + 1 + 4;
/** A wrapped key and who it is for take some 200 bytes. */
const HEAD_BYTES_MAX = 4096;
/** Large enough that tags and calls cost nothing, small enough to hold a few per reader. */
export const FRAME_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** How to come by the key of a blob. */
export type BlobHead =
  | { readonly for: 'tenant'; readonly wrapped: string }
  /** JSON text with the key as a sealed field of the person. */
  | { readonly for: 'person'; readonly sealed: string };

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export function encodeHead(head: BlobHead): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const fixed = Buffer.alloc(FIXED_BYTES);
  MAGIC.copy(fixed);
  fixed.writeUInt8(VERSION, MAGIC.length);
  fixed.writeUInt32BE(json.length, MAGIC.length + 1);
  return Buffer.concat([fixed, json]);
}

/** Frames of the content, to be written behind the head. */
export async function* sealFrames(
  content: Bytes,
  key: Buffer,
  head: Buffer,
): AsyncIterable<Buffer> {
  const bound = hash('sha256', head, 'buffer');
  let number = 0;
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of content) {
    held = held.length === 0 ? bufferOf(chunk) : Buffer.concat([held, chunk]);
    // One byte more than a frame shows that the frame is not the last.
    while (held.length > FRAME_BYTES) {
      yield sealFrame(held.subarray(0, FRAME_BYTES), { key, bound, number, isLast: false });
      held = held.subarray(FRAME_BYTES);
      number += 1;
    }
  }
  yield sealFrame(held, { key, bound, number, isLast: true });
}

export interface OpenedBlob {
  readonly head: BlobHead;
  /** Content in clear. Throws UNAVAILABLE where it was changed or cut. */
  content(key: Buffer): AsyncIterable<Buffer>;
  /** For who does not read the content. */
  close(): Promise<void>;
}

/** Reads the head. Errors: UNAVAILABLE when the bytes are not those of a blob. */
export async function openSealed(stored: AsyncIterable<Uint8Array>): Promise<OpenedBlob> {
  const source = new ByteSource(stored);
  try {
    const { head, bound } = await readHead(source);
    return {
      head,
      content: (key) => openFrames(source, key, bound),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function readHead(source: ByteSource): Promise<{ head: BlobHead; bound: Buffer }> {
  const fixed = await source.exactly(FIXED_BYTES);
  const isBlob = fixed.subarray(0, MAGIC.length).equals(MAGIC) && fixed[MAGIC.length] === VERSION;
  const length = isBlob ? fixed.readUInt32BE(MAGIC.length + 1) : 0;
  if (length === 0 || length > HEAD_BYTES_MAX) throw damaged();
  const json = await source.exactly(length);
  return { head: parseHead(json), bound: hash('sha256', Buffer.concat([fixed, json]), 'buffer') };
}

async function* openFrames(source: ByteSource, key: Buffer, bound: Buffer): AsyncIterable<Buffer> {
  try {
    for (let number = 0; ; number += 1) {
      const frame = await source.upTo(FRAME_BYTES + TAG_BYTES);
      const isLast = await source.atEnd();
      yield openFrame(frame, { key, bound, number, isLast });
      if (isLast) return;
    }
  } finally {
    await source.close();
  }
}

interface Frame {
  readonly key: Buffer;
  readonly bound: Buffer;
  readonly number: number;
  readonly isLast: boolean;
}

function nonceOf({ number, isLast }: Frame): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(number, NONCE_BYTES - 5);
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
  return nonce;
}

function sealFrame(clear: Buffer, frame: Frame): Buffer {
  const cipher = createCipheriv('aes-256-gcm', frame.key, nonceOf(frame));
  cipher.setAAD(frame.bound);
  return Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

function openFrame(sealed: Buffer, frame: Frame): Buffer {
  if (sealed.length < TAG_BYTES) throw damaged();
  const tagAt = sealed.length - TAG_BYTES;
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv('aes-256-gcm', frame.key, nonceOf(frame), options);
  decipher.setAAD(frame.bound);
  decipher.setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, tagAt)), decipher.final()]);
  } catch (cause) {
    throw damaged(cause);
  }
}

function parseHead(json: Buffer): BlobHead {
  let head: unknown;
  try {
    head = JSON.parse(json.toString());
  } catch (cause) {
    throw damaged(cause);
  }
  if (typeof head === 'object' && head !== null && 'for' in head) {
    if (head.for === 'tenant' && 'wrapped' in head && typeof head.wrapped === 'string')
      return { for: 'tenant', wrapped: head.wrapped };
    if (head.for === 'person' && 'sealed' in head && typeof head.sealed === 'string')
      return { for: 'person', sealed: head.sealed };
  }
  throw damaged();
}

function damaged(cause?: unknown): Failure {
  return new Failure('UNAVAILABLE', 'A stored file is damaged; restore it from a backup.', {
    cause,
  });
}

/** Takes exact numbers of bytes from chunks of any size. A class because it owns the iterator. */
class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(stored: AsyncIterable<Uint8Array>) {
    this.#chunks = stored[Symbol.asyncIterator]();
  }

  async exactly(count: number): Promise<Buffer> {
    const bytes = await this.upTo(count);
    if (bytes.length < count) throw damaged();
    return bytes;
  }

  async upTo(count: number): Promise<Buffer> {
    while (this.#held.length < count && (await this.#more()));
    const bytes = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(bytes.length);
    return bytes;
  }

  async atEnd(): Promise<boolean> {
    while (this.#held.length === 0) if (!(await this.#more())) return true;
    return false;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done === true) return false;
    this.#held = this.#held.length === 0 ? bufferOf(value) : Buffer.concat([this.#held, value]);
    return true;
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
