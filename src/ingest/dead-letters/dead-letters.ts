/**
 * Events that were refused although they are well-formed, kept so that nothing a business sent is lost.
 *
 * Only a violation of a strict schema makes a dead letter: the event itself is sound and may become acceptable when the
 * schema gets its next version. Malformed input is refused and not kept: its sender still has it, it cannot be retried
 * by us, and keeping what cannot be parsed would let anybody fill the disk with anything.
 *
 * A letter is open until it is retried with success or discarded; then its event is dropped. The same event sent again
 * is the same letter (its id stays, its attempts grow, a settled one is opened again), so a producer that repeats a
 * refused event for hours fills nothing. A tenant has at most DEAD_LETTERS_PER_TENANT_MAX of them: settled ones make
 * room, oldest first; when all are open, further violations are refused as OVERLOADED until somebody settles some.
 *
 * What schemas mark as personal is not kept in clear: the data of such an event is sealed as a whole, since what does not
 * match its schema may have personal data anywhere. Where nobody is named who could be erased, the data is dropped.
 *
 * A letter cannot be edited: the corrected event is a new event with an id of its own and the extension `causationid`
 * naming the refused one. A retry may bring it; the letter is then settled with a reference to it.
 */
import { createHash } from 'node:crypto';
import { Failure } from '../../core/errors.ts';
import type { EventDraft } from '../../core/event.ts';
import type { ForgetsPersons, Person, TextSealer } from '../../core/personal-data.ts';
import type { EventLog } from '../../log/log.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { isRejection, createEventParser, createTextCaches } from '../structured-event.ts';
import { parseSingle } from '../json-body.ts';
import { failureOf } from '../rejection.ts';
import type { ReceivedSealer, SealedOutcome } from '../received-sealer.ts';
import type { MarksOf, SchemaJudge, SchemaViolation } from '../schemas/schemas.ts';
import {
  countDeadLetters,
  noteAttempt,
  readDeadLetter,
  readDeadLetters,
  removeSettled,
  settleDeadLetter,
  upsertDeadLetters,
  type DeadLetterRow,
  type DeadLetterStatus,
  type NewDeadLetter,
  type Owner,
} from './dead-letter-rows.ts';
import { editedEventText } from './edited-event.ts';
import { eventBytesOf, textAt } from './event-bytes.ts';
import { createLetterSealer, lettersOfPersons, type LetterText } from './letter-sealer.ts';

export const DEAD_LETTERS_PER_TENANT_MAX = 10_000;
/** Bytes of events on one page of a listing, beside its limit on items: an event may have a mebibyte. */
const PAGE_MAX = 100;
/** A tenant that is full has to be looked after by a person. */
const FULL_RETRY_SECONDS = 60;

export interface DeadLetter {
  readonly id: string;
  readonly status: DeadLetterStatus;
  readonly code: string;
  readonly detail: string;
  /** How often the event was refused. */
  readonly attempts: number;
  readonly createdAt: string;
  readonly settledAt: string | null;
  /** Where the retried event stands, 20 digits. */
  readonly position: bigint | null;
  readonly source: string;
  readonly eventId: string;
  readonly type: string;
  /** Id of the event that was stored: its own or that of an edited one; null while none is. */
  readonly storedEventId: string | null;
  /** JSON text of the event as it was sent; null once settled. Numbers beyond 2^53 survive only in this text. */
  readonly eventJson: string | null;
}

export interface DeadLetterPage {
  /** Newest first. */
  readonly items: readonly DeadLetter[];
  /** Give as `after` to go on with older ones; null when the page is empty and none was given. */
  readonly next: string | null;
  readonly more: boolean;
}

export interface Retried {
  readonly status: 'created' | 'duplicate';
  readonly position: bigint;
  /** Of the event that stands there. */
  readonly eventId: string;
}

export interface RefusedEvent {
  readonly draft: EventDraft;
  readonly violation: SchemaViolation;
}

