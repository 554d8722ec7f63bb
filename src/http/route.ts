/**
 * One description per route, from which the server mounts it, checks credentials and input, measures it, and writes
 * /openapi.json and /docs. What is not described is not mounted.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Scope } from '../access/principal.ts';
import type { DoneCommand } from '../audit/audit-command.ts';
import type { Refusal } from '../core/aggregate.ts';
import type { AuditClass } from '../core/audit.ts';
import type { ErrorCode } from '../core/errors.ts';

/** A JSON Schema 2020-12 as a plain object. */
export type JsonSchema = object;

/**
 * Who may call: everybody, any valid key, a key with the scope, whoever may give or have approved a command, or (metrics)
 * a scope or a process on this machine.
 */
export type Access =
  | { readonly kind: 'open' }
  | { readonly kind: 'key' }
  | { readonly kind: 'scope'; readonly scope: Scope }
  | CommandAccess
  | { readonly kind: 'scope-or-loopback'; readonly scope: Scope };

/**
 * Of a command: whoever has its permission, or the `write` of its module; where it is approvable every signed-in user,
 * whom the pipeline then asks for the approval.
 */
export interface CommandAccess {
  readonly kind: 'command';
  readonly scope: Scope;
  readonly impliedBy: Scope;
  readonly approvable: boolean;
}

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
  /** With `validatedLater`: numbers that a double would change are raw text, which JSON.stringify writes back. */
  readonly exactNumbers?: boolean;
  /** The handler reads the body itself, as bytes: `rawBody` of modules/raw-body.ts. */
  readonly raw?: true;
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
  /** What the audit trail keeps of it beside what the route says. */
  readonly audited?: Audited;
  /** Bytes (at once or as they come) and text go out as they are, everything else as JSON; undefined for none. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the audit trail keeps of a call that succeeded. */
export interface RouteAudit {
  /** `access` for a read of personal data, `security` for who may do what, `audit` for every other change or export. */
  readonly class: AuditClass;
  /** Dotted: `customers.read`, `key.created`. */
  readonly action: string;
  /** Written before the handler runs and waited for: for what must not happen unseen, such as an export. */
  readonly first?: true;
  /** The body is kept as `after`; never for one that holds a secret. */
  readonly keepsBody?: true;
  /** The parameter of the path that is the id of the person it is about. */
  readonly person?: string;
}

export interface Audited {
  /** A command that was accepted; whether it leaves an entry, `auditCommand` decides. */
  readonly command?: DoneCommand;
  /** The same of a route that takes several in one request. */
  readonly commands?: readonly DoneCommand[];
  /** What it was about; by default what `location` or the path names. */
  readonly subject?: string;
  /** Items read. */
  readonly count?: number;
  /** Ids of persons that were read about. */
  readonly subjects?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
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
  /** Where it comes from, behind the trusted proxies: an IPv4 address, or the /64 of an IPv6 one. */
  readonly client: string;
}

export interface PageRoute {
  /** The page that shows a failure; null for a caller who wants a problem document. */
  failed(error: unknown, request: FastifyRequest): Answer | null;
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
  /** Nothing by default. */
  readonly audit?: RouteAudit;
  /** For people in a browser: links to pages carry whatever others add to them, and a failure is shown as a page. */
  readonly page?: PageRoute;
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
