/** The PDF service over HTTP. */
import { pipeline } from 'node:stream/promises';
import { Value } from 'typebox/value';
import { Failure } from '../core/errors.ts';
import { fieldErrorsOf } from '../core/field-faults.ts';
import { STALLED_MS_MAX } from '../http/deadline.ts';
import { invalid, limitOf, NO_ID, notListed } from '../http/query-input.ts';
import { OPEN, scoped, type Answer, type Call, type Parameter, type Route } from '../http/route.ts';
import { SECURITY_HEADERS } from '../http/security-headers.ts';
import { boundedBody } from './bounded-body.ts';
import type { Documents, JobView, Page } from './documents.ts';
import { dispositionOf, FILE_NAME, fileNameOf } from './file-name.ts';
import { LINK_SECONDS_MAX } from './limits.ts';
import { isOperation, OPTIONS, type Request } from './operations.ts';
import { askedBy, replay, REQUEST_KEY } from './request-headers.ts';
import { paperRoutes } from './routes-papers.ts';
import {
  Accepted,
  DocumentPage,
  DocumentShape,
  JobPage,
  JobRequest,
  JobShape,
  LinkRequest,
  LinkShape,
} from './shapes.ts';

const TAG = 'Documents';
const READ = scoped('documents:read');
const WRITE = scoped('documents:write');
const LIMIT = { standard: 50, max: 200 };
const REQUEST_BYTES_MAX = 64 * 1024;
const PERSON_PATTERN = /^[\w.:@-]{1,100}$/;
/** Whatever a document holds, a browser that opens it runs none of it and asks nobody for more. */
const DELIVERY_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

const ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'Id of the document or job.',
  schema: { type: 'string', format: 'uuid' },
};

const PAGE: readonly Parameter[] = [
  { name: 'after', in: 'query', description: '`next` of the page before.', schema: ID.schema },
  {
    name: 'limit',
    in: 'query',
    description: 'Most items of a page.',
    schema: { type: 'integer', minimum: 1, maximum: LIMIT.max, default: LIMIT.standard },
  },
];

function pageOf(query: Call['query']): Page {
  return { after: query.get('after') ?? null, limit: limitOf(query, LIMIT) };
}

export function documentRoutes(documents: Documents): readonly Route[] {
  return [
    uploadRoute(documents),
    listRoute(documents),
    jobListRoute(documents),
    ...jobRoutes(documents),
    documentRoute(documents),
    removeRoute(documents),
    linkRoute(documents),
    deliveryRoute(documents),
    ...paperRoutes(documents),
  ];
}

function uploadRoute(documents: Documents): Route {
  return {
    method: 'POST',
    path: '/v1/documents',
    operationId: 'uploadDocument',
    tag: TAG,
    summary: 'Take in a PDF, which is judged before anybody can have it',
    description:
      'The body is the file itself, as `application/pdf`. Ask for the document until its `status` is `judged`.',
    access: WRITE,
    audit: { class: 'audit', action: 'document.received' },
    parameters: [
      {
        name: 'person',
        in: 'query',
        description: 'Id of the person whose document it is: erasing the person destroys it.',
        schema: { type: 'string' },
      },
      FILE_NAME,
      REQUEST_KEY,
    ],
    answers: { 202: { description: 'Taken in', schema: Accepted, headers: ['location'] } },
    errors: [
      'INPUT_INVALID',
      'TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'PERSON_ERASED',
      'QUOTA_REACHED',
      'OVERLOADED',
      'STORAGE_FULL',
      'IDEMPOTENCY_MISMATCH',
    ],
    async handle({ principal, query, request }) {
      const personId = query.get('person') ?? null;
      if (personId !== null && !PERSON_PATTERN.test(personId))
        throw invalid('person', 'must be an id of a person.', NO_ID);
      const { headers } = request;
      const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
      if (type !== 'application/pdf' || headers['content-encoding'] !== undefined)
        throw new Failure('UNSUPPORTED_MEDIA_TYPE', 'Send the file as application/pdf.');
      const length = headers['content-length'];
      const { id, replayed } = await documents.receive({
        tenant: principal.tenant,
        personId,
        content: boundedBody(request.raw),
        bytes: length === undefined ? null : Number(length),
        name: fileNameOf(headers['content-disposition']),
        asked: askedBy(principal, headers),
      });
      const subject = `documents/${id}`;
      const audited = { subject, ...(personId === null ? {} : { subjects: [personId] }) };
      const location = `/v1/${subject}`;
      return { status: 202, body: { id }, headers: { location, ...replay(replayed) }, audited };
    },
  };
}

