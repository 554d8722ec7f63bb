/** What colleagues are called: whoever is signed in may say who did something, without seeing more of them. */
import { listColleagues } from '../access/users/user-rows.ts';
import { ACCESS_TAG, personOf, type PeopleRouteDependencies } from './access-calls.ts';
import { Colleagues } from './access-shapes.ts';
import { ANY_KEY, type Route } from './route.ts';

export function colleagueRoutes(deps: PeopleRouteDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/access/colleagues',
      operationId: 'listColleagues',
      tag: ACCESS_TAG,
      summary: 'Names of the people you work with',
      description:
        'For whoever is signed in; keys are refused. Names only: no addresses, roles or states. The newest 500.',
      access: ANY_KEY,
      audit: { class: 'access', action: 'colleagues.listed' },
      answers: { 200: { description: 'Everybody of your business', schema: Colleagues } },
      errors: ['FORBIDDEN'],
      async handle(call) {
        const { place } = personOf(deps, call);
        const items = await listColleagues(deps.access.context, place);
        return { status: 200, body: { items }, audited: { count: items.length } };
      },
    },
  ];
}
