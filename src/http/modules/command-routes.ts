/**
 * POST /v1/{module} and POST /v1/{module}/{id}/{word}: the commands of an aggregate. This is the hot path of writing:
 * the body is parsed once and goes to the pipeline as it is, which validates, decides and appends.
 */
import { STREAM_ID, type Refusal } from '../../core/aggregate.ts';
import type { CommandType } from '../../core/command-type.ts';
import { encodeCursor } from '../../core/cursor.ts';
import { Failure, type ErrorCode } from '../../core/errors.ts';
import { permissionOf } from '../../pipeline/authorise.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';
import { unknownId } from '../moments.ts';
import { refusalOf } from '../problem.ts';
import type { Answer, Call, Parameter, Route } from '../route.ts';
import type { Mounted } from './addresses.ts';
import { auditedCommand } from './audited.ts';
import {
  expectedVersionOf,
  idempotencyKeyOf,
  IDEMPOTENCY_KEY_LENGTH_MAX,
} from './command-headers.ts';
import type { ModuleRouteDependencies } from './services.ts';
import { createdSchema, doneSchema, ID_EXAMPLE } from './shapes.ts';

/** An order of a hundred lines with notes takes a tenth of it; an event may have 1 MiB. */
export const COMMAND_BYTES_MAX = 256 * 1024;

const ERRORS: readonly ErrorCode[] = [
  'INPUT_INVALID',
  'VERSION_CONFLICT',
  'IDEMPOTENCY_IN_FLIGHT',
  'IDEMPOTENCY_MISMATCH',
  'PERSON_ERASED',
  'PRECONDITION_FAILED',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'OUTCOME_UNKNOWN',
  'STORAGE_FULL',
];

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Quoted or bare. A repetition with the same key and body gets the first answer for 7 days; without a key a ' +
    'repeated command is a second command.',
  schema: { type: 'string', maxLength: IDEMPOTENCY_KEY_LENGTH_MAX },
  example: '"3f0c8a52-order-17"',
};
const IF_MATCH: Parameter = {
  name: 'If-Match',
  in: 'header',
  description: 'The version it must be at, in quotes, as in `ETag`: else 412.',
  schema: { type: 'string' },
  example: '"3"',
};
const FIXED_IF_MATCH: Parameter = {
  ...IF_MATCH,
  description: `${IF_MATCH.description} \`"0"\` where there must be none yet.`,
};
export const ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The id that the creating command answered with.',
  schema: { type: 'string', maxLength: 128 },
  example: ID_EXAMPLE,
};

export function commandRoutes(deps: ModuleRouteDependencies, mounted: Mounted): readonly Route[] {
  return mounted.aggregate.commands
    .filter(({ internal }) => !internal)
    .map((command) => commandRoute(deps, mounted, command));
}

/** A creating route whose module fixes the id: what is there already is changed, so that its version may be asked for. */
export function withFixedId(route: Route): Route {
  return {
    ...route,
    parameters: [FIXED_IF_MATCH, ...(route.parameters ?? [])],
  };
}

function commandRoute(
  deps: ModuleRouteDependencies,
  mounted: Mounted,
  command: CommandType,
): Route {
  const creates = command.word === null;
  const handle = commandHandler(deps, mounted, command);
  return {
    method: 'POST',
    path: creates ? mounted.path : `${mounted.path}/{id}/${command.word}`,
    operationId: command.name.charAt(0).toLowerCase() + command.name.slice(1),
    tag: mounted.module.title,
    summary: command.summary,
    description: describedPermission(mounted, command),
    access: {
      kind: 'command',
      scope: permissionOf(mounted.aggregate.category, command),
      impliedBy: mounted.scopes.write,
      approvable: command.approvable,
    },
    parameters: creates ? [IDEMPOTENCY_KEY] : [ID, IF_MATCH, IDEMPOTENCY_KEY],
    body: {
      bytesMax: COMMAND_BYTES_MAX,
      validatedLater: true,
      content: { 'application/json': { schema: command.input, examples: examplesOf(command) } },
    },
    answers: creates
      ? { 201: createdSchema(mounted, command.name) }
      : { 200: doneSchema(mounted, command.name) },
    errors: errorsOf(command),
    refusals: mounted.aggregate.refusals,
    handle,
  };
}

