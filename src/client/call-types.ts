/** What a call takes and answers, worked out from the generated operations. */
import type { Operations } from './operations.ts';

/** An operation by method and path: `GET /v1/orders/{id}`. */
export type Operation = keyof Operations;

/** What callers build field by field: an undefined one is as good as none. */
type Loose<Fields> = { [Key in keyof Fields]: Fields[Key] | undefined };

type PathParameter<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameter<Rest>
  : never;

type ParamsPart<Op extends string> = [PathParameter<Op>] extends [never]
  ? { params?: undefined }
  : { params: Readonly<Record<PathParameter<Op>, string | number>> };

type QueryPart<Op extends Operation> = Operations[Op] extends { query: infer Query }
  ? { query?: Loose<Query> | undefined }
  : { query?: undefined };

type BodyPart<Op extends Operation> = Operations[Op] extends { body: infer Body }
  ? Record<never, never> extends Body
    ? { body?: Body | undefined }
    : { body: Body }
  : { body?: undefined };

type HasHeader<Op extends Operation, Header extends string> = Operations[Op] extends {
  headers: infer Headers;
}
  ? Header extends Headers
    ? true
    : false
  : false;

interface AnyCall {
  /** Beside those of the client. A body that is no JSON needs its content-type here. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface RepeatableCall {
  /** The same key again is the same command again: its first answer comes back. */
  readonly idempotencyKey?: string | undefined;
}

interface ConditionalCall {
  /** The version that the caller saw: another one now is PRECONDITION_FAILED. */
  readonly ifMatch?: number | string | undefined;
}

export type Arguments<Op extends Operation> = ParamsPart<Op> &
  QueryPart<Op> &
  BodyPart<Op> &
  AnyCall &
  (HasHeader<Op, 'idempotency-key'> extends true ? RepeatableCall : { idempotencyKey?: never }) &
  (HasHeader<Op, 'if-match'> extends true ? ConditionalCall : { ifMatch?: never });

/** Operations that may be called with nothing else. */
export type BareOperation = {
  [Op in Operation]: Record<never, never> extends Arguments<Op> ? Op : never;
}[Operation];

/** What the arguments of every operation have in common when no types are left. */
export interface PlainArguments extends AnyCall {
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: number | string | undefined;
}

export interface DoneCall {
  readonly operation: Operation;
  readonly method: string;
  /** Filled, with its query. */
  readonly path: string;
  /** 0 when there was no answer. */
  readonly status: number;
  /** From the call to the whole answer, of a stream to its beginning. */
  readonly ms: number;
  readonly traceId: string;
  /** Absent for none and for bodies that are no JSON. */
  readonly requestBody?: unknown;
}
