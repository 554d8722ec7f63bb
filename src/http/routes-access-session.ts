/** Signing in and out, by password or by PIN, and the sessions of people. */
import { placeOf } from '../access/context.ts';
import { deviceOfKey } from '../access/devices/devices.ts';
import { switchByPin } from '../access/devices/pins.ts';
import { useLink } from '../access/links/links.ts';
import { DEFAULT_TENANT } from '../access/principal.ts';
import {
  browserCookie,
  endedMarkCookie,
  endedSessionCookie,
  markCookie,
  sessionCookie,
  sessionTokenOf,
} from '../access/sessions/cookies.ts';
import {
  endSession,
  PIN_SESSION_IDLE_SECONDS,
  SESSION_IDLE_SECONDS,
} from '../access/sessions/sessions.ts';
import { readUser } from '../access/users/user-rows.ts';
import {
  ACCESS_TAG,
  BODY_ERRORS,
  browserOf,
  csrfOf,
  DEVICE_KEY,
  jsonBody,
  originOf,
  personOf,
  SECRET_ERRORS,
  type PeopleRouteDependencies,
} from './access-calls.ts';
import { LinkUseBody, LinkUsed, PinBody, SessionView, SignInBody } from './access-shapes.ts';
import { ANY_KEY, OPEN, type Call, type Route } from './route.ts';
import { refuseOtherSites } from './session-requests.ts';

export function sessionRoutes(deps: PeopleRouteDependencies): readonly Route[] {
  return [signInRoute(deps), pinRoute(deps), linkRoute(deps), whoRoute(deps), signOutRoute(deps)];
}

function signInRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/session',
    operationId: 'signIn',
    tag: ACCESS_TAG,
    summary: 'Sign in with e-mail and password',
    description:
      'Sets the cookie `__Host-comptoir` (without the prefix on plain HTTP of the machine itself) and beside it ' +
      '`__Host-comptoir-here`, which scripts can read and which opens nothing. With a second factor ' +
      'the first answer is CODE_REQUIRED: send the same with `code`. Failed tries are slowed down, never locked out: ' +
      'wait for Retry-After.',
    access: OPEN,
    body: jsonBody(SignInBody, {
      email: 'owner@cafe-aurora.example',
      password: 'a sentence of yours',
    }),
    answers: {
      200: { description: 'Signed in', schema: SessionView, headers: ['set-cookie'] },
    },
    errors: [...SECRET_ERRORS, 'CODE_REQUIRED'],
    async handle(call) {
      refuseOtherSites(call.request);
      // safe because the body was validated under this schema
      const { tenant = DEFAULT_TENANT, ...request } = call.body as SignInBody;
      const signedIn = await deps.access.signIn({ tenant, ...request }, browserOf(deps, call));
      const { headers } = call.request;
      await leaveOldSession(deps, call);
      void call.reply.header('set-cookie', [
        sessionCookie(signedIn.token, headers),
        markCookie(headers),
        browserCookie(signedIn.browserId, headers),
      ]);
      return { status: 200, body: await viewOf(deps, call, signedIn.token) };
    },
  };
}

function pinRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/session/pin',
    operationId: 'signInByPin',
    tag: ACCESS_TAG,
    summary: 'Switch to a person on an enrolled device',
    description:
      'The session is worth nothing without the key of the device, which every request carries as X-Device-Key. After ' +
      'five wrong PINs the person signs in with their password once.',
    access: OPEN,
    parameters: [DEVICE_KEY],
    body: jsonBody(PinBody, { userId: '01989f3e-7c00-7000-8000-000000000001', pin: '2580' }),
    answers: {
      200: { description: 'Switched', schema: SessionView, headers: ['set-cookie'] },
    },
    errors: SECRET_ERRORS,
    async handle(call) {
      refuseOtherSites(call.request);
      // safe because the body was validated under this schema
      const { userId, pin } = call.body as PinBody;
      const { headers } = call.request;
      const { context } = deps.access;
      const device = await deviceOfKey(context, headers['x-device-key']);
      const { agent } = browserOf(deps, call);
      const origin = originOf(deps, call);
      const { token } = await switchByPin(context, { device, userId, pin, origin, agent });
      await leaveOldSession(deps, call);
      void call.reply.header('set-cookie', [sessionCookie(token, headers), markCookie(headers)]);
      return { status: 200, body: await viewOf(deps, call, token) };
    },
  };
}

function linkRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/session/links',
    operationId: 'useLink',
    tag: ACCESS_TAG,
    summary: 'Use an invitation, a reset or another one-time link',
    description: 'Sets the password. Opens no session, and ends all that were open.',
    access: OPEN,
    body: jsonBody(LinkUseBody, {
      token: 'cl_AAAAAAAAAAAAAAAAAAAAAA',
      password: 'a sentence of yours',
    }),
    answers: { 200: { description: 'Done: sign in now', schema: LinkUsed } },
    errors: [...SECRET_ERRORS, 'NOT_FOUND'],
    async handle(call) {
      refuseOtherSites(call.request);
      // safe because the body was validated under this schema
      const given = call.body as LinkUseBody;
      const used = await useLink(deps.access.context, originOf(deps, call), given);
      return { status: 200, body: used };
    },
  };
}

function whoRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/session',
    operationId: 'readSession',
    tag: ACCESS_TAG,
    summary: 'Who is signed in, and what they may do',
    access: ANY_KEY,
    answers: { 200: { description: 'The session', schema: SessionView } },
    async handle(call) {
      personOf(deps, call);
      return { status: 200, body: await viewOf(deps, call, sessionTokenOf(call.request.headers)) };
    },
  };
}

function signOutRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'DELETE',
    path: '/v1/session',
    operationId: 'signOut',
    tag: ACCESS_TAG,
    summary: 'Sign out',
    access: ANY_KEY,
    answers: { 204: { description: 'The session has ended', headers: ['set-cookie'] } },
    errors: BODY_ERRORS,
    async handle(call) {
      const { sessionId, userId } = personOf(deps, call);
      const { tenant } = call.principal;
      const place = placeOf(deps.access.context, tenant);
      await endSession(deps.access.context, originOf(deps, call), { place, id: sessionId, userId });
      const { headers } = call.request;
      void call.reply.header('set-cookie', [endedSessionCookie(headers), endedMarkCookie(headers)]);
      return { status: 204 };
    },
  };
}

/** A browser has one session: the one it carried before ends (ASVS 7.2.4). One that is no more is none. */
async function leaveOldSession(deps: PeopleRouteDependencies, call: Call): Promise<void> {
  const { sessions, context } = deps.access;
  const { headers } = call.request;
  if (!sessions.isPresent(headers)) return;
  const old = await Promise.resolve()
    .then(() => sessions.authenticate(headers))
    .catch(() => null);
  if (old?.user === undefined) return;
  const { sessionId: id, userId } = old.user;
  const place = placeOf(context, old.tenant);
  await endSession(context, originOf(deps, call), { place, id, userId });
}

async function viewOf(deps: PeopleRouteDependencies, call: Call, token: string | null) {
  const { context, sessions } = deps.access;
  const deviceKey = call.request.headers['x-device-key'];
  const principal = await sessions.authenticate({
    cookie: `__Host-comptoir=${token ?? ''}`,
    ...(deviceKey === undefined ? {} : { 'x-device-key': deviceKey }),
  });
  const person = personOf(deps, { principal });
  const { view } = await readUser(context, person);
  const { id, name, email, language, hasTotp, hasPin } = view;
  const deviceId = principal.user?.deviceId ?? null;
  return {
    tenant: principal.tenant,
    user: { id, name, email, language, hasTotp, hasPin },
    sessionId: person.sessionId,
    deviceId,
    roles: principal.user?.roles ?? [],
    permissions: [...principal.scopes].sort(),
    rules: principal.rules,
    csrf: csrfOf(deps, token ?? ''),
    idleSeconds: deviceId === null ? SESSION_IDLE_SECONDS : PIN_SESSION_IDLE_SECONDS,
  };
}
