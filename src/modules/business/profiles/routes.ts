/** POST /v1/business/profiles: the derived route, but for the id, which is always `main`. */
import { mountedOf } from '../../../http/modules/addresses.ts';
import { commandRoutes, withFixedId } from '../../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../../http/modules/services.ts';
import type { Route } from '../../../http/route.ts';
import type { Pipeline } from '../../../pipeline/pipeline.ts';
import { PROFILE_ID, PROFILES } from './decide.ts';

export function profileRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const mounted = deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === PROFILES);
  const pipeline: Pipeline = {
    ...deps.pipeline,
    handle: (request) => deps.pipeline.handle({ ...request, id: PROFILE_ID }),
  };
  return mounted
    .flatMap((each) => commandRoutes({ ...deps, pipeline }, each))
    .filter(({ path }) => !path.includes('{id}'))
    .map(withFixedId);
}
