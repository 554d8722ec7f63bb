/**
 * From descriptions of business modules to routes: everything a module offers over HTTP, without a line of its own.
 *
 *   POST /v1/{module}              creates          GET /v1/{module}              list, from its read model
 *   POST /v1/{module}/{id}/{word}  follows          GET /v1/{module}/{id}         one, from the log; /history
 *
 * A module with several aggregates answers under /v1/{module}/{aggregate}. Fixed words win over ids.
 */
import type { Route } from '../route.ts';
import { mountedOf } from './addresses.ts';
import { commandRoutes } from './command-routes.ts';
import { descriptorRoute } from './descriptor.ts';
import { queryRoutes } from './query-routes.ts';
import type { ModuleRouteDependencies } from './services.ts';

/** Throws a TypeError when two modules would answer under the same address or name. */
export function moduleRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const mounted = deps.modules.flatMap(mountedOf);
  const routes = [
    descriptorRoute(deps.modules),
    ...mounted.flatMap((each) => [...commandRoutes(deps, each), ...queryRoutes(deps, each)]),
  ];
  for (const names of [
    routes.map(({ method, path }) => `${method} ${path}`),
    routes.map(({ operationId }) => operationId),
    deps.modules.map(({ name }) => name),
  ]) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new TypeError(`two modules have ${twice}`);
  }
  return routes;
}
