/**
 * The only place where error codes meet HTTP: statuses (table of the public contract) and problem documents
 * (RFC 9457). Raw handlers and fastify routes answer errors through here.
 */
import { randomFillSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Refusal } from '../core/aggregate.ts';
import { ERROR_TABLE, Failure, type ErrorCode } from '../core/errors.ts';
import { type FieldError } from '../core/field-faults.ts';
import { DatabaseError } from '../platform/postgres/database.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  EVENT_INVALID: 400,
  CURSOR_INVALID: 400,
  INPUT_INVALID: 400,
  UNAUTHENTICATED: 401,
  CODE_REQUIRED: 401,
  RESERVED_TYPE: 403,
  FORBIDDEN: 403,
  CSRF_TOKEN_WRONG: 403,
  APPROVAL_REQUIRED: 403,
  NOT_FOUND: 404,
  EVENT_CONFLICT: 409,
  VERSION_CONFLICT: 409,
  IDEMPOTENCY_IN_FLIGHT: 409,
  AS_OF_NOT_BUILT: 409,
  AS_OF_COPIES_IN_USE: 409,
  PERSON_ERASED: 409,
  TENANT_EXISTS: 409,
  USER_EXISTS: 409,
  LAST_OWNER: 409,
  ROLE_IN_USE: 409,
  APPROVAL_SETTLED: 409,
  SCHEMA_EXISTS: 409,
  DEAD_LETTER_SETTLED: 409,
  WEBHOOK_DISABLED: 409,
  CURSOR_EXPIRED: 410,
  CURSOR_FOREIGN: 410,
  PRECONDITION_FAILED: 412,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  SCHEMA_VIOLATION: 422,
  IDEMPOTENCY_MISMATCH: 422,
  IMAGE_UNREADABLE: 422,
  IMAGE_TOO_LARGE: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  OVERLOADED: 503,
  OUTCOME_UNKNOWN: 503,
  UNAVAILABLE: 503,
  WAIT_TIMEOUT: 504,
  STORAGE_FULL: 507,
  QUOTA_REACHED: 507,
};

/** Status of every business refusal. */
export const REFUSED = 409;

/** Seconds after which a retry makes sense when the failure does not say; short, as the causes are. */
const RETRY_AFTER_SECONDS_DEFAULT = 1;

/** The problem document (RFC 9457, section 3.1) with the members that Comptoir adds. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Of the table of errors, or of the refusals of a module. */
  readonly code: string;
  readonly detail: string;
  readonly traceId: string;
  readonly errors?: readonly FieldError[];
  readonly [member: string]: unknown;
}

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly problem: Problem;
}

/** What a limiter knows; becomes the headers RateLimit and RateLimit-Policy (IETF draft of 2025-09-23). */
export interface RateLimitState {
  /** Name of the policy: letters, digits and hyphens. */
  readonly policy: string;
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  /** Seconds until the quota is whole again. */
  readonly resetSeconds: number;
}

/** A RATE_LIMITED failure from which `problemOf` makes the three headers. */
export function rateLimited(detail: string, state: RateLimitState): Failure {
  return new Failure('RATE_LIMITED', detail, {
    retryAfterSeconds: Math.max(1, state.resetSeconds),
    extra: { rateLimit: state },
  });
}

export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

/**
 * The failure behind anything thrown: ours as it is, a database that cannot be reached as UNAVAILABLE, a request that
 * the HTTP parser refused by its status, everything else as INTERNAL without a word of what it was.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof DatabaseError) return ofDatabase(error);
  switch (parserStatus(error)) {
    case 413:
      return new Failure('TOO_LARGE', 'The body is larger than this endpoint accepts.');
    case 415:
      return new Failure('UNSUPPORTED_MEDIA_TYPE', 'This endpoint takes application/json.');
    case 400:
      return new Failure('INPUT_INVALID', 'The request cannot be read.');
    default:
      return new Failure('INTERNAL', 'The request failed; the server log says more.', {
        cause: error,
      });
  }
}

/** Status, headers and document for an error. `traceId` is shown to the caller and written to the server's log. */
export function problemOf(error: unknown, traceId: string): ProblemAnswer {
  const failure = failureOf(error);
  const status = STATUS[failure.code];
  const problem: Problem = {
    ...plainMembers(failure.extra),
    type: `/docs/errors#${failure.code}`,
    title: ERROR_TABLE[failure.code].sentence,
    status,
    code: failure.code,
    detail: failure.message,
    traceId,
    ...(failure.errors.length > 0 ? { errors: failure.errors } : {}),
  };
  return { status, headers: headersOf(failure), problem };
}

