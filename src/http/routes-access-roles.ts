/** Roles of the tenant: the built-in ones as they are, and its own. */
import { listRoles, putRole, removeRole } from '../access/roles/own-roles.ts';
import { invalid } from './query-input.ts';
import {
  ACCESS_TAG,
  askerOf,
  BODY_ERRORS,
  idParameter,
  jsonBody,
  type PeopleRouteDependencies,
} from './access-calls.ts';
import { Role, RoleBody, RoleList } from './access-shapes.ts';
import { scoped, type Route } from './route.ts';

const ID = idParameter('The id of the role: a word in lower case.');
const ROLE_ID = /^[a-z][a-z0-9-]{0,39}$/;

export function roleRoutes(deps: PeopleRouteDependencies): readonly Route[] {
  const { context } = deps.access;
  return [
    {
      method: 'GET',
      path: '/v1/access/roles',
      operationId: 'listRoles',
      tag: ACCESS_TAG,
      summary: 'Roles, and every permission that a role may have',
      access: scoped('access:read'),
      answers: { 200: { description: 'Roles', schema: RoleList } },
      async handle({ principal }) {
        const items = await listRoles(context, principal.tenant);
        return { status: 200, body: { items, permissions: context.known } };
      },
    },
    {
      method: 'PUT',
      path: '/v1/access/roles/{id}',
      operationId: 'putRole',
      tag: ACCESS_TAG,
      summary: 'Make or change a role of your own; it counts within 2 seconds',
      description:
        'A permission that this installation does not know is kept and is worth nothing. Nobody makes or changes a role ' +
        'that may do more than they may.',
      access: scoped('access:write'),
      parameters: [ID],
      body: jsonBody(RoleBody, { name: 'Bar', permissions: ['orders:read', 'orders:place'] }),
      answers: { 200: { description: 'As it is now', schema: Role } },
      errors: BODY_ERRORS,
      async handle(call) {
        // safe because the body was validated under this schema
        const role = call.body as RoleBody;
        const id = call.params['id'] ?? '';
        if (!ROLE_ID.test(id)) throw invalid('id', `must match ${ROLE_ID.source}`, 'ID_FORM');
        return { status: 200, body: await putRole(context, askerOf(deps, call), { id, ...role }) };
      },
    },
    {
      method: 'DELETE',
      path: '/v1/access/roles/{id}',
      operationId: 'removeRole',
      tag: ACCESS_TAG,
      summary: 'Remove a role of your own that nobody has',
      access: scoped('access:write'),
      parameters: [ID],
      answers: { 204: { description: 'Removed' } },
      errors: ['NOT_FOUND', 'ROLE_IN_USE'],
      async handle(call) {
        await removeRole(context, askerOf(deps, call), call.params['id'] ?? '');
        return { status: 204 };
      },
    },
  ];
}
