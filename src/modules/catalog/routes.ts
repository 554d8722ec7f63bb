/** Routes of the catalog that the frame cannot derive. */
import type { ModuleRoutes } from '../../http/modules/services.ts';
import { galleryRoutes } from './routes-gallery.ts';
import { imageFileRoutes } from './routes-image-files.ts';
import { imageRemovalRoutes } from './routes-image-removal.ts';
import { imageRoutes } from './routes-images.ts';
import { menuRoutes } from './routes-menu.ts';
import { pictureRoutes } from './routes-pictures.ts';
import { priceListRoutes } from './routes-price-lists.ts';
import { recipeRoutes } from './routes-recipes.ts';
import { tableRoutes } from './routes-table.ts';

export const catalogRoutes: ModuleRoutes = (deps) => [
  ...menuRoutes(deps),
  ...imageRoutes(deps),
  ...imageRemovalRoutes(deps),
  ...imageFileRoutes(deps),
  ...pictureRoutes(deps),
  ...galleryRoutes(deps),
  ...priceListRoutes(deps),
  ...recipeRoutes(deps),
  ...tableRoutes(deps),
];
