/** Mounts described routes on fastify: credentials, scope, limits, parameters, body, handler, answer, in this order. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasKey, type CachedAuthenticator } from '../access/authenticator.ts';
import {
  DEFAULT_TENANT,
  INSTALLATION_SCOPES,
  type Principal,
  type Scope,
} from '../access/principal.ts';
import { Failure } from '../core/errors.ts';
import type { AuditHook } from './audit-hook.ts';
import type { AuthFailureLimit } from './auth-failure-limit.ts';
import { createBodyCompiler, type CompileBody } from './body-schemas.ts';
import { isLoopback, type ClientAddress } from './client-address.ts';
import { clientNetwork } from './rate-limit/client-network.ts';
import { rateClassOf, rateRequestOf, takeRequest } from './rate-limit/limit-request.ts';
import type { RateLimits } from './rate-limit/rate-limits.ts';
import { readJsonBody } from './json-body.ts';
import type { SessionRequests } from './session-requests.ts';
import { traceIdOf } from './problem.ts';
import { pageQueryOf, queryOf } from './query-input.ts';
import {
  NOBODY,
  type Access,
  type Answer,
  type Call,
  type CommandAccess,
  type Route,
} from './route.ts';

export interface MountDependencies {
  readonly authenticator: CachedAuthenticator;
  readonly limit: AuthFailureLimit;
  readonly clientAddress: ClientAddress;
  /** Absent where nobody signs in: keys only. */
  readonly sessions?: SessionRequests | undefined;
  readonly audit: AuditHook;
  readonly rateLimits: RateLimits;
}

/** Parameters in the path are at most this long; types of events are the longest of them. */
export const PATH_PARAMETER_LENGTH_MAX = 1024;

export function mountRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  deps: MountDependencies,
): void {
  // Bodies are read by the routes that declare one, with their own bounds: the framework reads none.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
  const compile = createBodyCompiler();
  for (const route of routes) {
    if (route.handle === undefined) continue;
    const validate = bodyValidator(route, compile);
    const rateClass = rateClassOf(route);
    const { handle } = route;
    const readQuery = route.page === undefined ? queryOf : pageQueryOf;
    app.route({
      method: route.method,
      // RFC 9110, section 9.1: what can be read can be asked for its head. A stream without an end has none to wait for.
      exposeHeadRoute: route.method === 'GET' && !isEndless(route),
      url: route.path.replaceAll('{', ':').replaceAll('}', ''),
      handler: async (request, reply) => {
        const caller: Caller = { principal: null };
        try {
          const principal = await principalOf(request, { access: route.access, caller }, deps);
          const client = clientNetwork(deps.clientAddress(request.raw));
          if (rateClass !== null) {
            const asked = rateRequestOf(rateClass, principal, client);
            void reply.headers(await takeRequest(deps.rateLimits, asked));
          }
          const call: Call = {
            principal,
            params: paramsOf(request.params),
            query: readQuery(request.query, route.parameters ?? []),
            body: validate === null ? undefined : await validate(request),
            request,
            reply,
            traceId: traceIdOf(request.headers['traceparent']),
            client,
          };
          const written = deps.audit.before(route, call);
          if (written !== undefined) await written;
          const answer = await handle(call);
          deps.audit.after(route, call, answer);
          return answer === 'streaming' ? reply : send(reply, answer);
        } catch (error) {
          deps.audit.failed(route, { request, principal: caller.principal, error });
          const shown = route.page?.failed(error, request) ?? null;
          if (shown === null) throw error;
          return send(reply, shown);
        }
      },
    });
  }
}

function isEndless({ answers }: Route): boolean {
  return answers[200]?.contentType === 'text/event-stream';
}

/** Who was identified, also where the request is refused afterwards. */
interface Caller {
  principal: Principal | null;
}

