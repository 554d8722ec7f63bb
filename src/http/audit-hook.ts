/**
 * What the HTTP face tells the audit trail: calls of routes that declare it (`Route.audit`), and refusals. Reads cost the
 * caller nothing: the entry is noted after the answer was made and written with others.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../access/principal.ts';
import { auditCommand, type DoneCommand } from '../audit/audit-command.ts';
import { NO_AUDIT, type AuditEntry, type AuditTrail } from '../core/audit.ts';
import type { CachedAuthenticator } from '../access/authenticator.ts';
import type { ClientAddress } from './client-address.ts';
import { failureOf, traceIdOf } from './problem.ts';
import { createRefusals } from './refusals.ts';
import type { Answer, Call, Parameter, Route, RouteAudit } from './route.ts';

/** Why personal data are read, in the caller's words. */
export const PURPOSE: Parameter = {
  name: 'Purpose',
  in: 'header',
  description: 'Why personal data are read, in a few words; kept in the audit trail.',
  schema: { type: 'string', maxLength: 300 },
  example: 'the guest asked for it',
};

/** Codes of refusals: 401 and 403. */
const REFUSALS: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RESERVED_TYPE',
  'APPROVAL_REQUIRED',
  'CSRF_TOKEN_WRONG',
]);

export interface AuditHook {
  /** Before the handler runs: waits where the route wants its entry first. Errors: UNAVAILABLE. */
  before(route: Route, call: Call): Promise<void> | undefined;
  after(route: Route, call: Call, answer: Answer | 'streaming'): void;
  /** Of a request that failed; `principal` is null for a caller who was not identified. */
  failed(route: Route, failed: FailedRequest): void;
  /** Of a raw route, which answered with this status. */
  rawAnswered(route: string, request: IncomingMessage, status: number): void;
  close(): void;
}

export interface FailedRequest {
  readonly request: FastifyRequest;
  readonly principal: Principal | null;
  readonly error: unknown;
}

export interface AuditHookDependencies {
  readonly audit?: AuditTrail | undefined;
  readonly authenticator: Pick<CachedAuthenticator, 'authenticate'>;
  readonly clientAddress: ClientAddress;
}

export function createAuditHook(deps: AuditHookDependencies): AuditHook {
  const { audit = NO_AUDIT, authenticator, clientAddress } = deps;
  const refusals = createRefusals(audit);

  function refused(principal: Principal, of: RefusedCall): void {
    refusals.identified({
      tenant: principal.tenant,
      class: 'security',
      action: 'request.refused',
      actor: principal.keyId,
      address: clientAddress(of.request),
      route: of.route,
      code: of.code,
      traceId: traceIdOf(of.request.headers['traceparent']),
    });
  }

  return {
    before(route, call) {
      if (route.audit?.first !== true) return undefined;
      return audit.record(
        entryOf(route, route.audit, { call, address: clientAddress(call.request.raw) }),
      );
    },
    after(route, call, answer) {
      const name = nameOf(route);
      if (answer !== 'streaming' && (answer.status === 401 || answer.status === 403)) {
        const { request, principal } = call;
        refused(principal, { route: name, request: request.raw, code: codeIn(answer) });
        return;
      }
      for (const command of commandsOf(answer)) {
        const { principal, traceId } = call;
        const { tenant, keyId: actor } = principal;
        const address = clientAddress(call.request.raw);
        const caller = { tenant, actor, address, route: name, traceId };
        auditCommand(audit, caller, command);
      }
      if (route.audit === undefined || route.audit.first === true) return;
      if (answer !== 'streaming' && answer.status >= 300) return;
      const address = clientAddress(call.request.raw);
      audit.note(entryOf(route, route.audit, { call, address, answer }));
    },
    failed(route, { request, principal, error }) {
      const { code } = failureOf(error);
      // Open routes are those where people sign in: what was refused there is noted where it was decided.
      if (!REFUSALS.has(code) || route.access.kind === 'open') return;
      if (principal === null) refusals.unidentified(clientAddress(request.raw));
      else refused(principal, { route: nameOf(route), request: request.raw, code });
    },
    rawAnswered(route, request, status) {
      if (status === 401) refusals.unidentified(clientAddress(request));
      if (status !== 403) return;
      // Who it was, the raw route has found out a moment ago: the answer comes from a cache.
      void identified(authenticator, request).then((principal) => {
        if (principal === null) refusals.unidentified(clientAddress(request));
        else refused(principal, { route, request, code: 'FORBIDDEN' });
      });
    },
    close: () => refusals.close(),
  };
}

const NONE: readonly DoneCommand[] = [];

function commandsOf(answer: Answer | 'streaming'): readonly DoneCommand[] {
  if (answer === 'streaming' || answer.audited === undefined) return NONE;
  const { command, commands = NONE } = answer.audited;
  return command === undefined ? commands : [command, ...commands];
}

/** Null for a credential that is not valid any more, or cannot be checked now. */
async function identified(
  authenticator: AuditHookDependencies['authenticator'],
  { headers }: IncomingMessage,
): Promise<Principal | null> {
  try {
    return await authenticator.authenticate(headers);
  } catch {
    return null;
  }
}

interface RefusedCall {
  readonly route: string;
  readonly request: IncomingMessage;
  readonly code: string;
}

interface Audited {
  readonly call: Call;
  readonly address: string;
  readonly answer?: Answer | 'streaming';
}

function entryOf(route: Route, of: RouteAudit, { call, address, answer }: Audited): AuditEntry {
  const { principal, traceId } = call;
  const made = answer === undefined || answer === 'streaming' ? undefined : answer;
  const told = made?.audited;
  const keepsBody = of.keepsBody === true && call.body !== undefined;
  return {
    tenant: principal.tenant,
    class: of.class,
    action: of.action,
    actor: principal.keyId === '' ? null : principal.keyId,
    address,
    subject: told?.subject ?? subjectOf(route, call, made),
    route: nameOf(route),
    purpose: of.class === 'access' || of.first === true ? purposeOf(call.request) : undefined,
    count: told?.count,
    subjects: told?.subjects ?? (of.person === undefined ? undefined : personIn(call, of.person)),
    before: told?.before,
    after: told?.after ?? (keepsBody ? call.body : undefined),
    traceId,
  };
}

function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** `webhooks/ID` of what was made at `location` or stands in the path; undefined where the path names nothing. */
function subjectOf(route: Route, { params }: Call, answer: Answer | undefined): string | undefined {
  const location = answer?.headers?.['location'];
  if (location !== undefined) return location.replace(/^\/v1\//, '');
  const named = /^\/v1\/(.*\})/.exec(route.path)?.[1];
  return named?.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
}

function personIn({ params }: Call, name: string): readonly string[] {
  const id = params[name];
  return id === undefined ? [] : [id];
}

function purposeOf({ headers }: FastifyRequest): string | undefined {
  const text = headers['purpose'];
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

function codeIn({ body }: Answer): string {
  if (typeof body !== 'object' || body === null || !('code' in body)) return 'FORBIDDEN';
  return typeof body.code === 'string' ? body.code : 'FORBIDDEN';
}
