/**
 * From descriptions of business modules to routes: everything a module offers over HTTP, without a line of its own.
 *
 *   POST /v1/{module}              creates          GET /v1/{module}              list, from its read model
 *   POST /v1/{module}/{id}/{word}  follows          GET /v1/{module}/{id}         one, from the log; /history
 *                                                   GET /v1/{module}/live         the list as it changes
 *
 * A module with several aggregates answers under /v1/{module}/{aggregate}. Fixed words win over ids. Routes of a
 * module's own come first: one with the method and path of a derived route takes its place.
 */
import type { Route } from '../route.ts';
import { mountedOf } from './addresses.ts';
import { asOfRoutes } from './as-of-routes.ts';
import { commandRoutes } from './command-routes.ts';
import { descriptorRoute } from './descriptor.ts';
import type { LiveLists } from './live-routes.ts';
import { queryRoutes } from './query-routes.ts';
import type { ModuleRouteDependencies } from './services.ts';

/** Throws a TypeError when two modules would answer under the same address or name. */
export function moduleRoutes(deps: ModuleRouteDependencies, live?: LiveLists): readonly Route[] {
  const mounted = deps.modules.flatMap(mountedOf);
  const own = (deps.moduleRoutes ?? []).flatMap((make) => make(deps));
  const taken = new Set(own.map(addressOf));
  const derived = mounted.flatMap((each) => [
    ...commandRoutes(deps, each),
    ...queryRoutes(deps, each),
    ...(live === undefined ? [] : [live.routeOf(each)]),
  ]);
  const routes = [
    descriptorRoute(deps.modules),
    ...asOfRoutes(deps),
    ...own,
    ...derived.filter((route) => !taken.has(addressOf(route))),
  ];
  for (const names of [
    routes.map(addressOf),
    routes.map(({ operationId }) => operationId),
    deps.modules.map(({ name }) => name),
  ]) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new TypeError(`two modules have ${twice}`);
  }
  return routes;
}

/** Routes that differ in nothing but the names of their parameters answer under one address. */
function addressOf({ method, path }: Route): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
}
