import type { DataKind, StoredEvent } from '../../core/event.ts';
import { type BatchPart, recordedAtOf } from '../codec/parts.ts';
import type { LogBatch } from '../log.ts';

/** A batch whose events were not asked for, since none has a type that its reader looks at: only their places are known. */
export class UnreadBatch implements LogBatch {
  readonly bucket: number;
  readonly firstPosition: bigint;
  readonly lastPosition: bigint;
  readonly count: number;
  readonly types: readonly string[];
  readonly #first: number;
  readonly #parts: readonly BatchPart[];

  constructor(place: {
    readonly bucket: number;
    readonly first: number;
    readonly last: number;
    readonly types: readonly string[];
    readonly parts: readonly BatchPart[];
  }) {
    this.bucket = place.bucket;
    this.firstPosition = BigInt(place.first);
    this.lastPosition = BigInt(place.last);
    this.count = place.last - place.first + 1;
    this.types = place.types;
    this.#first = place.first;
    this.#parts = place.parts;
  }

  /** Nobody asks for an event that would have to be revealed. */
  get hasSealed(): boolean {
    return false;
  }

  recordedAtMicrosAt(index: number): bigint {
    return BigInt(recordedAtOf(this.#parts, this.#first + index));
  }

  tenantAt(): string {
    return this.#unread();
  }

  typeAt(): string {
    return this.#unread();
  }

  sourceAt(): string {
    return this.#unread();
  }

  dataKindAt(): DataKind {
    return this.#unread();
  }

  eventAt(): StoredEvent | null {
    return this.#unread();
  }

  #unread(): never {
    throw new Error(
      `bucket ${this.bucket}, positions ${this.firstPosition} to ${this.lastPosition}: not read, for no type of its events was asked for`,
    );
  }
}
