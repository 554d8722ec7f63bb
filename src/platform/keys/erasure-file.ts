/**
 * The erasure list as a file: one JSON object a line, appended by any number of processes. A line with `doneAt` alone
 * ends the erasure of its reference; of two entries for one reference the first counts.
 */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { ErasureEntry } from '../../core/key-store.ts';
import { FILE_MODE } from './durable-file.ts';

interface DoneLine {
  readonly reference: string;
  readonly doneAt: string;
}

export class ErasureFile {
  readonly #file: FileHandle;
  readonly #entries = new Map<string, ErasureEntry>();
  #read = 0;
  #reading: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string): Promise<ErasureFile> {
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
    const file = new ErasureFile(await open(path, flags, FILE_MODE));
    await file.refresh();
    return file;
  }

  /** Takes in what was appended by anybody. */
  refresh(): Promise<void> {
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readNew());
    return this.#reading;
  }

  entry(reference: string): ErasureEntry | undefined {
    return this.#entries.get(reference);
  }

  entries(): readonly ErasureEntry[] {
    return [...this.#entries.values()];
  }

  /** Of the file as it is now: it only grows. */
  async revision(): Promise<string> {
    return String((await this.#file.stat()).size);
  }

  /** Durable and taken in when it resolves. */
  async append(line: ErasureEntry | DoneLine): Promise<void> {
    // A line of its own even behind what a crash left of another.
    const bytes = Buffer.from(`\n${JSON.stringify(line)}\n`);
    const { bytesWritten } = await this.#file.write(bytes);
    if (bytesWritten !== bytes.length) throw new Error('the erasure list could not be written');
    await this.#file.datasync();
    await this.refresh();
  }

  async close(): Promise<void> {
    await this.#reading.catch(() => undefined);
    await this.#file.close();
  }

  async #readNew(): Promise<void> {
    const { size } = await this.#file.stat();
    if (size === this.#read) return;
    const bytes = Buffer.alloc(size - this.#read);
    const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, this.#read);
    // What stands behind the last line end is being written by somebody.
    const whole = bytes.lastIndexOf(0x0a, bytesRead - 1) + 1;
    for (const line of bytes.toString('utf8', 0, whole).split('\n')) this.#take(line);
    this.#read += whole;
  }

  #take(text: string): void {
    // A line without its end is what a crash left; nobody was told that it was written.
    if (!text.startsWith('{') || !text.endsWith('}')) return;
    // safe because only this class writes the file
    const line = JSON.parse(text) as ErasureEntry | DoneLine;
    const known = this.#entries.get(line.reference);
    if ('receiptId' in line) {
      if (known === undefined) this.#entries.set(line.reference, line);
    } else if (known?.state === 'pending')
      this.#entries.set(line.reference, { ...known, state: 'done', doneAt: line.doneAt });
  }
}
