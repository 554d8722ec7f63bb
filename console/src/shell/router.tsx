/** The addresses of the console: every screen within the shell. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type AnyRoute,
} from '@tanstack/react-router';
import { SCREENS, type ScreenRoute } from '../routes.tsx';
import { fetchScreensAhead, loadScreen } from './load-screen.ts';
import { NotFoundScreen } from './not-found.tsx';
import { RootScreen } from './root-screen.tsx';
import { RouteError, RoutePending } from './route-states.tsx';
import { parseSearch, stringifySearch } from './search-params.ts';

/** A screen that loads within this time shows nothing in between. */
const PENDING_MS = 300;

const root = createRootRoute({ component: RootScreen, notFoundComponent: NotFoundScreen });

function routeOf({ path, load }: ScreenRoute): AnyRoute {
  return createRoute({
    getParentRoute: () => root,
    path,
    // Loaded by the route itself: its own error and pending states stand in the shell meanwhile.
    component: lazyRouteComponent(async () => ({ default: await loadScreen(load) })),
  });
}

export const router = createRouter({
  routeTree: root.addChildren(SCREENS.map((screen) => routeOf(screen))),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: PENDING_MS,
  defaultPendingComponent: RoutePending,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFoundScreen,
  scrollRestoration: true,
});

fetchScreensAhead(SCREENS);
