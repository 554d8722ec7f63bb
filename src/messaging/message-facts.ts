/**
 * Appends facts to the streams of many messages at once. No decider is asked: a fact is what happened. Units that are handed
 * to the log in one turn share a commit, so 100 messages cost one.
 *
 * Ids of the events derive from message, kind and what tells repetitions apart. What this process has appended to a stream
 * it knows; of a stream it does not know, or that has moved on, the events are read. What is there already is left out, the
 * rest is appended to the end.
 */
import { createHash } from 'node:crypto';
import { DataKind, draftOf, type EventDraft } from '../core/event.ts';
import { wireType, type EventType } from '../core/event-type.ts';
import { Failure } from '../core/errors.ts';
import type { EventLog } from '../log/log.ts';
import { MESSAGE_FACTS, type MessageFact } from '../modules/messages/index.ts';

/** Of the aggregate `messages`, as the pipeline writes it. */
const SOURCE = '/comptoir/messages';
const CATEGORY = 'messages';
const EXTENSIONS = { actor: 'messaging' };
/** Streams of one append: a few milliseconds of packing. */
const STREAMS_PER_APPEND = 250;
/** Somebody else writes to a message's stream only when a person decides about it, or a webhook comes. */
const ROUNDS_MAX = 6;
const STREAM_PAGE = 200;
/** Streams of messages on their way, 500 bytes each. */
const STREAMS_KEPT_MAX = 50_000;

export interface NewFacts {
  readonly messageId: string;
  readonly facts: readonly MessageFact[];
  /** Tells these facts from others of the same kind on the same message: an attempt, the time of a hold. */
  readonly once: string;
  /** RFC 3339: when it happened. */
  readonly at: string;
  /** Presumes that nothing is on the stream yet, which spares a look; what is there all the same is found by the append. */
  readonly isFirst?: boolean;
}

export interface FactAppender {
  /** Durable when it resolves. Errors: OVERLOADED, UNAVAILABLE, STORAGE_FULL, OUTCOME_UNKNOWN: repeat it. */
  append(tenant: string, items: readonly NewFacts[]): Promise<void>;
}

type AppenderLog = Pick<EventLog, 'appendDecided' | 'streamVersions' | 'readStream'>;

const WIRE_TYPES: ReadonlyMap<string, string> = new Map(
  MESSAGE_FACTS.map((type: EventType) => [type.name, wireType(type)]),
);

export function createFactAppender(log: AppenderLog): FactAppender {
  const known = new Map<string, KnownStream>();
  return {
    async append(tenant, items) {
      const streams = joined(items);
      for (let start = 0; start < streams.length; start += STREAMS_PER_APPEND)
        await appendSome({ log, known, tenant }, streams.slice(start, start + STREAMS_PER_APPEND));
    },
  };
}

interface Place {
  readonly log: AppenderLog;
  readonly known: Map<string, KnownStream>;
  readonly tenant: string;
}

interface KnownStream {
  readonly version: bigint;
  /** Of its facts. */
  readonly ids: ReadonlySet<string>;
}

interface Waiting {
  readonly isFirst: boolean;
  readonly stream: string;
  readonly events: readonly EventDraft[];
  readonly ids: readonly string[];
}

/** One unit a stream: two units of one round would stand in each other's way. */
function joined(items: readonly NewFacts[]): readonly Waiting[] {
  const byStream = Map.groupBy(items, ({ messageId }) => `${CATEGORY}/${messageId}`);
  return [...byStream].map(([stream, some]) => {
    const facts = some.flatMap((item) => item.facts.map((fact) => factOf(item, fact)));
    const isFirst = some.some((item) => item.isFirst === true);
    const events = facts.map(({ draft }) => draft);
    return { isFirst, stream, events, ids: facts.map(({ id }) => id) };
  });
}