function listRoute(documents: Documents): Route {
  return {
    method: 'GET',
    path: '/v1/documents',
    operationId: 'listDocuments',
    tag: TAG,
    summary: 'Documents, newest first',
    access: READ,
    parameters: PAGE,
    answers: { 200: { description: 'A page', schema: DocumentPage } },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID'],
    async handle({ principal, query }) {
      return { status: 200, body: await documents.list(principal.tenant, pageOf(query)) };
    },
  };
}

function documentRoute(documents: Documents): Route {
  return {
    method: 'GET',
    path: '/v1/documents/{id}',
    operationId: 'readDocument',
    tag: TAG,
    summary: 'What is known of a document: its verdict, why, and what was taken out',
    access: READ,
    parameters: [ID],
    answers: { 200: { description: 'The document', schema: DocumentShape } },
    errors: ['NOT_FOUND'],
    async handle({ principal, params }) {
      return found(await documents.find(principal.tenant, params['id'] ?? ''));
    },
  };
}

function removeRoute(documents: Documents): Route {
  return {
    method: 'DELETE',
    path: '/v1/documents/{id}',
    operationId: 'removeDocument',
    tag: TAG,
    summary: 'Remove a document and its bytes',
    access: WRITE,
    audit: { class: 'audit', action: 'document.removed' },
    parameters: [ID],
    answers: { 204: { description: 'Removed' } },
    errors: ['NOT_FOUND'],
    async handle({ principal, params }) {
      if (await documents.remove(principal.tenant, params['id'] ?? '')) return { status: 204 };
      throw unknown();
    },
  };
}

function linkRoute(documents: Documents): Route {
  return {
    method: 'POST',
    path: '/v1/documents/{id}/links',
    operationId: 'linkDocument',
    tag: TAG,
    summary: 'A short-lived address under which the document can be fetched without a key',
    access: READ,
    audit: { class: 'access', action: 'document.linked' },
    parameters: [ID],
    body: {
      bytesMax: REQUEST_BYTES_MAX,
      content: { 'application/json': { schema: LinkRequest, example: {} } },
    },
    answers: { 201: { description: 'The address, relative to this server', schema: LinkShape } },
    errors: ['INPUT_INVALID', 'NOT_FOUND'],
    async handle({ principal, params, body }) {
      // safe because the body was validated under LinkRequest
      const { seconds = LINK_SECONDS_MAX } = body as { readonly seconds?: number };
      const link = await documents.link(principal.tenant, params['id'] ?? '', seconds);
      if (link === null) throw unknown();
      const url = `/public/documents/${link.token}`;
      return { status: 201, body: { url, expiresAt: link.expiresAt } };
    },
  };
}

function deliveryRoute(documents: Documents): Route {
  return {
    method: 'GET',
    path: '/public/documents/{token}',
    operationId: 'fetchDocument',
    tag: TAG,
    summary: 'The bytes of a document, by a link that was given out',
    access: OPEN,
    parameters: [
      {
        name: 'token',
        in: 'path',
        description: 'As the link has it; good for five minutes at most.',
        schema: { type: 'string' },
      },
    ],
    answers: {
      200: {
        description: 'The file, to be saved',
        contentType: 'application/pdf',
        schema: { type: 'string', format: 'binary' },
      },
    },
    errors: ['NOT_FOUND'],
    handle: (call) => deliver(documents, call),
  };
}

async function deliver(documents: Documents, { params, reply }: Call): Promise<'streaming'> {
  const served = await documents.open(params['token'] ?? '');
  if (served === null)
    throw new Failure('NOT_FOUND', 'The link is not valid, or not any more; ask for another.');
  reply.hijack();
  reply.raw.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': served.mediaType,
    'content-length': served.bytes,
    'content-disposition': dispositionOf(served),
    'content-security-policy': DELIVERY_POLICY,
    'cache-control': 'private, no-store',
  });
  reply.raw.socket?.setTimeout(STALLED_MS_MAX);
  // A file that cannot be read to its end is cut: its length tells. So is a reader that takes nothing of it.
  await pipeline(served.content, reply.raw).catch(() => reply.raw.destroy());
  return 'streaming';
}

