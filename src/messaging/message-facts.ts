/**
 * Appends facts to the streams of many messages at once. No decider is asked: a fact is what happened. Units that are handed
 * to the log in one turn share a commit, so 100 messages cost one.
 *
 * Ids of the events derive from message, kind and what tells repetitions apart. Where a stream has moved on, it is read:
 * what is there already is left out, the rest is appended to its end.
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
/** Versions of messages on their way, 100 bytes each. */
const VERSIONS_KEPT_MAX = 50_000;

export interface NewFacts {
  readonly messageId: string;
  readonly facts: readonly MessageFact[];
  /** Tells these facts from others of the same kind on the same message: an attempt, the time of a hold. */
  readonly once: string;
  /** RFC 3339: when it happened. */
  readonly at: string;
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
  const versions = new Map<string, bigint>();
  return {
    async append(tenant, items) {
      for (let start = 0; start < items.length; start += STREAMS_PER_APPEND)
        await appendSome(
          { log, versions, tenant },
          joined(items.slice(start, start + STREAMS_PER_APPEND)),
        );
    },
  };
}

interface Place {
  readonly log: AppenderLog;
  readonly versions: Map<string, bigint>;
  readonly tenant: string;
}

interface Waiting {
  readonly stream: string;
  readonly events: readonly EventDraft[];
  readonly ids: readonly string[];
}

/** One unit a stream: two units of one round would stand in each other's way. */
function joined(items: readonly NewFacts[]): readonly Waiting[] {
  const byStream = Map.groupBy(items, ({ messageId }) => `${CATEGORY}/${messageId}`);
  return [...byStream].map(([stream, some]) => {
    const facts = some.flatMap((item) => item.facts.map((fact) => factOf(item, fact)));
    return { stream, events: facts.map(({ draft }) => draft), ids: facts.map(({ id }) => id) };
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
    if (round > 0) left = await withoutStored(place, left);
    else await learnVersions(place, left);
    const outcomes = await Promise.all(left.map((item) => appendOne(place, item)));
    left = left.filter((_item, index) => outcomes[index] === false);
  }
}

async function learnVersions({ log, versions, tenant }: Place, items: readonly Waiting[]) {
  const unknown = items.filter(({ stream }) => !versions.has(keyOf(tenant, stream)));
  if (unknown.length === 0) return;
  const found = await log.streamVersions(
    tenant,
    unknown.map(({ stream }) => stream),
  );
  for (const [index, { stream }] of unknown.entries())
    remember(versions, keyOf(tenant, stream), found[index] ?? 0n);
}

/** False when the stream was at another version. */
async function appendOne({ log, versions, tenant }: Place, item: Waiting): Promise<boolean> {
  const { stream, events } = item;
  const key = keyOf(tenant, stream);
  const expectedVersion = versions.get(key) ?? 0n;
  if (events.length === 0) return true;
  const outcome = await log.appendDecided({
    tenant,
    streams: [{ stream, expectedVersion, events }],
  });
  if (outcome.status === 'appended') {
    remember(versions, key, expectedVersion + BigInt(events.length));
    return true;
  }
  versions.delete(key);
  if (outcome.status === 'version-conflict') return false;
  throw new Failure('OUTCOME_UNKNOWN', 'It is not known whether facts of messages were stored.', {
    retryAfterSeconds: 1,
  });
}

/** What is on the streams already is left out; their versions are known afterwards. */
async function withoutStored(
  { log, versions, tenant }: Place,
  items: readonly Waiting[],
): Promise<readonly Waiting[]> {
  return Promise.all(
    items.map(async ({ stream, events, ids }) => {
      const stored = new Set<string>();
      let version = 0n;
      for (;;) {
        const page = await log.readStream(tenant, stream, {
          fromVersion: version + 1n,
          limit: STREAM_PAGE,
        });
        for (const event of page) stored.add(event.id);
        version = page.at(-1)?.streamVersion ?? version;
        if (page.length < STREAM_PAGE) break;
      }
      remember(versions, keyOf(tenant, stream), version);
      const fresh = ids.map((id) => !stored.has(id));
      return {
        stream,
        events: events.filter((_event, index) => fresh[index]),
        ids: ids.filter((_id, index) => fresh[index]),
      };
    }),
  );
}

function keyOf(tenant: string, stream: string): string {
  return `${tenant}\0${stream}`;
}

/** The oldest go first: what was sent a while ago gets no more facts as good as always. */
function remember(versions: Map<string, bigint>, key: string, version: bigint): void {
  versions.delete(key);
  versions.set(key, version);
  for (const oldest of versions.keys()) {
    if (versions.size <= VERSIONS_KEPT_MAX) return;
    versions.delete(oldest);
  }
}
