import { DataKind, type StoredEvent } from '../core/event.ts';

/** A sealed event with its data in clear; everything else is that of the stored one, decoded when asked for. */
export class RevealedEvent implements StoredEvent {
  readonly #stored: StoredEvent;
  readonly dataKind = DataKind.json;
  readonly data: Uint8Array;

  constructor(stored: StoredEvent, data: Uint8Array) {
    this.#stored = stored;
    this.data = data;
  }

  get tenant(): string {
    return this.#stored.tenant;
  }
  get bucket(): number {
    return this.#stored.bucket;
  }
  get position(): bigint {
    return this.#stored.position;
  }
  get recordedAtMicros(): bigint {
    return this.#stored.recordedAtMicros;
  }
  get id(): string {
    return this.#stored.id;
  }
  get source(): string {
    return this.#stored.source;
  }
  get type(): string {
    return this.#stored.type;
  }
  get subject(): string | null {
    return this.#stored.subject;
  }
  get time(): string | null {
    return this.#stored.time;
  }
  get dataContentType(): string | null {
    return this.#stored.dataContentType;
  }
  get dataSchema(): string | null {
    return this.#stored.dataSchema;
  }
  get extensionsJson(): string | null {
    return this.#stored.extensionsJson;
  }
  get decided(): boolean {
    return this.#stored.decided;
  }
  get stream(): string | null {
    return this.#stored.stream;
  }
  get streamVersion(): bigint {
    return this.#stored.streamVersion;
  }
}
