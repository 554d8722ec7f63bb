/** Routes that the frame cannot derive: phones and keys of requests, lists by a rare status, addresses by their hash, counts of campaigns. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import { campaignRoutes } from './routes-campaigns.ts';
import { listRoutes } from './routes-list.ts';
import { optInRoutes } from './routes-opt-in.ts';
import { requestRoutes, settingsRoutes } from './routes-request.ts';
import { suppressionRoutes } from './routes-suppressions.ts';

export function messageRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [
    ...listRoutes(deps),
    ...requestRoutes(deps),
    ...settingsRoutes(deps),
    ...suppressionRoutes(deps),
    ...campaignRoutes(deps),
    ...optInRoutes(deps),
  ];
}
