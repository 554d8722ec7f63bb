/** Schemas, dead letters and data quality: what stands at the door of the log, over HTTP. */
import type { DeadLetter, DeadLetters } from '../ingest/dead-letters/dead-letters.ts';
import { EVENT_BYTES_MAX } from '../ingest/json-body.ts';
import type { Schemas } from '../ingest/schemas/schemas.ts';
import { Failure } from '../core/errors.ts';
import { positionText } from '../core/event-json.ts';
import {
  DeadLetterPage,
  DeadLetterView,
  QualityReport,
  RetryAnswer,
  RetryRequest,
  SchemaView,
} from '../contract.ts';
import { AFTER_PAGE, limitOf, limitParameter } from './query-input.ts';
import { scoped, type Parameter, type Route } from './route.ts';

/** Above what the schema service itself allows, so that its own answer with a reason comes first. */
const SCHEMA_BYTES_MAX = 256 * 1024;
const PAGE = { standard: 100, max: 100 };

export interface IngestServices {
  readonly schemas: Pick<Schemas, 'put' | 'get' | 'qualityReport'>;
  readonly deadLetters: Pick<DeadLetters, 'list' | 'get' | 'retry' | 'discard'>;
}

export function ingestServiceRoutes(services: IngestServices): readonly Route[] {
  return [...schemaRoutes(services), ...deadLetterRoutes(services)];
}

const TEXT = { type: 'string' };
const SCHEMA_NAME: readonly Parameter[] = [
  { name: 'type', in: 'path', description: 'Type of the events.', schema: TEXT },
  {
    name: 'version',
    in: 'path',
    description: '1 to 32 letters, digits, `.`, `_` and `-`.',
    schema: TEXT,
  },
];
const SCHEMA_EXAMPLE = {
  mode: 'strict',
  schema: { type: 'object', required: ['quantity'], properties: { quantity: { type: 'integer' } } },
  personal: [],
  person: null,
  rules: [{ name: 'quantity is positive', expression: 'quantity > 0' }],
};

function schemaRoutes({ schemas }: IngestServices): readonly Route[] {
  const nameOf = (params: Readonly<Record<string, string>>) => ({
    type: params['type'] ?? '',
    version: params['version'] ?? '',
  });
  return [
    {
      method: 'PUT',
      path: '/v1/schemas/{type}/{version}',
      operationId: 'putSchema',
      tag: 'Schemas and quality',
      summary: 'Register a schema for events of a type',
      description:
        'JSON Schema 2020-12. `strict` refuses what does not match and keeps it as a dead letter; `observe` stores and ' +
        'counts it. A registered version never changes; it is effective everywhere within 2 seconds.',
      access: scoped('admin'),
      parameters: SCHEMA_NAME,
      body: {
        bytesMax: SCHEMA_BYTES_MAX,
        content: { 'application/json': { schema: { type: 'object' }, example: SCHEMA_EXAMPLE } },
      },
      answers: {
        200: { description: 'Registered before with the same content', schema: SchemaView },
        201: { description: 'Registered', schema: SchemaView },
      },
      audit: { class: 'audit', action: 'schema.registered', keepsBody: true },
      errors: ['INPUT_INVALID', 'SCHEMA_EXISTS', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
      async handle({ principal, params, body }) {
        const { created, schema } = await schemas.put(principal.tenant, nameOf(params), body);
        return { status: created ? 201 : 200, body: schema };
      },
    },
    {
      method: 'GET',
      path: '/v1/schemas/{type}/{version}',
      operationId: 'getSchema',
      tag: 'Schemas and quality',
      summary: 'A registered schema',
      access: scoped('events:read'),
      parameters: SCHEMA_NAME,
      answers: { 200: { description: 'The schema', schema: SchemaView } },
      errors: ['NOT_FOUND'],
      async handle({ principal, params }) {
        return { status: 200, body: await schemas.get(principal.tenant, nameOf(params)) };
      },
    },
    {
      method: 'GET',
      path: '/v1/quality',
      operationId: 'qualityReport',
      tag: 'Schemas and quality',
      summary: 'How many events passed and failed each check, by type',
      access: scoped('events:read'),
      answers: { 200: { description: 'The report', schema: QualityReport } },
      async handle({ principal }) {
        return { status: 200, body: await schemas.qualityReport(principal.tenant) };
      },
    },
  ];
}

const LETTER_ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The id of the dead letter.',
  schema: TEXT,
};

function deadLetterRoutes(services: IngestServices): readonly Route[] {
  return [...readingRoutes(services), ...settlingRoutes(services)];
}

