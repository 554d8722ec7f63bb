/**
 * The one table of error codes. `docs/reference/errors.md` is generated from it; the HTTP status of each
 * code stands only in `src/http/problem.ts`.
 */
import type { FieldError } from './field-faults.ts';

export const ERROR_TABLE = {
  EVENT_INVALID: {
    sentence: 'The event does not follow CloudEvents 1.0 or a limit of this server.',
    cause:
      'A required attribute is missing or empty, a value has the wrong form, or the text is not valid JSON or UTF-8.',
    remedy: 'Correct the field that `errors` names and send the event again with the same id.',
  },
  EVENT_CONFLICT: {
    sentence: 'An event with the same source and id but other content is already stored.',
    cause: 'A producer reused an id for a different event.',
    remedy: 'Give the new event an id of its own.',
  },
  RESERVED_TYPE: {
    sentence: 'The type or source is reserved for events that Comptoir itself decides.',
    cause:
      'Types starting with `comptoir.` and sources starting with `/comptoir/` are refused from outside.',
    remedy: 'Use a type and source in a namespace of your own.',
  },
  SCHEMA_VIOLATION: {
    sentence: 'The data does not match the schema registered for this type.',
    cause: 'The schema of this type is strict and the event was put among the dead letters.',
    remedy: 'Read the dead letter, then send a corrected event or discard it.',
  },
  INPUT_INVALID: {
    sentence: 'The request has a value that cannot be used.',
    cause: 'A parameter, header or body field is missing, malformed or out of range.',
    remedy: 'Correct what `errors` names.',
  },
  CURSOR_INVALID: {
    sentence: 'The cursor cannot be read.',
    cause: 'It was cut, altered or not issued by this server.',
    remedy: 'Start again without a cursor or with one the server gave you.',
  },
  CURSOR_EXPIRED: {
    sentence: 'The cursor points before the oldest event still held.',
    cause: 'Retention removed the events that follow it.',
    remedy: 'Continue from the earliest cursor, which the answer carries.',
  },
  CURSOR_FOREIGN: {
    sentence: 'The cursor belongs to another incarnation of this log.',
    cause: 'The log was restored or created anew since the cursor was issued.',
    remedy: 'Start again without a cursor.',
  },
  UNAUTHENTICATED: {
    sentence: 'The request carries no valid key.',
    cause: 'The API key is missing, unknown, expired or revoked.',
    remedy: 'Send `Authorization: Bearer KEY` with a valid key.',
  },
  FORBIDDEN: {
    sentence: 'The key does not allow this.',
    cause: 'The scope that this call needs is not among the scopes of the key.',
    remedy: 'Use a key that has the scope named in the answer.',
  },
  APPROVAL_REQUIRED: {
    sentence: 'Somebody else has to approve this.',
    cause: 'You lack the permission named in the answer, or a limit of your role is passed.',
    remedy:
      'Have somebody who may do it approve the digest in the answer, then repeat the request unchanged.',
  },
  CODE_REQUIRED: {
    sentence: 'The sign-in needs a code.',
    cause: 'The person has a second factor and the request carries no `code`.',
    remedy: 'Send the code of the authenticator app, or a recovery code, as `code`.',
  },
  CSRF_TOKEN_WRONG: {
    sentence: 'The request does not come from the page that signed in.',
    cause:
      'The header X-CSRF-Token is missing or of another session, or another site sent the request.',
    remedy:
      'Read the token from GET /v1/session and send it with every request that changes something.',
  },
  USER_EXISTS: {
    sentence: 'A person with this e-mail exists already.',
    cause: 'E-mails are unique within a tenant.',
    remedy: 'Look the person up, or use another e-mail.',
  },
  LAST_OWNER: {
    sentence: 'A house keeps at least one owner who can sign in.',
    cause: 'The change would leave the tenant without one.',
    remedy: 'Make somebody else an owner first.',
  },
  ROLE_IN_USE: {
    sentence: 'Somebody has this role.',
    cause: 'A role is removed only when nobody has it.',
    remedy: 'Take it from those who have it first.',
  },
  APPROVAL_SETTLED: {
    sentence: 'The request for approval is not open any more.',
    cause: 'Somebody approved or refused it, it was used, or its ten minutes are over.',
    remedy: 'Ask again.',
  },
  NOT_FOUND: {
    sentence: 'There is nothing here under this address for you.',
    cause: 'The id is unknown or belongs to another tenant.',
    remedy: 'Check the id and the key.',
  },
  VERSION_CONFLICT: {
    sentence: 'The stream has moved on since the expected version.',
    cause: 'Somebody else appended to the same stream first.',
    remedy: 'Read the stream again, decide again and retry.',
  },
  PRECONDITION_FAILED: {
    sentence: 'The version in If-Match is not the current one.',
    cause: 'Somebody else changed it after you read it.',
    remedy: 'Read it again, look at what changed and repeat with the new version.',
  },
  IDEMPOTENCY_MISMATCH: {
    sentence: 'This Idempotency-Key was used for another request.',
    cause: 'The method, address or body differs from that of the first request with the key.',
    remedy: 'Use a new key for each new request; repeat an old one unchanged.',
  },
  IDEMPOTENCY_IN_FLIGHT: {
    sentence: 'A request with this Idempotency-Key is being handled.',
    cause: 'The first request has not ended yet.',
    remedy: 'Repeat it in a moment: you will get its answer.',
  },
  PERSON_ERASED: {
    sentence: 'This person was erased.',
    cause: 'The key that sealed the data of this person was destroyed; it cannot come back.',
    remedy: 'Create a new record with a new id.',
  },
  AS_OF_NOT_BUILT: {
    sentence: 'The copy of this list as of the time asked for is not ready yet.',
    cause:
      'A list as of a moment is read from a shadow copy, which is built when it is asked for; it took longer than the answer could wait.',
    remedy:
      'Ask again after the seconds in Retry-After; `progress` says how far it is, and so does GET /v1/as-of/{model} with the `model` of the answer.',
  },
  AS_OF_COPIES_IN_USE: {
    sentence: 'All copies of this list as of a moment are in use.',
    cause:
      'A list has at most two copies as of a moment, and others looked at each within the last ten minutes, or you asked for more moments at once than their turns allow.',
    remedy: 'Ask again after the seconds in Retry-After, or look at a moment that has a copy.',
  },
  TENANT_EXISTS: {
    sentence: 'A tenant with this id exists already.',
    cause: 'Tenant ids are unique in an installation.',
    remedy: 'Choose another id.',
  },
  SCHEMA_EXISTS: {
    sentence: 'This version of the schema exists with other content.',
    cause: 'A registered schema never changes.',
    remedy: 'Register the changed schema as the next version.',
  },
  DEAD_LETTER_SETTLED: {
    sentence: 'The dead letter was settled before.',
    cause: 'It was retried with success or discarded.',
    remedy: 'Nothing is left to do.',
  },
  WEBHOOK_DISABLED: {
    sentence: 'The webhook is disabled.',
    cause: 'Somebody disabled it, its receiver answered 410 Gone, or it failed for days.',
    remedy: 'Put the receiver right, enable the webhook and repeat the request.',
  },
  TOO_LARGE: {
    sentence: 'The request is larger than this server accepts.',
    cause: 'A limit on bytes, inflated bytes or number of events was passed; nothing was stored.',
    remedy: 'Send less at once, or stream newline-delimited JSON.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    sentence: 'The content type or content encoding is not supported here.',
    cause:
      'The endpoint takes CloudEvents in binary, structured or batched mode and newline-delimited JSON, in UTF-8, plain, gzip or zstd.',
    remedy: 'Set Content-Type and Content-Encoding to one of these.',
  },
  IMAGE_UNREADABLE: {
    sentence: 'The file is not a picture that can be used.',
    cause:
      'Its content is not JPEG, PNG, WebP or AVIF whatever its name says, it is damaged, or it was cut off.',
    remedy: 'Send the picture as JPEG, PNG, WebP or AVIF.',
  },
  IMAGE_TOO_LARGE: {
    sentence: 'The picture has too many pixels.',
    cause: 'Decoding it would take more memory or time than one picture may.',
    remedy: 'Make it smaller and send it again; the answer says how many pixels are the most.',
  },
  RATE_LIMITED: {
    sentence: 'Too many requests.',
    cause: 'The budget of this key or address is used up for the moment.',
    remedy: 'Wait for the seconds in Retry-After.',
  },
  OVERLOADED: {
    sentence: 'The server has more work waiting than it accepts.',
    cause:
      'Admission control refuses early rather than letting everything become slow. Nothing of this request was stored.',
    remedy: 'Retry with the same ids after the seconds in Retry-After.',
  },
  OUTCOME_UNKNOWN: {
    sentence: 'It is not known yet whether the event was stored.',
    cause: 'The database connection was lost while the commit was under way.',
    remedy: 'Repeat the request with the same ids: it will not be stored twice.',
  },
  UNAVAILABLE: {
    sentence: 'A dependency that this request needs is not reachable.',
    cause: 'The database is down, starting or out of connections.',
    remedy: 'Retry with the same ids after the seconds in Retry-After.',
  },
  STORAGE_FULL: {
    sentence: 'The disk of the database is full.',
    cause: 'No space was left to make the event durable; it was not stored.',
    remedy: 'Free space; writing resumes by itself.',
  },
  QUOTA_REACHED: {
    sentence: 'The tenant stores as much as it may.',
    cause: 'All files of the tenant together reach its quota; nothing was stored.',
    remedy: 'Remove files that are not needed any more.',
  },
  WAIT_TIMEOUT: {
    sentence: 'What was waited for did not happen in time.',
    cause: 'The read model has not reached the given cursor yet.',
    remedy: 'Ask again.',
  },
  INTERNAL: {
    sentence: 'Something broke inside the server.',
    cause: 'An invariant did not hold; the log of the server says more under the trace id.',
    remedy: 'Report it with the trace id.',
  },
} as const satisfies Record<string, { sentence: string; cause: string; remedy: string }>;

export type ErrorCode = keyof typeof ERROR_TABLE;

export interface FailureOptions {
  readonly cause?: unknown;
  /** Seconds after which a retry makes sense. */
  readonly retryAfterSeconds?: number;
  readonly errors?: readonly FieldError[];
  /** Further members of the problem document, such as `deadLetterId`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A request that cannot be served: the input or the outside world failed. Carries a code from ERROR_TABLE. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | undefined;
  readonly errors: readonly FieldError[];
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, detail: string, options: FailureOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.errors = options.errors ?? [];
    this.extra = options.extra ?? {};
  }

  /** Whether repeating the same request later may succeed. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

const RETRYABLE: ReadonlySet<ErrorCode> = new Set([
  'RATE_LIMITED',
  'OVERLOADED',
  'OUTCOME_UNKNOWN',
  'UNAVAILABLE',
  'STORAGE_FULL',
  'WAIT_TIMEOUT',
]);