function jobListRoute(documents: Documents): Route {
  return {
    method: 'GET',
    path: '/v1/documents/jobs',
    operationId: 'listDocumentJobs',
    tag: TAG,
    summary: 'Operations of the last week, newest first',
    access: READ,
    parameters: PAGE,
    answers: { 200: { description: 'A page', schema: JobPage } },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID'],
    async handle({ principal, query }) {
      const { items, next, more } = await documents.jobs(principal.tenant, pageOf(query));
      return { status: 200, body: { items: items.map(jobJson), next, more } };
    },
  };
}

function jobRoutes(documents: Documents): readonly Route[] {
  const shared = { tag: TAG, parameters: [ID], errors: ['NOT_FOUND'] } as const;
  return [
    {
      method: 'POST',
      path: '/v1/documents/jobs',
      operationId: 'submitDocumentJob',
      tag: TAG,
      summary: 'Have an operation carried out on documents',
      description:
        'Takes documents that are `clean` or `disarmed`, `unlock` one that is `locked`. What is made is a document of its ' +
        'own and is kept for a day.',
      access: WRITE,
      audit: { class: 'audit', action: 'document.job' },
      body: {
        bytesMax: REQUEST_BYTES_MAX,
        content: { 'application/json': { schema: JobRequest } },
      },
      answers: { 202: { description: 'Accepted', schema: Accepted, headers: ['location'] } },
      parameters: [REQUEST_KEY],
      errors: ['INPUT_INVALID', 'NOT_FOUND', 'OVERLOADED', 'IDEMPOTENCY_MISMATCH'],
      async handle({ principal, body, request: { headers } }) {
        const { request, inputs } = requestOf(body);
        const asked = askedBy(principal, headers);
        const { tenant } = principal;
        const { id, replayed } = await documents.submit(tenant, { request, inputs, asked });
        const location = `/v1/documents/jobs/${id}`;
        return { status: 202, body: { id }, headers: { location, ...replay(replayed) } };
      },
    },
    {
      ...shared,
      method: 'GET',
      path: '/v1/documents/jobs/{id}',
      operationId: 'readDocumentJob',
      summary: 'How far an operation is and what it made',
      access: READ,
      answers: { 200: { description: 'The job', schema: JobShape } },
      async handle({ principal, params }) {
        return found(jobJson(await documents.job(principal.tenant, params['id'] ?? '')));
      },
    },
    {
      ...shared,
      method: 'POST',
      path: '/v1/documents/jobs/{id}/cancel',
      operationId: 'cancelDocumentJob',
      summary: 'Give up an operation; one that has ended stays as it is',
      access: WRITE,
      audit: { class: 'audit', action: 'document.job-cancelled' },
      answers: { 200: { description: 'The job', schema: JobShape } },
      async handle({ principal, params }) {
        return found(jobJson(await documents.cancel(principal.tenant, params['id'] ?? '')));
      },
    },
  ];
}

/** Errors: INPUT_INVALID for options that the operation does not have. */
function requestOf(body: unknown): { request: Request; inputs: readonly string[] } {
  // safe because the body was validated under JobRequest
  const given = body as { operation: string; inputs: readonly string[]; options?: object };
  const { operation, inputs, options = {} } = given;
  if (!isOperation(operation))
    throw invalid('/operation', 'is not known.', notListed(Object.keys(OPTIONS)));
  const schema = OPTIONS[operation];
  if (!Value.Check(schema, options)) {
    const [fault] = fieldErrorsOf(Value.Errors(schema, options));
    const { at = '', message = 'is not valid.', ...said } = fault ?? { code: 'UNUSABLE' };
    throw invalid(`/options${at}`, message, said);
  }
  // safe because the options were just checked against the schema of this operation
  return { request: { operation, options } as Request, inputs };
}

function jobJson(job: JobView | null): object | null {
  if (job === null) return null;
  const { code, resultIds, ...rest } = job;
  const [resultId] = resultIds;
  return {
    ...rest,
    resultIds,
    ...(resultId === undefined ? {} : { resultId }),
    ...(code === null ? {} : { code }),
  };
}

function found(body: object | null): Answer {
  if (body === null) throw unknown();
  return { status: 200, body };
}

function unknown(): Failure {
  return new Failure('NOT_FOUND', 'There is nothing with this id.');
}
