/** What routes of access read from a call, and the words that they share. */
import type { Access } from '../access/create-access.ts';
import { placeOf, type Asker, type Origin } from '../access/context.ts';
import { signedIn } from '../access/approvals/approvals.ts';
import { browserIdOf, sessionCookie } from '../access/sessions/cookies.ts';
import type { Browser } from '../access/sign-in/sign-in.ts';
import type { UserPlace } from '../access/users/user-rows.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { ClientAddress } from './client-address.ts';
import type { BodyDescription, Call, JsonSchema, Parameter } from './route.ts';

export interface PeopleRouteDependencies {
  readonly access: Access;
  readonly clientAddress: ClientAddress;
}

export const ACCESS_TAG = 'Access';
/** A role with two hundred permissions takes a tenth of it. */
const BODY_BYTES_MAX = 64 * 1024;
/** Of routes that take a body. */
export const BODY_ERRORS: readonly ErrorCode[] = [
  'INPUT_INVALID',
  'UNSUPPORTED_MEDIA_TYPE',
  'TOO_LARGE',
];
/** Of routes that hash or check a password. */
export const SECRET_ERRORS: readonly ErrorCode[] = [
  ...BODY_ERRORS,
  'UNAUTHENTICATED',
  'CSRF_TOKEN_WRONG',
  'RATE_LIMITED',
  'OVERLOADED',
  'UNAVAILABLE',
];

export const DEVICE_KEY: Parameter = {
  name: 'X-Device-Key',
  in: 'header',
  description: 'The key of the enrolled device.',
  schema: { type: 'string' },
};

export function idParameter(description: string): Parameter {
  return { name: 'id', in: 'path', description, schema: { type: 'string', maxLength: 128 } };
}

export function jsonBody(schema: JsonSchema, example: unknown): BodyDescription {
  return { bytesMax: BODY_BYTES_MAX, content: { 'application/json': { schema, example } } };
}

export function originOf(deps: PeopleRouteDependencies, { request, traceId }: Call): Origin {
  return { address: deps.clientAddress(request.raw), traceId };
}

export function askerOf(deps: PeopleRouteDependencies, call: Call): Asker {
  return { ...originOf(deps, call), principal: call.principal };
}

export function browserOf(deps: PeopleRouteDependencies, call: Call): Browser {
  const { headers } = call.request;
  return {
    ...originOf(deps, call),
    agent: headers['user-agent'] ?? '',
    browserId: browserIdOf(headers),
  };
}

/** The person who signed in. Errors: FORBIDDEN for a key. */
export function personOf(
  { access }: PeopleRouteDependencies,
  { principal }: Pick<Call, 'principal'>,
): UserPlace & { readonly sessionId: string } {
  const { userId, sessionId } = signedIn(principal);
  return { place: placeOf(access.context, principal.tenant), userId, sessionId };
}

/** Puts the session's new token into the browser and answers with what its page sends from now on. */
export function carryToken(deps: PeopleRouteDependencies, call: Call, token: string): string {
  const { headers } = call.request;
  void call.reply.header('set-cookie', sessionCookie(token, headers));
  return csrfOf(deps, token);
}

export function csrfOf({ access }: PeopleRouteDependencies, token: string): string {
  return access.sessions.csrfTokenOf({ cookie: `__Host-comptoir=${token}` }) ?? '';
}
