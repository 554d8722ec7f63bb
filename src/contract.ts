/**
 * Shapes that the server, the console and the tools share: what goes over HTTP. Safe in a browser: no Node import.
 * The same schemas validate bodies and stand in /openapi.json.
 */
import { Type, type Static } from 'typebox';
import type { Scope as AnyScope } from './access/principal.ts';

const Time = Type.String({ format: 'date-time', description: 'RFC 3339 with zone.' });
const CursorText = Type.String({
  description: 'Opaque. May be stored, survives restarts, is valid under other filters.',
});
const Count = Type.Integer({ minimum: 0 });

/** A CloudEvent 1.0 as it is read: the producer's attributes, and where and when it was recorded. */
export const EventJson = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: Type.String(),
    source: Type.String(),
    type: Type.String(),
    subject: Type.Optional(Type.String()),
    time: Type.Optional(Type.String()),
    datacontenttype: Type.Optional(Type.String()),
    dataschema: Type.Optional(Type.String()),
    recordedtime: Time,
    position: Type.String({
      pattern: '^[0-9]{20}$',
      description: 'Dense 1, 2, 3 ... in its bucket.',
    }),
    bucket: Type.Integer({ minimum: 0 }),
    stream: Type.Optional(Type.String()),
    streamversion: Type.Optional(Type.Integer({ minimum: 1 })),
    data: Type.Optional(Type.Unknown()),
    data_base64: Type.Optional(Type.String()),
  },
  { additionalProperties: true, description: 'CloudEvents 1.0 with extension attributes.' },
);
export type EventJson = Static<typeof EventJson>;

export const EventPage = Type.Object({
  events: Type.Array(EventJson),
  next: CursorText,
  newer: Type.Optional(
    Type.String({
      description:
        'Of a listing newest first: a cursor for listings oldest first and for tails. It leads to what was recorded ' +
        'after the newest event that this page could hold.',
    }),
  ),
  more: Type.Boolean({
    description: 'False ends the listing. A page may be empty while this is true.',
  }),
});
export type EventPage = Static<typeof EventPage>;

export const StreamPage = Type.Object({
  events: Type.Array(EventJson),
  next: Type.String({ description: 'Version to pass as `after`.' }),
  more: Type.Boolean(),
});
export type StreamPage = Static<typeof StreamPage>;

/** Answer to one event. */
export const IngestAnswer = Type.Object({
  status: Type.Union([Type.Literal('created'), Type.Literal('duplicate')]),
  position: Type.String(),
  cursor: CursorText,
});
export type IngestAnswer = Static<typeof IngestAnswer>;

export const BatchAnswer = Type.Object({
  accepted: Count,
  duplicates: Count,
  rejected: Count,
  results: Type.Array(
    Type.Object({
      index: Count,
      status: Type.Enum(['created', 'duplicate', 'conflict', 'rejected', 'unknown']),
      position: Type.Optional(Type.String()),
      code: Type.Optional(Type.String()),
      detail: Type.Optional(Type.String()),
    }),
  ),
});
export type BatchAnswer = Static<typeof BatchAnswer>;

/** What is wrong with one field, with a code that has words in any language. */
export const FieldErrorJson = Type.Object({
  at: Type.String(),
  message: Type.String(),
  code: Type.Optional(Type.String()),
  params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

/** RFC 9457 with `code`, `traceId` and, for input, `errors`. */
export const ProblemJson = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    traceId: Type.String(),
    errors: Type.Optional(Type.Array(FieldErrorJson)),
  },
  { additionalProperties: true },
);
export type ProblemJson = Static<typeof ProblemJson>;

const Scope = Type.Unsafe<AnyScope>({
  type: 'string',
  description:
    'Of the server, `MODULE:read` or `MODULE:write`, or `all` for everything in the tenant.',
});

export const KeyCreate = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\p{Cc}\\p{Cs}]+$' }),
    scopes: Type.Array(Scope, { minItems: 1, uniqueItems: true }),
    expiresAt: Type.Optional(Time),
  },
  { additionalProperties: false },
);
export type KeyCreate = Static<typeof KeyCreate>;

const Nullable = { type: ['string', 'null'] };

export const KeyView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Scope),
  createdAt: Time,
  expiresAt: Type.Unsafe<string | null>(Nullable),
  revokedAt: Type.Unsafe<string | null>(Nullable),
  lastUsedOn: Type.Unsafe<string | null>({ ...Nullable, description: 'A day, UTC.' }),
});
export type KeyView = Static<typeof KeyView>;

export const KeyCreated = Type.Object({
  id: Type.String(),
  key: Type.String({ description: 'Shown this once.' }),
  name: Type.String(),
  scopes: Type.Array(Scope),
  createdAt: Time,
  expiresAt: Type.Unsafe<string | null>(Nullable),
});
export type KeyCreated = Static<typeof KeyCreated>;

export const KeyPage = Type.Object({
  items: Type.Array(KeyView),
  next: Type.Unsafe<string | null>(Nullable),
  more: Type.Boolean(),
});
export type KeyPage = Static<typeof KeyPage>;

