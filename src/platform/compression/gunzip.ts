/**
 * Inflating gzip as Node does, member after member, with one difference: zero bytes may pad the end, and nothing but zero bytes
 * may follow them. Node ends there without a word, and whatever stands behind the first zero byte would be lost.
 */
import { Transform, type TransformCallback } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip, type Gunzip, type InputType, type ZlibOptions } from 'node:zlib';

/** What `info: true` makes Node give; its types do not say so. */
interface Inflated {
  readonly buffer: Buffer;
  /** `bytesWritten` counts what was inflated, not what follows. */
  readonly engine: Pick<Gunzip, 'bytesWritten'>;
}

// safe because `info` is always given, and with it Node's callback gets this shape
const gunzipWithInfo = promisify(gunzip) as unknown as (
  bytes: InputType,
  options: ZlibOptions & { readonly info: true },
) => Promise<Inflated>;

/** Errors: those of zlib, ERR_TRAILING_JUNK; RangeError above `bytesMax` inflated bytes. */
export async function gunzipWhole(bytes: Buffer, bytesMax: number): Promise<Buffer> {
  const options = { maxOutputLength: bytesMax, info: true } as const;
  const { buffer, engine } = await gunzipWithInfo(bytes, options);
  const junk = junkIn(bytes.subarray(engine.bytesWritten));
  if (junk !== null) throw junk;
  return buffer;
}

/** Errors: those of zlib, ERR_TRAILING_JUNK after everything before it was given. */
export function createStrictGunzip(): Transform {
  return new StrictGunzip();
}

function junkIn(rest: Buffer): Error | null {
  if (rest.every((byte) => byte === 0)) return null;
  const junk = new Error('Something follows the zero bytes at the end of the compressed data.');
  return Object.assign(junk, { code: 'ERR_TRAILING_JUNK' });
}

class StrictGunzip extends Transform {
  readonly #engine = createGunzip();
  #given = 0;
  /** Nothing but padding may come any more. */
  #isOver = false;
  #hasEnded = false;
  /** What is to happen once the engine has taken the chunk it was given. */
  #taken: (() => void) | null = null;

  constructor() {
    super();
    this.#engine.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) this.#engine.pause();
    });
    this.#engine.on('end', () => {
      this.#hasEnded = true;
      // An engine that is at its end may keep the word that it took the chunk to itself.
      this.#settle();
    });
    this.#engine.on('error', (error) => this.destroy(error));
  }

  override _read(size: number): void {
    this.#engine.resume();
    super._read(size);
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    if (this.#isOver) {
      done(junkIn(chunk));
      return;
    }
    this.#given += chunk.length;
    this.#taken = () => {
      const left = this.#given - this.#engine.bytesWritten;
      this.#isOver = left > 0;
      done(left > 0 ? junkIn(chunk.subarray(chunk.length - left)) : null);
    };
    // An error comes as an event, too.
    this.#engine.write(chunk, (error) => {
      if (error === null || error === undefined) this.#settle();
    });
  }

  override _flush(done: TransformCallback): void {
    this.#taken = () => done();
    if (this.#hasEnded) this.#settle();
    else if (!this.#isOver) this.#engine.end();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#engine.destroy();
    done(error);
  }

  #settle(): void {
    const taken = this.#taken;
    this.#taken = null;
    taken?.();
  }
}
