/**
 * One description per route, from which the server mounts it, checks credentials and input, measures it, and writes
 * /openapi.json and /docs. What is not described is not mounted.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Scope } from '../access/principal.ts';
import type { Refusal } from '../core/aggregate.ts';
import type { ErrorCode } from '../core/errors.ts';

/** A JSON Schema 2020-12 as a plain object. */
export type JsonSchema = object;

/** Who may call: everybody, any valid key, a key with the scope, or (metrics) a scope or a process on this machine. */
export type Access =
  | { readonly kind: 'open' }
  | { readonly kind: 'key' }
  | { readonly kind: 'scope'; readonly scope: Scope }
  | { readonly kind: 'scope-or-loopback'; readonly scope: Scope };

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface BodyDescription {
  /** Content type to schema; a route with a handler takes application/json only. */
  readonly content: Readonly<
    Record<string, { schema: JsonSchema; example?: unknown; examples?: NamedExamples }>
  >;
  readonly bytesMax: number;
  /**
   * Whoever handles the body validates it: the route only parses it, and an absent body is an empty object. The schema
   * is shown all the same.
   */
  readonly validatedLater?: true;
}

/** Examples by name, as OpenAPI has them. */
export type NamedExamples = Readonly<Record<string, { readonly value: unknown }>>;

export interface AnswerDescription {
  readonly description: string;
  readonly contentType?: string;
  readonly schema?: JsonSchema;
  readonly example?: unknown;
  readonly headers?: readonly string[];
}

export interface Answer {
  readonly status: number;
  /** Bytes and text go out as they are, everything else as JSON; undefined for an answer without a body. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly principal: Principal;
  readonly params: Readonly<Record<string, string>>;
  /** Declared parameters only, each at most once. */
  readonly query: ReadonlyMap<string, string>;
  /** Valid under the schema of the route. */
  readonly body: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly traceId: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  /** With parameters as in OpenAPI: `/v1/streams/{category}/{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly parameters?: readonly Parameter[];
  readonly body?: BodyDescription;
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  readonly errors?: readonly ErrorCode[];
  /** Refusals of the module behind the route: answered with 409 and the code of the refusal. */
  readonly refusals?: Readonly<Record<string, Refusal>>;
  /** Absent for a route that a raw handler serves. `streaming` when the handler writes to the socket itself. */
  readonly handle?: (call: Call) => Answer | Promise<Answer> | 'streaming' | Promise<'streaming'>;
}

export const OPEN: Access = { kind: 'open' };

/** Any key of any tenant. */
export const ANY_KEY: Access = { kind: 'key' };

export function scoped(scope: Scope): Access {
  return { kind: 'scope', scope };
}

/** For answers whose reader must not depend on the caller's key, and for those that have none. */
export const NOBODY: Principal = { keyId: '', tenant: '', scopes: new Set() };