function readingRoutes({ deadLetters }: IngestServices): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/events/rejected',
      operationId: 'listDeadLetters',
      tag: 'Dead letters',
      summary: 'Events that a strict schema refused, newest first',
      access: scoped('events:read'),
      parameters: [AFTER_PAGE, limitParameter('dead letters', PAGE)],
      answers: { 200: { description: 'A page', schema: DeadLetterPage } },
      audit: { class: 'access', action: 'dead-letters.listed' },
      errors: ['INPUT_INVALID', 'CURSOR_INVALID'],
      async handle({ principal, query }) {
        const { items, next, more } = await deadLetters.list(principal.tenant, {
          after: query.get('after'),
          limit: limitOf(query, PAGE),
        });
        const rest = `"next":${JSON.stringify(next)},"more":${more}`;
        return { status: 200, body: `{"items":[${items.map(letterJson).join()}],${rest}}` };
      },
    },
    {
      method: 'GET',
      path: '/v1/events/rejected/{id}',
      operationId: 'getDeadLetter',
      tag: 'Dead letters',
      summary: 'One dead letter with its event',
      access: scoped('events:read'),
      parameters: [LETTER_ID],
      answers: { 200: { description: 'The dead letter', schema: DeadLetterView } },
      audit: { class: 'access', action: 'dead-letters.read' },
      errors: ['NOT_FOUND'],
      async handle({ principal, params }) {
        const letter = await deadLetters.get(principal.tenant, params['id'] ?? '');
        return { status: 200, body: letterJson(letter) };
      },
    },
  ];
}

function settlingRoutes({ deadLetters }: IngestServices): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/events/rejected/{id}/retry',
      operationId: 'retryDeadLetter',
      tag: 'Dead letters',
      summary: 'Judge the event by today’s schemas and store it',
      description:
        'With `event` an edited one is stored in its place: a new event with an id of its own (that of the dead letter ' +
        'where it kept the old one), judged as any received event; `causationid` names the refused one. The dead ' +
        'letter is settled with a reference to it. While it is refused the dead letter stays open as it was.',
      access: scoped('events:write'),
      parameters: [LETTER_ID],
      body: {
        bytesMax: EVENT_BYTES_MAX,
        content: { 'application/json': { schema: RetryRequest, example: {} } },
        validatedLater: true,
        exactNumbers: true,
      },
      answers: { 200: { description: 'Stored, now or before', schema: RetryAnswer } },
      audit: { class: 'audit', action: 'dead-letter.retried' },
      errors: [
        'NOT_FOUND',
        'DEAD_LETTER_SETTLED',
        'EVENT_INVALID',
        'RESERVED_TYPE',
        'INPUT_INVALID',
        'TOO_LARGE',
        'UNSUPPORTED_MEDIA_TYPE',
        'EVENT_CONFLICT',
        'SCHEMA_VIOLATION',
        'OUTCOME_UNKNOWN',
        'STORAGE_FULL',
      ],
      async handle({ principal, params, body }) {
        const edited = editedOf(body);
        const retried = await deadLetters.retry(principal.tenant, params['id'] ?? '', edited);
        return { status: 200, body: { ...retried, position: positionText(retried.position) } };
      },
    },
    {
      method: 'POST',
      path: '/v1/events/rejected/{id}/discard',
      operationId: 'discardDeadLetter',
      tag: 'Dead letters',
      summary: 'Settle the dead letter without storing its event',
      access: scoped('events:write'),
      parameters: [LETTER_ID],
      answers: { 204: { description: 'Discarded' } },
      audit: { class: 'audit', action: 'dead-letter.discarded' },
      errors: ['NOT_FOUND', 'DEAD_LETTER_SETTLED'],
      async handle({ principal, params }) {
        await deadLetters.discard(principal.tenant, params['id'] ?? '');
        return { status: 204 };
      },
    },
  ];
}

/** The edited event of a retry, if there is one. Errors: INPUT_INVALID. */
function editedOf(body: unknown): object | undefined {
  const refuse = (at: string): never => {
    throw new Failure('INPUT_INVALID', 'The body holds nothing but event, a CloudEvent.', {
      errors: [{ at, message: 'is not accepted here', code: 'NOT_ACCEPTED' }],
    });
  };
  if (!isPlainObject(body)) return refuse('/');
  let edited: object | undefined;
  for (const [name, value] of Object.entries(body)) {
    if (name !== 'event' || !isPlainObject(value)) return refuse(`/${name.slice(0, 64)}`);
    edited = value;
  }
  return edited;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The event goes out as the text it came in as, so that its numbers keep every digit. */
function letterJson({ eventJson, position, ...letter }: DeadLetter): string {
  const plain = JSON.stringify({
    ...letter,
    position: position === null ? null : positionText(position),
  });
  return `${plain.slice(0, -1)},"event":${eventJson ?? 'null'}}`;
}
