/** What the raw ingest handler serves, described for /openapi.json; it is mounted before the router. */
import { BatchAnswer, IngestAnswer } from '../contract.ts';
import { POSTED_EVENT_EXAMPLE } from './examples.ts';
import { OPEN, scoped, type Route } from './route.ts';

const EVENT = { type: 'object', required: ['specversion', 'id', 'source', 'type'] };
/** Of a single or batched request; newline-delimited JSON has no bound but that of each line. */
const BATCH_BYTES_MAX = 8 * 1024 * 1024;

const POST: Route = {
  method: 'POST',
  path: '/v1/events',
  operationId: 'ingestEvents',
  tag: 'Events',
  summary: 'Store one event, a batch, or a stream of events',
  description:
    'CloudEvents 1.0 in binary, structured or batched mode, or newline-delimited JSON; plain, gzip or zstd. The answer ' +
    'leaves when the events are durable. The same source and id again is a duplicate, so repeating is safe. A batch is ' +
    'not atomic: each event is answered for itself.',
  access: scoped('events:write'),
  body: {
    bytesMax: BATCH_BYTES_MAX,
    content: {
      'application/cloudevents+json': { schema: EVENT, example: POSTED_EVENT_EXAMPLE },
      'application/cloudevents-batch+json': {
        schema: { type: 'array', items: EVENT, maxItems: 1000 },
        example: [POSTED_EVENT_EXAMPLE],
      },
      'application/x-ndjson': {
        schema: { type: 'string' },
        example: `${JSON.stringify(POSTED_EVENT_EXAMPLE)}\n`,
      },
      '*/*': {
        schema: { description: 'Binary mode: attributes in ce- headers, data as the body.' },
      },
    },
  },
  answers: {
    200: {
      description: 'A duplicate, or the results of a batch (newline-delimited JSON: one line each)',
      schema: { anyOf: [IngestAnswer, BatchAnswer] },
    },
    201: { description: 'Stored', schema: IngestAnswer },
  },
  errors: [
    'EVENT_INVALID',
    'EVENT_CONFLICT',
    'RESERVED_TYPE',
    'SCHEMA_VIOLATION',
    'TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'OUTCOME_UNKNOWN',
    'STORAGE_FULL',
  ],
};

const HANDSHAKE: Route = {
  method: 'OPTIONS',
  path: '/v1/events',
  operationId: 'webhookHandshake',
  tag: 'Events',
  summary: 'Handshake of CloudEvents webhooks',
  description: 'Answers `WebHook-Request-Origin` with `WebHook-Allowed-Origin`.',
  access: OPEN,
  parameters: [
    {
      name: 'webhook-request-origin',
      in: 'header',
      description: 'Who asks to deliver.',
      schema: { type: 'string' },
    },
  ],
  answers: {
    200: {
      description: 'Deliveries are welcome',
      headers: ['webhook-allowed-origin', 'webhook-allowed-rate', 'allow'],
    },
  },
};

export const INGEST_ROUTES: readonly Route[] = [POST, HANDSHAKE];