function errorsOf({ word, approvable }: CommandType): readonly ErrorCode[] {
  return [
    ...ERRORS,
    ...(word === null ? [] : (['NOT_FOUND'] as const)),
    ...(approvable ? (['APPROVAL_REQUIRED'] as const) : []),
  ];
}

function describedPermission({ aggregate, scopes }: Mounted, command: CommandType): string {
  const permission = permissionOf(aggregate.category, command);
  const needed =
    permission === scopes.write
      ? `Needs the permission \`${permission}\`.`
      : `Needs the permission \`${permission}\`, which \`${scopes.write}\` includes.`;
  if (!command.approvable) return needed;
  return `${needed} A signed-in user without it may have the command approved by somebody who has it.`;
}

function examplesOf(command: CommandType) {
  return Object.fromEntries(
    command.examples.map((value, index) => [`${command.name}-${index + 1}`, { value }]),
  );
}

function commandHandler(
  deps: ModuleRouteDependencies,
  mounted: Mounted,
  type: CommandType,
): (call: Call) => Promise<Answer> {
  const { name, word } = type;
  const { pipeline } = deps;
  const { aggregate, path } = mounted;
  return async (call) => {
    const { principal, body: input, request } = call;
    const answer = await pipeline.handle({
      principal,
      category: aggregate.category,
      command: name,
      id: word === null ? null : streamIdOf(call),
      input,
      expectedVersion: expectedVersionOf(request.headers),
      idempotencyKey: idempotencyKeyOf(request.headers),
    });
    if (answer.status === 'refused') return refused(answer, aggregate.refusals, call.traceId);
    const audited = auditedCommand(mounted, type, { answer, input });
    const made = done(deps, answer, { tenant: principal.tenant, path });
    return audited === undefined ? made : { ...made, audited };
  };
}

/** An id that no stream can have is as unknown as any other. Errors: NOT_FOUND. */
export function streamIdOf({ params }: Call): string {
  const id = params['id'] ?? '';
  if (!STREAM_ID.test(id)) throw unknownId();
  return id;
}

const REPLAYED = { 'idempotent-replayed': 'true' };

function done(
  { log }: ModuleRouteDependencies,
  answer: Extract<CommandAnswer, { status: 'done' }>,
  place: { readonly tenant: string; readonly path: string },
): Answer {
  const { id, position, members, created } = answer;
  const version = Number(answer.version);
  const bucket = log.bucketOf(place.tenant);
  const cursor = encodeCursor({ incarnation: log.incarnation, bucket, position });
  const headers = {
    etag: `"${version}"`,
    ...(created ? { location: `${place.path}/${id}` } : {}),
    ...(answer.replayed ? REPLAYED : {}),
  };
  // Given twice: first for the order that people read, last so that a member of the module cannot hide it.
  const own = created ? { id, version, cursor } : { version, cursor };
  return { status: created ? 201 : 200, headers, body: { ...own, ...members, ...own } };
}

function refused(
  answer: Extract<CommandAnswer, { status: 'refused' }>,
  refusals: Readonly<Record<string, Refusal>>,
  traceId: string,
): Answer {
  const { code, details, replayed } = answer;
  const refusal = refusals[code];
  if (refusal === undefined)
    throw new Failure('INTERNAL', `The refusal ${code} is not in the table of its module.`);
  const { status, headers, problem } = refusalOf({ code, details, refusal }, traceId);
  return {
    status,
    contentType: headers['content-type'] ?? '',
    headers: replayed ? REPLAYED : {},
    body: problem,
  };
}
