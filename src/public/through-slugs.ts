/** Routes of modules below /public/{slug}: they know the ids of tenants, addresses the names of businesses. */
import type { Answer, Call, Route } from '../http/route.ts';
import type { Slugs } from './slugs/slugs.ts';

const PREFIX = '/public/{slug}/';

export function throughSlugs(routes: readonly Route[], slugs: Slugs): readonly Route[] {
  return routes.map((route) => throughSlug(route, slugs));
}

function throughSlug(route: Route, slugs: Slugs): Route {
  const { handle, path } = route;
  if (handle === undefined || !path.startsWith(PREFIX)) return route;
  return {
    ...route,
    async handle(call): Promise<Answer> {
      const answer = await handle(await translated(call, slugs));
      if (answer === 'streaming') throw new TypeError(`${path} writes to the socket itself`);
      return answer;
    },
  };
}

/** What can be no name stays as it is, and finds nothing. */
async function translated(call: Call, slugs: Slugs): Promise<Call> {
  const tenant = await slugs.tenantOf(call.params['slug'] ?? '');
  return tenant === null ? call : { ...call, params: { ...call.params, slug: tenant } };
}
