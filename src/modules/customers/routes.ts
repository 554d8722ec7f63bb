/** Routes that the frame cannot derive: look-up by any identifier, phones as people write them, files, merges, segments. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import { duplicatesRoute } from './routes-duplicates.ts';
import { tableRoutes } from './routes-table.ts';
import { listRoute } from './routes-list.ts';
import { mergesRoute } from './routes-merges.ts';
import { phoneRoutes } from './routes-phones.ts';
import { segmentRoute } from './routes-segments.ts';

export function customerRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [
    ...phoneRoutes(deps),
    listRoute(deps),
    duplicatesRoute(deps),
    mergesRoute(deps),
    segmentRoute(deps),
    ...tableRoutes(deps),
  ];
}