/** The business said no: 409 with the code of the module's refusal, its sentence and remedy, and `details`. */
export function refusalOf(
  refused: {
    readonly code: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly refusal: Refusal;
  },
  traceId: string,
): ProblemAnswer {
  const { code, details, refusal } = refused;
  const problem: Problem = {
    // Also as members of the problem itself, where RFC 9457 (section 3.2) has them; the fixed members win.
    ...details,
    type: `/docs/errors#${code}`,
    title: refusal.sentence,
    status: REFUSED,
    code,
    detail: `${refusal.sentence} ${refusal.remedy}`,
    details,
    traceId,
  };
  return { status: REFUSED, headers: { 'content-type': PROBLEM_CONTENT_TYPE }, problem };
}

/** Answers a raw Node response with a problem document. An answer that has begun cannot be changed: it is cut. */
export function sendProblem(res: ServerResponse, error: unknown, traceId: string): void {
  if (res.headersSent || res.writableEnded) {
    res.destroy();
    return;
  }
  const { status, headers, problem } = problemOf(error, traceId);
  // As text: head and body then leave in one write.
  const body = JSON.stringify(problem);
  // A body that was not read to its end would be read and thrown away by Node before the next request: close instead.
  if (!res.req.complete) res.setHeader('connection', 'close');
  res.writeHead(status, {
    ...SECURITY_HEADERS,
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  res.end(body);
}

/** The trace id of a valid `traceparent` header (W3C Trace Context, section 3.2), else a new random one. */
export function traceIdOf(traceparent: string | string[] | undefined): string {
  if (typeof traceparent === 'string') {
    const match =
      /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:$|-)/.exec(
        traceparent,
      );
    if (match?.[1] !== undefined) return match[1];
  }
  return newTraceId();
}

const TRACE_ID_BYTES = 16;
/** Random bytes are asked for this many ids at once: every request has an id, and few of them are ever read. */
const random = Buffer.alloc(TRACE_ID_BYTES * 256);
let randomUsed = random.length;

function newTraceId(): string {
  if (randomUsed === random.length) {
    randomFillSync(random);
    randomUsed = 0;
  }
  randomUsed += TRACE_ID_BYTES;
  return random.toString('hex', randomUsed - TRACE_ID_BYTES, randomUsed);
}

/** Positions are bigints, which JSON does not have: they go out as decimal text. */
function plainMembers(extra: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(extra).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? value.toString() : value,
    ]),
  );
}

function headersOf(failure: Failure): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': PROBLEM_CONTENT_TYPE };
  if (STATUS[failure.code] === 401) headers['www-authenticate'] = 'Bearer realm="comptoir"';
  if (!failure.retryable && failure.retryAfterSeconds === undefined) return headers;
  const seconds = Math.ceil(failure.retryAfterSeconds ?? RETRY_AFTER_SECONDS_DEFAULT);
  headers['retry-after'] = String(seconds);
  if (failure.code === 'RATE_LIMITED') {
    const given = failure.extra['rateLimit'];
    const state = isRateLimitState(given)
      ? given
      : {
          policy: 'default',
          quota: 1,
          windowSeconds: seconds,
          remaining: 0,
          resetSeconds: seconds,
        };
    headers['ratelimit-policy'] = `"${state.policy}";q=${state.quota};w=${state.windowSeconds}`;
    headers['ratelimit'] = `"${state.policy}";r=${state.remaining};t=${state.resetSeconds}`;
  }
  return headers;
}

function isRateLimitState(value: unknown): value is RateLimitState {
  return typeof value === 'object' && value !== null && 'policy' in value && 'quota' in value;
}

/** Class 08 is "connection exception", 53 "insufficient resources" (53100 disk full), 57P a server going or coming. */
const UNREACHABLE = /^(57P|53[234]|08)/;

/** Query canceled (a time limit of the server), transaction rollback (deadlock, serialisation), read-only (failover). */
const TEMPORARY = /^(57014|40001|40P01|25006)$/;

function ofDatabase(error: DatabaseError): Failure {
  if (error.kind !== 'server' || UNREACHABLE.test(error.sqlstate))
    return new Failure('UNAVAILABLE', 'The database cannot be reached.', { cause: error });
  if (TEMPORARY.test(error.sqlstate))
    return new Failure('UNAVAILABLE', 'The database cannot do this now.', { cause: error });
  if (error.sqlstate === '53100')
    return new Failure('STORAGE_FULL', 'The disk of the database is full.', { cause: error });
  return new Failure('INTERNAL', 'The request failed; the server log says more.', { cause: error });
}

/** The status that fastify and its plugins put on errors of theirs (`FST_...`), 0 for anything else. */
function parserStatus(error: unknown): number {
  if (!(error instanceof Error) || !('statusCode' in error) || !('code' in error)) return 0;
  if (!String(error.code).startsWith('FST_') || typeof error.statusCode !== 'number') return 0;
  const status = error.statusCode;
  if (status === 413 || status === 415) return status;
  return status < 500 ? 400 : 0;
}
