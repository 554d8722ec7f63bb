/** Answers of commands that routes of this module give themselves. */
import type { Refusal } from '../../core/aggregate.ts';
import { encodeCursor } from '../../core/cursor.ts';
import { Failure } from '../../core/errors.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { refusalOf } from '../../http/problem.ts';
import type { Answer, Audited } from '../../http/route.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';

type Log = ModuleRouteDependencies['log'];

/** What a reader passes as `wait` to see everything up to a position of the tenant's bucket. */
export function cursorAt(log: Log, tenant: string, position: bigint): string {
  return encodeCursor({ incarnation: log.incarnation, bucket: log.bucketOf(tenant), position });
}

export interface Answered {
  readonly answer: CommandAnswer;
  readonly tenant: string;
  readonly traceId: string;
  /** Of what was created: `/v1/catalog/price-lists`. */
  readonly path: string;
  readonly refusals: Readonly<Record<string, Refusal>>;
  /** What the audit trail keeps of the command. */
  readonly audited: Audited | undefined;
}

/** As the frame answers a creating command: 201 with id, version and cursor, or 409 with the refusal. */
export function createdAnswer(log: Log, answered: Answered): Answer {
  const { answer, tenant, path, traceId } = answered;
  if (answer.status === 'refused') return refusedAnswer(answer, answered.refusals, traceId);
  const version = Number(answer.version);
  const headers = {
    etag: `"${version}"`,
    location: `${path}/${answer.id}`,
    ...(answer.replayed ? { 'idempotent-replayed': 'true' } : {}),
  };
  const cursor = cursorAt(log, tenant, answer.position);
  const body = { id: answer.id, version, cursor };
  return { status: 201, headers, body, ...told(answered) };
}

/** As the frame answers a following command: 200 with version and cursor, or 409 with the refusal. */
export function doneAnswer(log: Log, answered: Omit<Answered, 'path'>): Answer {
  const { answer, tenant, traceId } = answered;
  if (answer.status === 'refused') return refusedAnswer(answer, answered.refusals, traceId);
  const version = Number(answer.version);
  const headers = {
    etag: `"${version}"`,
    ...(answer.replayed ? { 'idempotent-replayed': 'true' } : {}),
  };
  return {
    status: 200,
    headers,
    body: { version, cursor: cursorAt(log, tenant, answer.position) },
    ...told(answered),
  };
}

function told({ audited }: Pick<Answered, 'audited'>): Pick<Answer, 'audited'> {
  return audited === undefined ? {} : { audited };
}

function refusedAnswer(
  { code, details, replayed }: Extract<CommandAnswer, { readonly status: 'refused' }>,
  refusals: Readonly<Record<string, Refusal>>,
  traceId: string,
): Answer {
  const refusal = refusals[code];
  if (refusal === undefined)
    throw new Failure('INTERNAL', `The refusal ${code} is not in the table of its module.`);
  const { status, headers, problem } = refusalOf({ code, details, refusal }, traceId);
  const replay = replayed ? { 'idempotent-replayed': 'true' } : {};
  return { status, contentType: headers['content-type'] ?? '', headers: replay, body: problem };
}
