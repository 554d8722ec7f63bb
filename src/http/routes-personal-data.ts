/** Erasing a person and handing out everything that is held on one, over HTTP. */
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { LogReader } from '../log/log.ts';
import type { Erasure, ErasureReceipt } from '../personal-data/erase.ts';
import { exportPerson, type ExportDependencies } from '../personal-data/export.ts';
import { PURPOSE } from './audit-hook.ts';
import { STALLED_MS_MAX } from './deadline.ts';
import { invalid } from './query-input.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { scoped, type Answer, type Parameter, type Route } from './route.ts';

/** As long as a subject may be. */
const PERSON_ID_LENGTH_MAX = 1_024;
const TAG = 'Personal data';
const ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'Id of the person, as events name it.',
  schema: { type: 'string' },
};
const RECEIPT_ID: Parameter = {
  name: 'receiptId',
  in: 'path',
  description: 'Of the answer to the erasure.',
  schema: { type: 'string' },
};

export const ErasureReceiptView = Type.Object(
  {
    receiptId: Type.String(),
    state: Type.Union([Type.Literal('pending'), Type.Literal('done')], {
      description:
        'pending: nobody can read sealed fields any more; what was kept in clear is being cleared. done: that too.',
    }),
    requestedAt: Type.String({ format: 'date-time' }),
    doneAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    kept: Type.Union(
      [
        Type.Array(
          Type.Object({
            what: Type.String(),
            why: Type.String(),
            until: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
          }),
        ),
        Type.Null(),
      ],
      {
        description:
          'What stays because the law asks for it, without anything that tells whose it was, and until when. Null ' +
          'while that cannot be found out: ask for the receipt again.',
      },
    ),
  },
  { $id: 'ErasureReceipt' },
);

export interface PersonalDataRoutes {
  readonly erasure: Pick<Erasure, 'erase' | 'receipt'>;
  readonly export: ExportDependencies;
  /** Keys of what the law asks to keep begin so; nobody erases them before their time. */
  readonly keptPrefix: string;
  readonly log: Pick<LogReader, 'readStream'>;
  readonly logger: Logger;
}

export function personalDataRoutes(deps: PersonalDataRoutes): readonly Route[] {
  return [erasePerson(deps), eraseCustomer(deps), receiptRoute(deps), exportRoute(deps)];
}

const ERASING = {
  description:
    'Destroys the data key of the person, so that every sealed field reads as null, in copies and backups too; then ' +
    'clears read models, dead letters and received events about the person that were not sealed, and rewrites what ' +
    'held them. It cannot be undone. Repeating it gives the same receipt.',
  access: scoped('persons:erase'),
  parameters: [ID],
  answers: {
    200: { description: 'Erased before', schema: ErasureReceiptView },
    202: { description: 'Sealed fields are gone; the rest follows', schema: ErasureReceiptView },
  },
  errors: ['INPUT_INVALID', 'OUTCOME_UNKNOWN', 'UNAVAILABLE'],
  // Its subject is the receipt: an id may itself tell about the person who wants to be forgotten.
  audit: { class: 'audit', action: 'person.erased' },
} as const;

function erasePerson({ erasure, keptPrefix }: PersonalDataRoutes): Route {
  return {
    ...ERASING,
    method: 'POST',
    path: '/v1/persons/{id}/erase',
    operationId: 'erasePerson',
    tag: TAG,
    summary: 'Erase a person',
    async handle({ principal, params }) {
      const id = idOf(params);
      if (id.startsWith(keptPrefix))
        throw new Failure('FORBIDDEN', 'The law asks to keep this; it goes by itself at its end.');
      return receiptAnswer(await erasure.erase(principal.tenant, id, principal.keyId));
    },
  };
}

/** The same for somebody who is registered as a customer: an id that nobody has is not found. */
function eraseCustomer({ erasure, log }: PersonalDataRoutes): Route {
  return {
    ...ERASING,
    errors: [...ERASING.errors, 'NOT_FOUND'],
    method: 'POST',
    path: '/v1/customers/{id}/erase',
    operationId: 'eraseCustomer',
    tag: TAG,
    summary: 'Erase a customer',
    async handle({ principal, params }) {
      const id = idOf(params);
      const { tenant, keyId } = principal;
      const place = { fromVersion: 1n, limit: 1 };
      if ((await log.readStream(tenant, `customers/${id}`, place)).length === 0)
        throw new Failure('NOT_FOUND', 'There is no customer with this id.');
      return receiptAnswer(await erasure.erase(tenant, id, keyId));
    },
  };
}

