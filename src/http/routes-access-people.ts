/** Everything about people over HTTP: sign-in, sessions, own account, people and roles, devices, approvals. */
import type { PeopleRouteDependencies } from './access-calls.ts';
import type { Route } from './route.ts';
import { accountRoutes } from './routes-access-account.ts';
import { approvalRoutes } from './routes-access-approvals.ts';
import { colleagueRoutes } from './routes-access-colleagues.ts';
import { deviceRoutes } from './routes-access-devices.ts';
import { roleRoutes } from './routes-access-roles.ts';
import { sessionRoutes } from './routes-access-session.ts';
import { userRoutes } from './routes-access-users.ts';

export function peopleRoutes(deps: PeopleRouteDependencies): readonly Route[] {
  return [
    ...sessionRoutes(deps),
    ...accountRoutes(deps),
    ...userRoutes(deps),
    ...colleagueRoutes(deps),
    ...roleRoutes(deps),
    ...deviceRoutes(deps),
    ...approvalRoutes(deps),
  ];
}
