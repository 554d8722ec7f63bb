/** Reads stored events as `RecordedEvent`s: which types are meant, upcasting, parsing, chain of causes. */
import { DataKind, type StoredEvent } from './event.ts';
import { upcast, wireType, type EventType } from './event-type.ts';
import type { Causation, RecordedEvent } from './recorded-event.ts';

const decoder = new TextDecoder();
const NO_CAUSATION: Causation = {
  commandId: null,
  command: null,
  causationId: null,
  correlationId: null,
  actor: null,
  approver: null,
  hops: 0,
};

export interface EventRecorder {
  /** CloudEvents types that `record` takes: the cheap filter to ask before an event object is made. */
  readonly types: ReadonlySet<string>;
  /**
   * The event, or null when its type is none of those declared: a decided one of the event types, or a received one
   * of the received types. Sealed data must have been revealed. Throws what an upcaster or the parser throws.
   */
  record(event: StoredEvent): RecordedEvent | null;
}

export function createEventRecorder(
  on: readonly EventType[],
  received: readonly string[] = [],
): EventRecorder {
  const decided = new Map<string, { type: EventType; version: number }>();
  for (const type of on)
    for (let version = 1; version <= type.version; version += 1)
      decided.set(wireType(type, version), { type, version });
  const foreign = new Set(received);
  return {
    types: new Set([...decided.keys(), ...foreign]),
    record(event) {
      const known = event.decided ? decided.get(event.type) : undefined;
      if (known !== undefined) {
        const data = upcast(known.type, known.version, dataOf(event));
        return recorded(event, known.type.name, data);
      }
      if (event.decided || !foreign.has(event.type)) return null;
      return recorded(event, event.type, dataOf(event));
    },
  };
}

/** Parsed JSON data, null when there is none. Throws a SyntaxError on text that is not JSON. */
function dataOf(event: StoredEvent): unknown {
  if (event.dataKind === DataKind.sealed) throw new TypeError('sealed data was not revealed');
  if (event.dataKind !== DataKind.json) return null;
  return JSON.parse(decoder.decode(event.data)) as unknown;
}

function recorded(stored: StoredEvent, type: string, data: unknown): RecordedEvent {
  // safe because a type's schema, or the module that declared a received type, says what its data is
  return new Recorded(stored, type, data as object);
}

/** A class for the sake of `causation`, which most readers never ask for and which takes parsing. */
class Recorded implements RecordedEvent {
  readonly type: string;
  readonly data: object;
  readonly tenant: string;
  readonly bucket: number;
  readonly position: bigint;
  readonly recordedAtMicros: bigint;
  readonly at: string;
  readonly eventId: string;
  readonly decided: boolean;
  readonly category: string;
  readonly id: string;
  readonly version: number;
  readonly #stored: StoredEvent;
  #causation: Causation | null = null;

  constructor(stored: StoredEvent, type: string, data: object) {
    const { stream, recordedAtMicros } = stored;
    const slash = stream === null ? -1 : stream.indexOf('/');
    this.type = type;
    this.data = data;
    this.tenant = stored.tenant;
    this.bucket = stored.bucket;
    this.position = stored.position;
    this.recordedAtMicros = recordedAtMicros;
    this.at = stored.time ?? new Date(Number(recordedAtMicros / 1000n)).toISOString();
    this.eventId = stored.id;
    this.decided = stored.decided;
    this.category = stream?.slice(0, slash) ?? '';
    this.id = stream?.slice(slash + 1) ?? '';
    this.version = Number(stored.streamVersion);
    this.#stored = stored;
  }

  get causation(): Causation {
    this.#causation ??= causationOf(this.#stored);
    return this.#causation;
  }
}

/** The chain of causes of a decided event, from its extension attributes. */
export function causationOf(event: StoredEvent): Causation {
  if (!event.decided || event.extensionsJson === null) return NO_CAUSATION;
  // safe because the pipeline wrote the extensions of decided events itself
  const held = JSON.parse(event.extensionsJson) as Readonly<Record<string, string | number>>;
  const text = (name: string): string | null => {
    const value = held[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    commandId: text('commandid'),
    command: text('command'),
    causationId: text('causationid'),
    correlationId: text('correlationid'),
    actor: text('actor'),
    approver: text('approver'),
    hops: typeof held['hops'] === 'number' ? held['hops'] : 0,
  };
}
