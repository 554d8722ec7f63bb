/**
 * The file of wrapped keys: slots of 128 bytes, so that none crosses a sector and each is written whole or not at all.
 *
 *     4 bytes CRC-32 of the rest, 1 byte format, 1 byte length of the wrapped key, 2 bytes zero,
 *     16 bytes reference, wrapped key, zeros
 *
 * Several processes append at once without a lock: the operating system puts appends in order, everybody reads what was
 * appended after its own last look, and of two keys of one person the first counts. A slot is destroyed by zeros in its
 * place. What a crash left of an append is filled up to a whole slot by the next one.
 */
import { constants, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { REFERENCE_BYTES, WRAPPED_KEY_BYTES_MAX } from '../../core/key-store.ts';
import { FILE_MODE } from './durable-file.ts';
import { SlotIndex } from './slot-index.ts';

const SLOT_BYTES = 128;
const FORMAT = 1;
const HEAD_BYTES = 8;
const KEY_AT = HEAD_BYTES + REFERENCE_BYTES;
/** An append is misplaced only when another process crashes at the same moment. */
const APPEND_ATTEMPTS_MAX = 3;
/** Read at once when scanning. */
const CHUNK_BYTES = SLOT_BYTES * 8_192;

export interface Slot {
  /** Hexadecimal. */
  readonly reference: string;
  readonly wrapped: Buffer;
}

export class SlotFile {
  readonly #file: FileHandle;
  readonly #appender: FileHandle;
  readonly #index = new SlotIndex();
  /** Bytes looked at: a multiple of SLOT_BYTES. */
  #scanned = 0;
  #scanning: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, appender: FileHandle) {
    this.#file = file;
    this.#appender = appender;
  }

  static async open(path: string): Promise<SlotFile> {
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
    const appender = await open(path, flags, FILE_MODE);
    const slots = new SlotFile(await open(path, 'r+'), appender);
    await slots.scan();
    return slots;
  }

  /** Takes in what was appended by anybody since the last look. */
  scan(): Promise<void> {
    this.#scanning = this.#scanning.catch(() => undefined).then(() => this.#scanNew());
    return this.#scanning;
  }

  /** The key that counts, or null. */
  find(reference: string): Buffer | null {
    for (const { wrapped } of this.#slotsOf(reference)) return wrapped;
    return null;
  }

  /** Durable and taken in when it resolves. */
  async append(slots: readonly Slot[]): Promise<void> {
    const bytes = Buffer.concat(slots.map(encodeSlot));
    for (let attempt = 0; attempt < APPEND_ATTEMPTS_MAX; attempt++) {
      const { size } = await this.#appender.stat();
      if (size % SLOT_BYTES !== 0)
        await this.#write(Buffer.alloc(SLOT_BYTES - (size % SLOT_BYTES)));
      await this.#write(bytes);
      await this.scan();
      if (slots.every(({ reference }) => this.find(reference) !== null)) return;
      await this.#blank(bytes, size);
    }
    throw new Error('the key file does not take whole slots');
  }

  /** Overwrites every slot of the reference with zeros; durable when it resolves. */
  async destroy(reference: string): Promise<void> {
    const found = [...this.#slotsOf(reference)];
    for (const { slot } of found)
      await this.#file.write(Buffer.alloc(SLOT_BYTES), 0, SLOT_BYTES, slot * SLOT_BYTES);
    if (found.length > 0) await this.#file.datasync();
  }

  /** Writes every slot anew for which `change` gives other bytes. */
  async rewrite(change: (slot: Slot) => Buffer | null): Promise<number> {
    await this.scan();
    let changed = 0;
    for (let at = 0; at < this.#scanned; at += SLOT_BYTES) {
      const slot = decodeSlot(await this.#read(at, SLOT_BYTES));
      const wrapped = slot === null ? null : change(slot);
      if (slot === null || wrapped === null) continue;
      const bytes = encodeSlot({ reference: slot.reference, wrapped });
      await this.#file.write(bytes, 0, SLOT_BYTES, at);
      changed += 1;
    }
    await this.#file.datasync();
    return changed;
  }

  async close(): Promise<void> {
    await this.#scanning.catch(() => undefined);
    await this.#file.close();
    await this.#appender.close();
  }

  /** In the order written; destroyed ones are not among them. */
  *#slotsOf(reference: string): Generator<Slot & { readonly slot: number }> {
    for (const slot of this.#index.candidates(Buffer.from(reference, 'hex'))) {
      const held = this.#readSlot(slot);
      if (held?.reference === reference) yield { ...held, slot };
    }
  }

  async #scanNew(): Promise<void> {
    const { size } = await this.#file.stat();
    while (size - this.#scanned >= SLOT_BYTES) {
      const whole = Math.floor((size - this.#scanned) / SLOT_BYTES) * SLOT_BYTES;
      const chunk = await this.#read(this.#scanned, Math.min(whole, CHUNK_BYTES));
      for (let at = 0; at < chunk.length; at += SLOT_BYTES) {
        const slot = decodeSlot(chunk.subarray(at, at + SLOT_BYTES));
        if (slot !== null)
          this.#index.add(Buffer.from(slot.reference, 'hex'), (this.#scanned + at) / SLOT_BYTES);
      }
      this.#scanned += chunk.length;
    }
  }

  async #read(at: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, at);
    if (bytesRead !== length) throw new Error(`the key file ended at ${at + bytesRead}`);
    return bytes;
  }

  /** One slot, at once: from the page cache it takes 2 us, while a turn through the thread pool costs twenty times that. */
  #readSlot(slot: number): Slot | null {
    const bytes = Buffer.alloc(SLOT_BYTES);
    const length = readSync(this.#file.fd, bytes, 0, SLOT_BYTES, slot * SLOT_BYTES);
    if (length !== SLOT_BYTES) throw new Error(`the key file ended within slot ${slot}`);
    return decodeSlot(bytes);
  }

  /**
   * Another process ended in the middle of its append between our look and our own: ours is not where slots begin. It
   * must not stay there, since nobody would find it to destroy it.
   */
  async #blank(bytes: Buffer, from: number): Promise<void> {
    const { size } = await this.#file.stat();
    const found = (await this.#read(from, size - from)).indexOf(bytes);
    if (found >= 0)
      await this.#file.write(Buffer.alloc(bytes.length), 0, bytes.length, from + found);
    await this.#file.datasync();
  }

  async #write(bytes: Buffer): Promise<void> {
    const { bytesWritten } = await this.#appender.write(bytes);
    if (bytesWritten !== bytes.length) throw new Error('the key file could not be written whole');
    await this.#appender.datasync();
  }
}

function encodeSlot({ reference, wrapped }: Slot): Buffer {
  if (wrapped.length > WRAPPED_KEY_BYTES_MAX)
    throw new RangeError(`a wrapped key has at most ${WRAPPED_KEY_BYTES_MAX} bytes`);
  const slot = Buffer.alloc(SLOT_BYTES);
  slot[4] = FORMAT;
  slot[5] = wrapped.length;
  slot.write(reference, HEAD_BYTES, REFERENCE_BYTES, 'hex');
  slot.set(wrapped, KEY_AT);
  slot.writeUInt32LE(crc32(slot.subarray(4)), 0);
  return slot;
}

/** Null for what is no key: destroyed, filled up, or not written whole. */
function decodeSlot(slot: Buffer): Slot | null {
  if (slot[4] !== FORMAT || slot.readUInt32LE(0) !== crc32(slot.subarray(4))) return null;
  const length = slot[5] ?? 0;
  return {
    reference: slot.toString('hex', HEAD_BYTES, KEY_AT),
    wrapped: Buffer.from(slot.subarray(KEY_AT, KEY_AT + length)),
  };
}
