/**
 * GET /v1/messages: the derived route, but that a rare status is looked for through `attention`, which has an index. The
 * status itself has none: it changes three times in a message's first seconds.
 */
import { mountedOf } from '../../http/modules/addresses.ts';
import { queryRoutes } from '../../http/modules/query-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Call, Route } from '../../http/route.ts';
import { needsAttention } from './read-models/message-list.ts';
import { MESSAGES } from './state.ts';

export function listRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === MESSAGES)
    .flatMap((mounted) => queryRoutes(deps, mounted).slice(0, 1))
    .map(throughAttention);
}

function throughAttention(route: Route): Route {
  const { handle } = route;
  if (handle === undefined) return route;
  return { ...route, handle: (call: Call) => handle({ ...call, query: narrowed(call.query) }) };
}

function narrowed(query: Call['query']): Call['query'] {
  const status = query.get('status');
  if (status === undefined || query.has('attention') || !needsAttention(status)) return query;
  return new Map([...query, ['attention', status]]);
}
