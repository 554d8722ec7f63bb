/** Routes of the catalog that the frame cannot derive. */
import type { ModuleRoutes } from '../../http/modules/services.ts';
import { menuRoutes } from './routes-menu.ts';
import { priceListRoutes } from './routes-price-lists.ts';
import { recipeRoutes } from './routes-recipes.ts';
import { tableRoutes } from './routes-table.ts';

export const catalogRoutes: ModuleRoutes = (deps) => [
  ...menuRoutes(deps),
  ...priceListRoutes(deps),
  ...recipeRoutes(deps),
  ...tableRoutes(deps),
];