function factOf(
  { messageId, once, at }: NewFacts,
  fact: MessageFact,
): { readonly id: string; readonly draft: EventDraft } {
  const id = factId(messageId, fact.type, once);
  const type = WIRE_TYPES.get(fact.type);
  if (type === undefined) throw new TypeError(`${fact.type} is not a fact of messages`);
  const bytes = Buffer.from(JSON.stringify(fact.data));
  const draft = draftOf(
    {
      id,
      source: SOURCE,
      type,
      subject: messageId,
      time: at,
      dataContentType: 'application/json',
      extensions: EXTENSIONS,
    },
    { kind: DataKind.json, bytes },
  );
  return { id, draft };
}

/** A UUID of version 8 (RFC 9562) from a hash. */
function factId(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\0')).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function appendSome(place: Place, items: readonly Waiting[]): Promise<void> {
  let left = items;
  for (let round = 0; left.length > 0; round += 1) {
    if (round === ROUNDS_MAX)
      throw new Failure('VERSION_CONFLICT', 'The stream of a message did not hold still.');
    await learn(place, round === 0 ? left.filter(({ isFirst }) => !isFirst) : left);
    const outcomes = await Promise.all(left.map((item) => appendOne(place, item)));
    left = left.filter((_item, index) => outcomes[index] === false);
  }
}

/** New streams are told from others in one look; only the others are read. */
async function learn({ log, known, tenant }: Place, items: readonly Waiting[]): Promise<void> {
  const unknown = items.filter(({ stream }) => !known.has(keyOf(tenant, stream)));
  if (unknown.length === 0) return;
  const streams = unknown.map(({ stream }) => stream);
  const versions = await log.streamVersions(tenant, streams);
  await Promise.all(
    streams.map(async (stream, index) => {
      const isNew = versions[index] === 0n;
      const held = isNew ? NOTHING : await readWhole(log, tenant, stream);
      remember(known, keyOf(tenant, stream), held);
    }),
  );
}

const NOTHING: KnownStream = { version: 0n, ids: new Set() };

async function readWhole(log: AppenderLog, tenant: string, stream: string): Promise<KnownStream> {
  const ids = new Set<string>();
  let version = 0n;
  for (;;) {
    const options = { fromVersion: version + 1n, limit: STREAM_PAGE };
    const page = await log.readStream(tenant, stream, options);
    for (const event of page) ids.add(event.id);
    version = page.at(-1)?.streamVersion ?? version;
    if (page.length < STREAM_PAGE) return { version, ids };
  }
}

/** False when the stream was at another version. */
async function appendOne({ log, known, tenant }: Place, item: Waiting): Promise<boolean> {
  const { stream } = item;
  const key = keyOf(tenant, stream);
  const held = known.get(key) ?? NOTHING;
  const fresh = item.ids.map((id, index) => !held.ids.has(id) && item.ids.indexOf(id) === index);
  const events = item.events.filter((_event, index) => fresh[index]);
  if (events.length === 0) return true;
  const streams = [{ stream, expectedVersion: held.version, events }];
  const outcome = await log.appendDecided({ tenant, streams });
  if (outcome.status === 'appended') {
    const version = held.version + BigInt(events.length);
    remember(known, key, { version, ids: new Set([...held.ids, ...item.ids]) });
    return true;
  }
  known.delete(key);
  if (outcome.status === 'version-conflict') return false;
  throw new Failure('OUTCOME_UNKNOWN', 'It is not known whether facts of messages were stored.', {
    retryAfterSeconds: 1,
  });
}

function keyOf(tenant: string, stream: string): string {
  return `${tenant}\0${stream}`;
}

/** The oldest go first: what was sent a while ago gets no more facts as good as always. */
function remember(known: Map<string, KnownStream>, key: string, held: KnownStream): void {
  known.delete(key);
  known.set(key, held);
  if (known.size <= STREAMS_KEPT_MAX) return;
  for (const oldest of known.keys()) {
    known.delete(oldest);
    return;
  }
}