function receiptRoute({ erasure }: PersonalDataRoutes): Route {
  return {
    method: 'GET',
    path: '/v1/persons/erasures/{receiptId}',
    operationId: 'erasureReceipt',
    tag: TAG,
    summary: 'How far an erasure is',
    access: scoped('persons:erase'),
    parameters: [RECEIPT_ID],
    answers: { 200: { description: 'The receipt', schema: ErasureReceiptView } },
    errors: ['NOT_FOUND'],
    async handle({ principal, params }) {
      const receipt = await erasure.receipt(principal.tenant, params['receiptId'] ?? '');
      if (receipt === null) throw new Failure('NOT_FOUND', 'There is no such receipt.');
      return { status: 200, body: receipt };
    },
  };
}

function exportRoute(deps: PersonalDataRoutes): Route {
  return {
    method: 'GET',
    path: '/v1/persons/{id}/export',
    operationId: 'exportPerson',
    tag: TAG,
    summary: 'Everything that is held on a person',
    description:
      'Events whose fields are sealed for the person, whose subject is the person or which belong to a stream of that ' +
      'id; rows of read models; dead letters. Of a customer also what is held on the records merged into it, the leads ' +
      'that became it and the conversations it began: `related` names them. The whole log of the tenant is read for it. ' +
      'An answer that is cut off is no JSON: ask again.',
    access: scoped('persons:read'),
    parameters: [ID, PURPOSE],
    audit: { class: 'audit', action: 'person.exported', first: true, person: 'id' },
    answers: {
      200: {
        description: 'The export',
        schema: Type.Object({
          person: Type.String(),
          related: Type.Array(Type.String()),
          events: Type.Array(Type.Object({})),
          rows: Type.Array(Type.Object({})),
          deadLetters: Type.Array(Type.Object({})),
        }),
      },
    },
    errors: ['INPUT_INVALID', 'UNAVAILABLE'],
    async handle({ principal, params, reply }) {
      const pieces = exportPerson(deps.export, principal.tenant, idOf(params));
      // A failure before the first piece becomes a problem document.
      const first = await pieces.next();
      reply.hijack();
      await stream(reply, [first.value ?? ''], pieces).catch((error: unknown) => {
        deps.logger.warn('an export was cut off', { error });
        reply.raw.destroy();
      });
      return 'streaming' as const;
    },
  };
}

async function stream(
  reply: FastifyReply,
  head: readonly (string | Uint8Array)[],
  pieces: AsyncGenerator<string | Uint8Array>,
): Promise<void> {
  const { raw } = reply;
  raw.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'application/json' });
  for (const piece of head) raw.write(piece);
  for await (const piece of pieces) {
    if (raw.destroyed) return;
    if (!raw.write(piece)) await drained(raw);
  }
  raw.end();
}

/** Resolves when there is room again, or nobody is there to read: whoever stops reading is cut off. */
function drained(raw: FastifyReply['raw']): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => raw.destroy(), STALLED_MS_MAX);
    const done = (): void => {
      clearTimeout(timer);
      raw.off('drain', done);
      raw.off('close', done);
      resolve();
    };
    raw.once('drain', done);
    raw.once('close', done);
  });
}

function idOf(params: Readonly<Record<string, string>>): string {
  const id = params['id'] ?? '';
  if (id === '' || id.length > PERSON_ID_LENGTH_MAX)
    throw invalid('id', `must have 1 to ${PERSON_ID_LENGTH_MAX} characters.`, {
      code: 'TOO_LONG',
      params: { limit: PERSON_ID_LENGTH_MAX },
    });
  return id;
}

function receiptAnswer(receipt: ErasureReceipt): Answer {
  const headers = { location: `/v1/persons/erasures/${receipt.receiptId}` };
  return { status: receipt.state === 'done' ? 200 : 202, body: receipt, headers };
}
