/** People of the tenant, their links and sessions, for those who run the house; and the way back in. */
import { breakGlass } from '../access/break-glass.ts';
import { noteChange, placeOf } from '../access/context.ts';
import { sendLink } from '../access/links/links.ts';
import type { Assignment } from '../access/roles/combine.ts';
import { listSessions, ownerOfSession, revokeSession } from '../access/sessions/sessions.ts';
import {
  listUsers,
  readUser,
  USER_PAGE_DEFAULT,
  USER_PAGE_MAX,
} from '../access/users/user-rows.ts';
import { changeUser, checkOutranks, inviteUser, removeUser } from '../access/users/write-users.ts';
import { Failure } from '../core/errors.ts';
import {
  ACCESS_TAG,
  askerOf,
  BODY_ERRORS,
  idParameter,
  jsonBody,
  type PeopleRouteDependencies,
} from './access-calls.ts';
import {
  BreakGlassAnswer,
  BreakGlassBody,
  Invited,
  InviteBody,
  Link,
  LinkBody,
  SessionList,
  User,
  UserChangeBody,
  UserPage,
  type RoleAssignment,
} from './access-shapes.ts';
import { AFTER_PAGE, limitOf, limitParameter } from './query-input.ts';
import { ANY_KEY, scoped, type Call, type Route } from './route.ts';

export function userRoutes(deps: PeopleRouteDependencies): readonly Route[] {
  return [
    inviteRoute(deps),
    listRoute(deps),
    readRoute(deps),
    changeRoute(deps),
    removeRoute(deps),
    linkRoute(deps),
    sessionsRoute(deps),
    endSessionRoute(deps),
    breakGlassRoute(deps),
  ];
}

const ID = idParameter('The id of the person.');
const ROLES_EXAMPLE = [{ role: 'staff', locations: ['main'], amounts: { 'orders:refund': 2000 } }];
const LANGUAGE_DEFAULT = 'en';

function inviteRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/access/users',
    operationId: 'inviteUser',
    tag: ACCESS_TAG,
    summary: 'Invite a person',
    description:
      'Nobody gives a role that goes beyond their own permissions and rules. The link lets the person set a password; ' +
      'it is shown once, counts once and lasts 24 hours.',
    access: scoped('access:write'),
    body: jsonBody(InviteBody, {
      email: 'ada@cafe-aurora.example',
      name: 'Ada',
      roles: ROLES_EXAMPLE,
    }),
    answers: { 201: { description: 'Invited', schema: Invited, headers: ['location'] } },
    errors: [...BODY_ERRORS, 'USER_EXISTS'],
    async handle(call) {
      // safe because the body was validated under this schema
      const { roles, language = LANGUAGE_DEFAULT, ...named } = call.body as InviteBody;
      const invited = await inviteUser(deps.access.context, askerOf(deps, call), {
        ...named,
        language,
        roles: assignmentsOf(roles),
      });
      const location = `/v1/access/users/${invited.user.id}`;
      return { status: 201, body: invited, headers: { location } };
    },
  };
}

function listRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/access/users',
    operationId: 'listUsers',
    tag: ACCESS_TAG,
    summary: 'People of the tenant',
    access: scoped('access:read'),
    audit: { class: 'access', action: 'users.read' },
    parameters: [
      AFTER_PAGE,
      limitParameter('people', { standard: USER_PAGE_DEFAULT, max: USER_PAGE_MAX }),
    ],
    answers: { 200: { description: 'A page of people', schema: UserPage } },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID'],
    async handle({ principal, query }) {
      const limit = limitOf(query, { standard: USER_PAGE_DEFAULT, max: USER_PAGE_MAX });
      const after = query.get('after') ?? null;
      const { tenant } = principal;
      const page = await listUsers(deps.access.context, { tenant, after, limit });
      return { status: 200, body: page, audited: { count: page.items.length } };
    },
  };
}

function readRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/access/users/{id}',
    operationId: 'readUser',
    tag: ACCESS_TAG,
    summary: 'One person',
    access: scoped('access:read'),
    audit: { class: 'access', action: 'users.read', person: 'id' },
    parameters: [ID],
    answers: { 200: { description: 'The person', schema: User } },
    errors: ['NOT_FOUND'],
    async handle(call) {
      const { context } = deps.access;
      const place = placeOf(context, call.principal.tenant);
      return { status: 200, body: (await readUser(context, { place, userId: idOf(call) })).view };
    },
  };
}

function changeRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'PUT',
    path: '/v1/access/users/{id}',
    operationId: 'changeUser',
    tag: ACCESS_TAG,
    summary: 'Change what is named: name, language, status, all roles; it counts within 2 seconds',
    access: scoped('access:write'),
    parameters: [ID],
    body: jsonBody(UserChangeBody, { roles: ROLES_EXAMPLE }),
    answers: { 200: { description: 'As it is now', schema: User } },
    errors: [...BODY_ERRORS, 'NOT_FOUND', 'LAST_OWNER'],
    async handle(call) {
      // safe because the body was validated under this schema
      const { roles, ...named } = call.body as UserChangeBody;
      const change = {
        ...named,
        ...(roles === undefined ? {} : { roles: assignmentsOf(roles) }),
      };
      const asked = { userId: idOf(call), change };
      return {
        status: 200,
        body: await changeUser(deps.access.context, askerOf(deps, call), asked),
      };
    },
  };
}

function removeRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'DELETE',
    path: '/v1/access/users/{id}',
    operationId: 'removeUser',
    tag: ACCESS_TAG,
    summary: 'Remove a person with sessions, codes and links',
    access: scoped('access:write'),
    parameters: [ID],
    answers: { 204: { description: 'Removed' } },
    errors: ['NOT_FOUND', 'LAST_OWNER'],
    async handle(call) {
      await removeUser(deps.access.context, askerOf(deps, call), idOf(call));
      return { status: 204 };
    },
  };
}

function linkRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/access/users/{id}/links',
    operationId: 'makeLink',
    tag: ACCESS_TAG,
    summary: 'A one-time link: a new invitation, a password reset, a lost second factor',
    access: scoped('access:write'),
    parameters: [ID],
    body: jsonBody(LinkBody, { kind: 'password' }),
    answers: { 201: { description: 'The link, shown once', schema: Link } },
    errors: [...BODY_ERRORS, 'NOT_FOUND'],
    async handle(call) {
      // safe because the body was validated under this schema
      const { kind } = call.body as LinkBody;
      const { context } = deps.access;
      const userId = idOf(call);
      await checkOutranks(context, call.principal, userId);
      const link = await sendLink(context, askerOf(deps, call), { userId, kind });
      return { status: 201, body: link };
    },
  };
}

function sessionsRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/access/sessions',
    operationId: 'listSessions',
    tag: ACCESS_TAG,
    summary: 'Open sessions: your own, or with access:read those of `userId`',
    access: ANY_KEY,
    parameters: [
      {
        name: 'userId',
        in: 'query',
        description: 'Whose; your own by default.',
        schema: { type: 'string' },
      },
    ],
    answers: { 200: { description: 'Sessions, the newest first', schema: SessionList } },
    errors: ['INPUT_INVALID', 'NOT_FOUND'],
    async handle({ principal, query }) {
      const { context } = deps.access;
      const place = placeOf(context, principal.tenant);
      const own = principal.user?.userId;
      const userId = query.get('userId') ?? own;
      if (userId === undefined || (userId !== own && !principal.scopes.has('access:read')))
        throw new Failure('FORBIDDEN', 'This needs the permission access:read.', {
          extra: { scope: 'access:read' },
        });
      if (userId !== own) await readUser(context, { place, userId });
      const items = await listSessions(context, { place, userId });
      const here = principal.user?.sessionId;
      return {
        status: 200,
        body: { items: items.map((item) => ({ ...item, isThis: item.id === here })) },
      };
    },
  };
}

function endSessionRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'DELETE',
    path: '/v1/access/sessions/{id}',
    operationId: 'endSession',
    tag: ACCESS_TAG,
    summary:
      'End a session: your own, or with access:write that of somebody; it counts within 2 seconds',
    access: ANY_KEY,
    parameters: [idParameter('The id of the session.')],
    answers: { 204: { description: 'Ended, now or before' } },
    errors: ['NOT_FOUND'],
    async handle(call) {
      const { context } = deps.access;
      const { principal } = call;
      const session = { place: placeOf(context, principal.tenant), id: idOf(call) };
      const userId = await ownerOfSession(context.database, session);
      const isOwn = userId !== null && userId === principal.user?.userId;
      // To whoever may not end it, a session of somebody else is as unknown as one that never was.
      if (userId === null || (!isOwn && !principal.scopes.has('access:write')))
        throw new Failure('NOT_FOUND', 'There is no session with this id.');
      if (!isOwn) await checkOutranks(context, principal, userId);
      await revokeSession(context.database, session);
      context.forget();
      noteChange(context, askerOf(deps, call), {
        action: 'session.revoked',
        subject: `session/${session.id}`,
        after: { userId },
      });
      return { status: 204 };
    },
  };
}

function breakGlassRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/tenants/{id}/break-glass',
    operationId: 'breakGlass',
    tag: ACCESS_TAG,
    summary: 'The way back in: an owner by e-mail and a link of one hour',
    description:
      "For the installation's administrators, when nobody of a tenant can sign in. Makes the person an owner, ends their " +
      'sessions and answers with a link that sets a password and takes a second factor away. Recorded before it is done.',
    access: scoped('tenants:write'),
    parameters: [idParameter('The id of the tenant.')],
    body: jsonBody(BreakGlassBody, { email: 'owner@cafe-aurora.example' }),
    answers: { 201: { description: 'The link, shown once', schema: BreakGlassAnswer } },
    errors: [...BODY_ERRORS, 'NOT_FOUND'],
    async handle(call) {
      // safe because the body was validated under this schema
      const { email } = call.body as BreakGlassBody;
      const asked = { tenant: idOf(call), email };
      const made = await breakGlass(deps.access.context, askerOf(deps, call), asked);
      return { status: 201, body: made };
    },
  };
}

function idOf({ params }: Call): string {
  return params['id'] ?? '';
}

function assignmentsOf(roles: readonly RoleAssignment[]): readonly Assignment[] {
  if (new Set(roles.map(({ role }) => role)).size < roles.length)
    throw new Failure('INPUT_INVALID', 'A role is named twice.', {
      errors: [{ at: '/roles', message: 'has a role twice', code: 'ROLE_TWICE' }],
    });
  return roles.map(({ role, locations = null, ownShiftOnly = false, amounts = {} }) => ({
    role,
    locations,
    ownShiftOnly,
    amounts,
  }));
}