async function principalOf(
  request: FastifyRequest,
  { access, caller }: { readonly access: Access; readonly caller: Caller },
  deps: MountDependencies,
): Promise<Principal> {
  if (access.kind === 'open') return NOBODY;
  // Whatever credential comes with it: this machine needs none.
  if (access.kind === 'scope-or-loopback' && isLoopback(request.raw)) return NOBODY;
  const hasCredential = hasKey(request.headers) || deps.sessions?.isPresent(request) === true;
  const address = deps.clientAddress(request.raw);
  const refusal = hasCredential ? deps.limit.refusal(address) : null;
  if (refusal !== null && !deps.authenticator.knows(request.headers)) throw refusal;
  try {
    const known = await deps.authenticator.authenticate(request.headers);
    caller.principal = known;
    const principal = (await deps.sessions?.checked(request, known)) ?? known;
    if (access.kind === 'command') requireCommand(principal, access);
    else if (access.kind !== 'key') requireScope(principal, access.scope);
    return principal;
  } catch (error) {
    if (hasCredential && error instanceof Failure && error.code === 'UNAUTHENTICATED')
      deps.limit.failed(address);
    throw error;
  }
}

/** Errors: FORBIDDEN when the key lacks the scope, or the scope is installation-wide and the tenant is not `default`. */
export function requireScope(principal: Principal, scope: Scope): void {
  const foreign = INSTALLATION_SCOPES.has(scope) && principal.tenant !== DEFAULT_TENANT;
  if (principal.scopes.has(scope) && !foreign) return;
  throw new Failure('FORBIDDEN', `This needs a key with the scope ${scope}.`, { extra: { scope } });
}

/** Errors: FORBIDDEN. The pipeline checks the same again, for whoever calls it otherwise. */
function requireCommand(principal: Principal, access: CommandAccess): void {
  if (access.approvable && principal.user !== undefined) return;
  if (!principal.scopes.has(access.impliedBy)) requireScope(principal, access.scope);
}

function paramsOf(raw: unknown): Readonly<Record<string, string>> {
  // safe because the router gives decoded strings by name
  const params = raw as Readonly<Record<string, string>>;
  if (Object.values(params).some((value) => value.includes('\0') || value === ''))
    throw new Failure('NOT_FOUND', 'There is nothing under this address.');
  return params;
}

/** Reads and validates, at once or as a promise, the body of a route that declares application/json; null for a route without a body. */
function bodyValidator(
  route: Route,
  compile: CompileBody,
): ((request: FastifyRequest) => unknown) | null {
  const described = route.body;
  if (described === undefined || described.raw === true) return null;
  if (described.validatedLater === true)
    return (request) => (hasBody(request) ? readBody(request, described) : {});
  const schema = described.content['application/json']?.schema ?? {};
  const faultsOf = compile(schema);
  return async (request) => {
    const body = await readBody(request, described);
    const errors = faultsOf(body);
    const [first] = errors;
    if (first === undefined) return body;
    throw new Failure('INPUT_INVALID', `${first.at} ${first.message}`, { errors });
  };
}

/** RFC 9112, section 6.3: without these headers a request has no body. */
function hasBody({ headers }: FastifyRequest): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return headers['content-length'] !== undefined && headers['content-length'] !== '0';
}

function readBody(
  request: FastifyRequest,
  { bytesMax, exactNumbers = false }: NonNullable<Route['body']>,
): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (type !== 'application/json' && !isJson(type))
    throw new Failure('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  if (request.headers['content-encoding'] !== undefined)
    throw new Failure('UNSUPPORTED_MEDIA_TYPE', 'This endpoint takes no compressed body.');
  // safe because an incoming message is a readable stream
  return readJsonBody(request.raw as Readable, bytesMax, { exactNumbers });
}

function isJson(contentType: string): boolean {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === 'application/json' || /^application\/[\w.-]+\+json$/.test(type);
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  void reply.code(answer.status);
  if (answer.headers !== undefined) void reply.headers(answer.headers);
  const { body } = answer;
  if (body === undefined) return reply.send();
  if (typeof body === 'string' || body instanceof Uint8Array) {
    void reply.type(answer.contentType ?? 'application/json; charset=utf-8');
    return reply.send(body);
  }
  if (isByteStream(body)) {
    void reply.type(answer.contentType ?? 'application/octet-stream');
    return reply.send(Readable.from(body, { objectMode: false }));
  }
  void reply.type(answer.contentType ?? 'application/json; charset=utf-8');
  return reply.send(JSON.stringify(body));
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
