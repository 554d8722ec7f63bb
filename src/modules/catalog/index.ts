/** The catalog: what can be sold, at which price, and how much of it is left. The only door of this folder. */
import { defineModule } from '../../core/module.ts';
import { albums } from './albums/aggregate.ts';
import { categories } from './categories/aggregate.ts';
import { groups } from './groups/aggregate.ts';
import { images } from './images/aggregate.ts';
import { menuRows } from './menu/menu-rows.ts';
import { pictures } from './pictures/aggregate.ts';
import { portions } from './portions/aggregate.ts';
import { priceLists } from './price-lists/aggregate.ts';
import { products } from './products/aggregate.ts';
import { recipes } from './recipes/aggregate.ts';

export { printedLogo, shownLogo } from './images/logo.ts';
export type { ImageState } from './images/state.ts';
export { IMAGES_CATEGORY } from './images/stream.ts';
export type { GroupState } from './groups/state.ts';
export type { PortionsState } from './portions/state.ts';
export { givePortionsBack, isCounted, portionsStream, takePortions } from './portions/take.ts';
export type { PriceListsState } from './price-lists/state.ts';
export { PRICE_LISTS_STREAM } from './price-lists/stream.ts';
export {
  GROUPS_CATEGORY,
  groupStreams,
  priceLine,
  productStream,
  SALE_REFUSALS,
  type PricedLine,
  type PriceSources,
} from './pricing/price-line.ts';
export { listsThatApply } from './pricing/price-rules.ts';
export type { ProductState } from './products/state.ts';
export type { Menu, MenuProduct } from './menu/render-menu.ts';
export type { Section } from './menu/sections.ts';
export { publicAlbums } from './routes-gallery.ts';
export { createMenuReader, type MenuReader } from './routes-menu.ts';
export type { ShownImage } from './routes-pictures.ts';
export { sweepGallery } from './routes-image-removal.ts';
export { catalogRoutes } from './routes.ts';

export const catalog = defineModule({
  name: 'catalog',
  title: 'Catalog',
  summary:
    'What can be sold, at which price, when, and how much of it is left; and how it is made.',
  aggregates: [
    products,
    categories,
    groups,
    priceLists,
    portions,
    recipes,
    images,
    albums,
    pictures,
  ],
  readModels: [menuRows],
});
