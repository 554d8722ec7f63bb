/** Routes that the frame cannot derive: receipts, boards, the floor, the queues of tills that were offline, imports. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import { floorRoutes } from './routes-floor.ts';
import { importRoute } from './routes-imports.ts';
import { kitchenRoutes } from './routes-kitchen.ts';
import { namedRoutes } from './routes-named.ts';
import { receiptRoutes } from './routes-receipt.ts';
import { syncRoute } from './routes-sync.ts';

export function orderRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [
    ...receiptRoutes(deps),
    ...kitchenRoutes(deps),
    ...floorRoutes(deps),
    ...namedRoutes(deps),
    syncRoute(deps),
    importRoute(deps),
  ];
}
