/** Answers by key and commands by id of one bucket. Time and positions are given by the storage. */
import { ANSWER_KEPT_SECONDS, type AnswerRecord, type StoredAnswer } from '../log.ts';

export interface Marks {
  /** One past its time is overwritten when its key is used anew. */
  readonly answers: Map<string, StoredAnswer>;
  /** For the life of their streams. */
  readonly commands: Map<string, StoredCommand>;
}

/** Version and position of a command's last event in its stream. */
export interface StoredCommand {
  readonly version: bigint;
  readonly position: bigint;
}

export interface CommandPlace {
  readonly tenant: string;
  readonly stream: string;
  readonly commandId: string;
}

export function createMarks(): Marks {
  return { answers: new Map(), commands: new Map() };
}

/** The stored answer of a key, null when there is none or it is past its time at `nowMicros`. */
export function answerIn(
  marks: Marks,
  place: { readonly tenant: string; readonly key: Uint8Array },
  nowMicros: bigint,
): StoredAnswer | null {
  const stored = marks.answers.get(answerText(place.tenant, place.key));
  const edge = nowMicros - BigInt(ANSWER_KEPT_SECONDS) * 1_000_000n;
  return stored && stored.recordedAtMicros > edge ? stored : null;
}

/** Keeps a copy of the record's bytes. */
export function storeAnswer(
  marks: Marks,
  record: AnswerRecord & { readonly tenant: string },
  at: Pick<StoredAnswer, 'position' | 'recordedAtMicros'>,
): StoredAnswer {
  const { tenant, key, request, body } = record;
  // `slice` of a Buffer is a view.
  const bytes = {
    key: Uint8Array.from(key),
    request: Uint8Array.from(request),
    body: Uint8Array.from(body),
  };
  const stored = Object.freeze({ ...bytes, ...at });
  marks.answers.set(answerText(tenant, key), stored);
  return stored;
}

export function commandIn(marks: Marks, place: CommandPlace): StoredCommand | null {
  return marks.commands.get(commandText(place)) ?? null;
}

export function storeCommand(marks: Marks, place: CommandPlace, stored: StoredCommand): void {
  marks.commands.set(commandText(place), stored);
}

function answerText(tenant: string, key: Uint8Array): string {
  return JSON.stringify([tenant, Buffer.from(key).toString('hex')]);
}

function commandText({ tenant, stream, commandId }: CommandPlace): string {
  return JSON.stringify([tenant, stream, commandId]);
}