export const TenantCreate = Type.Object(
  { id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }) },
  { additionalProperties: false },
);
export type TenantCreate = Static<typeof TenantCreate>;

export const TenantCreated = Type.Object({
  tenant: Type.String(),
  apiKey: Type.String({
    description: 'Every scope that does not reach beyond the tenant. Shown this once.',
  }),
});
export type TenantCreated = Static<typeof TenantCreated>;

const Rate = Type.Number({ minimum: 0 });
const Latency = Type.Union([Type.Number(), Type.Null()], {
  description: 'Milliseconds; null in a second without appends.',
});

/** What one process did in one second. */
export const LiveFigure = Type.Object({
  at: Type.Number({ description: 'Milliseconds since the epoch at the end of the second.' }),
  acceptedPerSecond: Type.Number({
    minimum: 0,
    description: 'Events made durable: received ones and those that commands decided.',
  }),
  duplicatesPerSecond: Rate,
  rejectedPerSecond: Rate,
  appendP50Ms: Latency,
  appendP95Ms: Latency,
  appendP99Ms: Latency,
  queueLength: Type.Number({ description: 'Events waiting for a commit.' }),
  lagSeconds: Type.Number(),
  rssBytes: Type.Number(),
  cpuCores: Type.Number({ description: 'Cores in use by this process.' }),
});
export type LiveFigure = Static<typeof LiveFigure>;

export const LiveFigures = Type.Object({
  latest: Type.Union([LiveFigure, Type.Null()]),
  history: Type.Array(LiveFigure),
});
export type LiveFigures = Static<typeof LiveFigures>;

/** How long received events of a type are held. */
export const RetentionRule = Type.Object(
  { ageSeconds: Type.Integer({ minimum: 1, description: 'Age in seconds of recorded time.' }) },
  { additionalProperties: false },
);
export type RetentionRule = Static<typeof RetentionRule>;

export const RetentionPage = Type.Object({
  items: Type.Array(Type.Object({ type: Type.String(), ageSeconds: Type.Integer() })),
});

/** A registered schema of an event type. */
export const SchemaView = Type.Object({
  type: Type.String(),
  version: Type.String(),
  mode: Type.Enum(['strict', 'observe']),
  schema: Type.Unknown(),
  personal: Type.Array(Type.String(), { description: 'JSON Pointers of personal fields.' }),
  person: Type.Unsafe<string | null>({ ...Nullable, description: 'JSON Pointer of who it is.' }),
  rules: Type.Array(Type.Object({ name: Type.String(), expression: Type.String() })),
  createdAt: Time,
});
export type SchemaView = Static<typeof SchemaView>;

export const DeadLetterView = Type.Object({
  id: Type.String(),
  status: Type.Enum(['open', 'retried', 'discarded']),
  code: Type.String(),
  detail: Type.String(),
  attempts: Count,
  createdAt: Time,
  settledAt: Type.Unsafe<string | null>(Nullable),
  position: Type.Unsafe<string | null>({ ...Nullable, description: 'Where the event stands.' }),
  source: Type.String(),
  eventId: Type.String(),
  type: Type.String(),
  storedEventId: Type.Unsafe<string | null>({
    ...Nullable,
    description: 'Id of the event that was stored: its own or that of the edited one.',
  }),
  event: Type.Unknown({ description: 'The event as it was sent; null once settled.' }),
});
export type DeadLetterView = Static<typeof DeadLetterView>;

export const DeadLetterPage = Type.Object({
  items: Type.Array(DeadLetterView),
  next: Type.Unsafe<string | null>(Nullable),
  more: Type.Boolean(),
});
export type DeadLetterPage = Static<typeof DeadLetterPage>;

/** Nothing tries the event itself again; an edited one is stored in its place. */
export const RetryRequest = Type.Object(
  {
    event: Type.Optional(
      Type.Object(
        {},
        {
          additionalProperties: true,
          description: 'A CloudEvent with an id of its own; `causationid` is set when absent.',
        },
      ),
    ),
  },
  { additionalProperties: false },
);
export type RetryRequest = Static<typeof RetryRequest>;

export const RetryAnswer = Type.Object({
  status: Type.Enum(['created', 'duplicate']),
  position: Type.String(),
  eventId: Type.String({ description: 'Of the event that stands there.' }),
});
export type RetryAnswer = Static<typeof RetryAnswer>;

export const QualityReport = Type.Object({
  types: Type.Array(
    Type.Object({
      type: Type.String(),
      checks: Type.Array(
        Type.Object({
          check: Type.String(),
          passed: Count,
          failed: Count,
          lastFailedAt: Type.Unsafe<string | null>(Nullable),
        }),
      ),
    }),
  ),
});
export type QualityReport = Static<typeof QualityReport>;

export const Health = Type.Object({
  status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]),
  dependencies: Type.Record(
    Type.String(),
    Type.Object({
      status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]),
      detail: Type.Optional(Type.String()),
    }),
  ),
});
export type Health = Static<typeof Health>;
