/**
 * The port of personal data: marked fields are sealed with a key of the person before an event is packed, and revealed
 * when it is read. Destroying the key makes every copy of the field unreadable, wherever it lies.
 *
 * Sealed data is JSON like any other, with `DataKind.sealed`, in which each marked field is replaced by an object
 * `{"$sealed": "..."}`. The person is named by a keyed hash (a person reference), never by the id itself.
 */
import type { PersonalMarks } from './event-type.ts';
import type { EventData, StoredEvent } from './event.ts';

/** Keyed hash of (tenant, person id), hexadecimal: what indexes and lists hold instead of the id. */
export type PersonReference = string;

export interface PersonalData {
  /**
   * JSON bytes with the marked fields sealed; a new person's key is durable before this resolves. Without marks, or
   * when no marked field is present, the bytes are plain. Errors: UNAVAILABLE when the key store cannot be reached,
   * INPUT_INVALID when a marked field is present and the person is not, PERSON_ERASED.
   */
  seal(tenant: string, marks: PersonalMarks | null, data: object): Promise<EventData>;
  /** Loads the keys that `reveal` needs for these events. Erased persons have none. Errors: UNAVAILABLE. */
  prepare(events: Iterable<StoredEvent>): Promise<void>;
  /**
   * The event with its fields in clear; those of an erased person are null. The same object when nothing is sealed.
   * Throws when `prepare` was not called for it.
   */
  reveal(event: StoredEvent): StoredEvent;
  referenceOf(tenant: string, personId: string): PersonReference;
  /** References of the persons whose sealed fields the event holds. */
  personsOf(event: StoredEvent): readonly PersonReference[];
  /**
   * Calls the listener soon (within 2 s, in every process) after a person was erased: whoever caches revealed data
   * drops all of it. Returns the way to stop.
   */
  onErased(listener: () => void): () => void;
}

/** JSON text of one event that is to be sealed. */
export interface SealRequest {
  /** CloudEvents type. */
  readonly type: string;
  readonly marks: PersonalMarks;
  /** Who it is where `marks.person` points to nothing, such as the subject of the event; null for nobody. */
  readonly otherwise: string | null;
  readonly text: Uint8Array;
}

export type SealResult =
  | { readonly status: 'plain' }
  | { readonly status: 'sealed'; readonly bytes: Uint8Array }
  /** A marked field is present and nobody is named. */
  | { readonly status: 'nobody' }
  | { readonly status: 'erased' };

/** Sealing of JSON text as it came in: what is not marked keeps its bytes. */
export interface TextSealer {
  /** One result a request, in order; new keys are durable when it resolves. Errors: UNAVAILABLE. */
  sealTexts(tenant: string, requests: readonly SealRequest[]): Promise<readonly SealResult[]>;
  /** The text with its fields in clear, those of erased persons null. Errors: UNAVAILABLE. */
  revealText(tenant: string, type: string, text: Uint8Array): Promise<Uint8Array>;
  /** References of the persons whose sealed fields a sealed text holds. */
  personsIn(text: Uint8Array): readonly PersonReference[];
}

export interface Person {
  readonly tenant: string;
  readonly personId: string;
  readonly reference: PersonReference;
}

/** Whoever keeps revealed data durably: snapshots, read models. Called after the key was destroyed. */
export interface ForgetsPersons {
  /** Clears what is held of the person; resolves with the tables that must be rewritten to lose the bytes. */
  forget(person: Person): Promise<readonly string[]>;
}
