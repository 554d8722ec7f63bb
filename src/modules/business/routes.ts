/** Routes that the frame cannot derive: the one id of the profile, X and Z reports of tills, proposals for a country. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import { presetRoutes } from './locations/routes.ts';
import { profileRoutes } from './profiles/routes.ts';
import { tillRoutes } from './tills/routes.ts';

export function businessRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [...profileRoutes(deps), ...presetRoutes(), ...tillRoutes(deps)];
}