export interface DeadLetters extends ForgetsPersons {
  /** Stores refused events of a request durably; answers with their ids in order. Errors: OVERLOADED, UNAVAILABLE. */
  keep(tenant: string, refused: readonly RefusedEvent[]): Promise<readonly string[]>;
  /** Newest first; `after` is the `next` of the page before. `limit` is cut to 100. Errors: CURSOR_INVALID. */
  list(
    tenant: string,
    page: { after?: string | undefined; limit?: number | undefined },
  ): Promise<DeadLetterPage>;
  /** Errors: NOT_FOUND. */
  get(tenant: string, id: string): Promise<DeadLetter>;
  /**
   * Judges the event, or the edited one in its place, by today's schemas and appends it. An edited one that is refused
   * makes no letter of its own: whoever edited it still has it. Two different ones at the same moment may both be stored,
   * each naming its cause. Errors: NOT_FOUND, DEAD_LETTER_SETTLED, EVENT_INVALID, RESERVED_TYPE, SCHEMA_VIOLATION,
   * EVENT_CONFLICT, OUTCOME_UNKNOWN and those of the log; the letter then stays open.
   */
  retry(tenant: string, id: string, edited?: object): Promise<Retried>;
  /** JSON texts, in clear, of the open letters about a person. */
  about(person: Person): Promise<readonly string[]>;
  /** Errors: NOT_FOUND, DEAD_LETTER_SETTLED. */
  discard(tenant: string, id: string): Promise<void>;
}

export interface DeadLettersDependencies {
  readonly database: Database;
  readonly log: Pick<EventLog, 'bucketOf' | 'appendReceived'>;
  readonly schemas: {
    judgeOf(tenant: string): SchemaJudge | undefined;
    marksOf?(tenant: string): MarksOf | undefined;
  };
  /** Absent where no schema may mark personal fields. */
  readonly personal?: TextSealer;
  readonly sealer?: ReceivedSealer;
  /** A UUID of version 7, so that letters sort by time. */
  readonly newId: () => string;
}

