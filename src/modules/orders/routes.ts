/** Routes that the frame cannot derive: receipts, the queues of tills that were offline, imports. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import { importRoute } from './routes-imports.ts';
import { receiptRoutes } from './routes-receipt.ts';
import { syncRoute } from './routes-sync.ts';

export function orderRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [...receiptRoutes(deps), syncRoute(deps), importRoute(deps)];
}
