/** A call that got no answer or one that says no, from the problem document of the server (RFC 9457). */

/** One thing that is wrong with the input; `at` is a JSON Pointer into the body, or the name of a parameter. */
export interface InputError {
  readonly at: string;
  /** In English. */
  readonly message: string;
  /** What is wrong, for words in any language; older servers and rules of one route have none. */
  readonly code?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Of a failed call without an answer: nobody listens, or the connection broke. The outcome is unknown. */
export const UNREACHABLE = 'UNREACHABLE';

export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  /** Of HTTP; 0 when there was no answer. */
  readonly status: number;
  /** Of the table of errors or of a module's refusals; UNREACHABLE without an answer, empty for one of a stranger. */
  readonly code: string;
  readonly detail: string;
  readonly traceId: string;
  /** For input that was refused. */
  readonly errors: readonly InputError[];
  /** Of a business refusal, such as `current` of PRICE_CHANGED. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The whole answer: parsed where it was JSON. */
  readonly body: unknown;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    answer: {
      readonly status: number;
      readonly traceId: string;
      readonly body?: unknown;
      readonly retryAfter?: string | null;
    },
    options?: ErrorOptions,
  ) {
    const problem = recordOf(answer.body);
    const code = textOf(problem['code']) ?? (answer.status === 0 ? UNREACHABLE : '');
    const detail = textOf(problem['detail']) ?? textOf(problem['title']) ?? '';
    super(detail === '' ? code || `HTTP ${answer.status}` : `${code}: ${detail}`, options);
    this.status = answer.status;
    this.code = code;
    this.detail = detail;
    this.traceId = textOf(problem['traceId']) ?? answer.traceId;
    const { errors } = problem;
    // safe because the server's errors have this shape
    this.errors = Array.isArray(errors) ? (errors as readonly InputError[]) : [];
    this.details = recordOf(problem['details']);
    this.body = answer.body;
    this.retryAfterMs = millisecondsOf(answer.retryAfter);
  }
}

/** Retry-After in seconds (RFC 9110, section 10.2.3); this server never sends a date. */
function millisecondsOf(retryAfter: string | null | undefined): number | undefined {
  if (retryAfter === null || retryAfter === undefined || retryAfter === '') return undefined;
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  // safe because an object that is no list has fields by name
  return value as Readonly<Record<string, unknown>>;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