export function createDeadLetters(dependencies: DeadLettersDependencies): DeadLetters {
  const { database, log, schemas, newId, sealer } = dependencies;
  const letters = createLetterSealer(dependencies);
  const parser = createEventParser(createTextCaches());
  const ownerOf = (tenant: string): Owner => ({ bucket: log.bucketOf(tenant), tenant });

  async function read(tenant: string, id: string): Promise<DeadLetterRow> {
    const row = UUID.test(id) ? await readDeadLetter(database, ownerOf(tenant), id) : undefined;
    if (row === undefined) throw new Failure('NOT_FOUND', 'There is no dead letter with this id.');
    return row;
  }

  async function shownLetter(tenant: string, row: DeadLetterRow): Promise<DeadLetter> {
    const event = row.event === null ? null : await letters.clear(tenant, row.event, row);
    return letterOf({ ...row, event });
  }

  async function retry(tenant: string, id: string, edited?: object): Promise<Retried> {
    const row = await read(tenant, id);
    if (row.event === null) throw settledBefore();
    const text =
      edited === undefined
        ? await letters.clear(tenant, row.event, row)
        : editedEventText({ letterId: row.id, source: row.source, eventId: row.event_id }, edited);
    const draft = parseSingle(parser, text);
    if (isRejection(draft)) throw failureOf(draft);
    const violation = schemas.judgeOf(tenant)?.(draft) ?? null;
    if (violation !== null) {
      if (edited === undefined)
        await noteAttempt(database, ownerOf(tenant), { id, detail: violation.detail });
      throw failureOf(violationRejection(violation, id));
    }
    const [outcome] = await (sealer?.of(tenant)?.([draft]) ?? log.appendReceived(tenant, [draft]));
    const { status, position } = storedOutcome(outcome);
    // Two retries at once append one event: the log knows its key. The second finds the letter settled, which is fine.
    const eventId = textAt(draft, draft.idStart, draft.idEnd) ?? row.event_id;
    const settled = { id, status: 'retried', position, storedEventId: eventId } as const;
    await settleDeadLetter(database, ownerOf(tenant), settled);
    return { status, position, eventId };
  }

  return {
    async keep(tenant, refused) {
      const events = await letters.seal(tenant, refused);
      return keepRefused(database, ownerOf(tenant), { refused, events, newId });
    },
    ...lettersOfPersons(database, letters, ownerOf),
    async list(tenant, { after, limit = PAGE_MAX }) {
      if (after !== undefined && !UUID.test(after)) throw cursorInvalid();
      const size = Math.min(Math.max(1, limit), PAGE_MAX);
      const page = { before: after ?? null, limit: size + 1 };
      const rows = await readDeadLetters(database, ownerOf(tenant), page);
      const shown = rows.slice(0, size);
      const items = await Promise.all(shown.map((row) => shownLetter(tenant, row)));
      return { items, next: items.at(-1)?.id ?? after ?? null, more: rows.length > size };
    },
    get: async (tenant, id) => shownLetter(tenant, await read(tenant, id)),
    retry,
    async discard(tenant, id) {
      await read(tenant, id);
      const settled = { id, status: 'discarded', position: null, storedEventId: null } as const;
      if (!(await settleDeadLetter(database, ownerOf(tenant), settled))) throw settledBefore();
    },
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function violationRejection(violation: SchemaViolation, deadLetterId: string) {
  const detail = `The data does not match version ${violation.version} of its schema: ${violation.detail}`;
  return { code: 'SCHEMA_VIOLATION', detail, at: 'data', deadLetterId } as const;
}

/** Errors: those of an event that was not stored. */
function storedOutcome(outcome: SealedOutcome | undefined) {
  if (outcome?.status === 'rejected') throw failureOf(outcome.rejection);
  if (outcome === undefined || outcome.status === 'unknown')
    throw new Failure(
      'OUTCOME_UNKNOWN',
      'It is not known yet whether the event was stored; retry again.',
    );
  if (outcome.status === 'conflict')
    throw new Failure(
      'EVENT_CONFLICT',
      'An event with this source and id but other content was stored meanwhile.',
    );
  return outcome;
}

function cursorInvalid(): Failure {
  return new Failure(
    'CURSOR_INVALID',
    'The cursor cannot be read; use one that this server gave you.',
  );
}

function settledBefore(): Failure {
  return new Failure(
    'DEAD_LETTER_SETTLED',
    'The dead letter was retried with success or discarded before.',
  );
}

interface Keeping {
  readonly refused: readonly RefusedEvent[];
  /** Their texts, in the same order. */
  readonly events: readonly LetterText[];
  readonly newId: () => string;
}

/** One event may stand in a request twice: it is stored once, and both get its id. */
async function keepRefused(
  database: Database,
  owner: Owner,
  { refused, events, newId }: Keeping,
): Promise<string[]> {
  const letters = new Map<string, NewDeadLetter>();
  const fingerprints = refused.map((event, index) => {
    const letter = newLetter(event, newId(), events[index]);
    const key = letter.fingerprint.toString('hex');
    if (!letters.has(key)) letters.set(key, letter);
    return key;
  });
  const inOrder = [...letters.keys()].sort().flatMap((key) => letters.get(key) ?? []);
  const ids = await database.transaction(async (tx) => {
    const stored = await upsertDeadLetters(tx, owner, inOrder);
    const excess = (await countDeadLetters(tx, owner)) - DEAD_LETTERS_PER_TENANT_MAX;
    if (excess > 0 && (await removeSettled(tx, owner, excess)) < excess)
      throw new Failure(
        'OVERLOADED',
        `There are ${DEAD_LETTERS_PER_TENANT_MAX} open dead letters; settle some.`,
        {
          retryAfterSeconds: FULL_RETRY_SECONDS,
        },
      );
    return stored;
  });
  return fingerprints.map((key) => ids.get(key) ?? '');
}

function newLetter(
  { draft, violation }: RefusedEvent,
  id: string,
  text?: LetterText,
): NewDeadLetter {
  const { event, sealed } = text ?? { event: eventBytesOf(draft), sealed: false };
  return {
    id,
    fingerprint: createHash('sha256').update(event).digest(),
    type: draft.type,
    source: draft.source,
    eventId: textAt(draft, draft.idStart, draft.idEnd) ?? '',
    code: 'SCHEMA_VIOLATION',
    detail: violation.detail,
    event,
    sealed,
  };
}

function letterOf(row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    status: row.status,
    code: row.code,
    detail: row.detail,
    attempts: row.attempts,
    createdAt: new Date(row.created_at).toISOString(),
    settledAt: row.settled_at === null ? null : new Date(row.settled_at).toISOString(),
    position: row.position,
    source: row.source,
    eventId: row.event_id,
    type: row.type,
    storedEventId: row.status === 'retried' ? (row.stored_event_id ?? row.event_id) : null,
    eventJson: row.event?.toString('utf8') ?? null,
  };
}
