/** Routes that the frame cannot derive: the id of a quiz is its slug; funnel, export, preview, and what the public sees. */
import { mountedOf } from '../../http/modules/addresses.ts';
import { commandRoutes } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { QUIZZES } from './quizzes/state.ts';
import { convertRoute } from './routes-convert.ts';
import { exportRoute } from './routes-export.ts';
import { funnelRoute } from './routes-funnel.ts';
import { previewRoute } from './routes-preview.ts';
import { publicQuizRoutes } from './routes-public.ts';

export function leadRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [
    ...createQuizRoutes(deps),
    exportRoute(deps),
    funnelRoute(deps),
    previewRoute(deps),
    convertRoute(deps),
    ...publicQuizRoutes(deps),
  ];
}

/** POST /v1/leads/quizzes: the derived route, but for the id: a slug is taken once, and finds its quiz by itself. */
function createQuizRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const pipeline: Pipeline = {
    ...deps.pipeline,
    handle: (request) => deps.pipeline.handle({ ...request, id: slugOf(request.input) }),
  };
  return deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === QUIZZES)
    .flatMap((mounted) => commandRoutes({ ...deps, pipeline }, mounted))
    .filter(({ path }) => !path.includes('{id}'));
}

/** Null where the input is not valid, which the pipeline will say. */
function slugOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('slug' in input)) return null;
  return typeof input.slug === 'string' ? input.slug : null;
}
