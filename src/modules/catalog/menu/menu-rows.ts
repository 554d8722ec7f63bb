/**
 * Everything a menu is made of, in one read model: what is written in one transaction can be read as one. The row
 * `version` counts the changes, so a reader that saw the same count before and after has read a menu of one moment, and
 * may keep it for as long as the count stays.
 */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import type { Texts } from '../pricing/texts.ts';
import {
  imageDescribed,
  imagePublished,
  imageRemoved,
  imageUnpublished,
  imageUploaded,
  type ImageEvent,
} from '../images/events.ts';
import { sourcesOf, type ImageSource } from '../images/variants.ts';
import { PICTURE_EVENTS, type PictureEvent } from '../pictures/events.ts';
import { CATEGORY_EVENTS, type CategoryEvent } from '../categories/events.ts';
import { GROUP_EVENTS, type GroupEvent } from '../groups/events.ts';
import { PORTION_EVENTS, type PortionEvent } from '../portions/events.ts';
import { PRICE_LIST_EVENTS, type PriceListEvent } from '../price-lists/events.ts';
import { evolve, initialState, type PriceListsState } from '../price-lists/state.ts';
import { PRICE_LISTS_ID } from '../price-lists/stream.ts';
import { PRODUCT_EVENTS, type ProductEvent } from '../products/events.ts';

/** Pictures of the house only: those of persons stand on no menu. */
const MENU_IMAGE_EVENTS = [
  imageUploaded,
  imageDescribed,
  imagePublished,
  imageUnpublished,
  imageRemoved,
] as const;
type MenuImageEvent = Exclude<ImageEvent, { readonly type: `Person${string}` }>;

type MenuEvent =
  | ProductEvent
  | CategoryEvent
  | GroupEvent
  | PriceListEvent
  | PortionEvent
  | MenuImageEvent
  | PictureEvent;

/** Data of a row `image`; `offered` says whether it is published. */
export interface MenuImage {
  readonly width: number;
  readonly height: number;
  readonly alt: Texts | null;
  readonly sources: readonly ImageSource[];
}

export const VERSION_KEY = 'version';

/**
 * `data` is that of the kind: facts of a product, category or group, the state of the price lists, a place, a picture, ids
 * of the pictures of a product.
 */
export interface MenuRow {
  readonly kind:
    | 'product'
    | 'category'
    | 'group'
    | 'price-lists'
    | 'sold-out'
    | 'image'
    | 'pictures'
    | 'version';
  readonly data: unknown;
  /** Of the row `version`: how many changes there were; 0 elsewhere. */
  readonly changes: number;
  /** False for a product or group that was retired: it comes back as it was. False for a picture not published. */
  readonly offered: boolean;
  readonly [column: string]: unknown;
}

export const menuRows = defineReadModel<Recorded<MenuEvent>, MenuRow>({
  name: 'catalog.menu',
  version: 2,
  columns: { kind: 'text', data: 'jsonb', changes: 'bigint', offered: 'boolean' },
  indexes: [['kind']],
  on: [
    ...PRODUCT_EVENTS,
    ...CATEGORY_EVENTS,
    ...GROUP_EVENTS,
    ...PRICE_LIST_EVENTS,
    ...PORTION_EVENTS,
    ...MENU_IMAGE_EVENTS,
    ...PICTURE_EVENTS,
  ],
  keys(event) {
    const key = keyOf(event);
    return key === null ? [] : [key, VERSION_KEY];
  },
  project(row, event, key) {
    if (key !== VERSION_KEY) return projectPart(row, event);
    return { kind: 'version', data: null, changes: (row?.changes ?? 0) + 1, offered: false };
  },
  personal: 'none',
  list: { filters: {}, order: [{ column: 'kind' }] },
});

/** Null for what no menu shows. */
function keyOf(event: Recorded<MenuEvent>): string | null {
  switch (event.type) {
    case 'ProductAdded':
    case 'ProductChanged':
    case 'ProductRetired':
    case 'ProductBroughtBack':
      return `product:${event.data.productId}`;
    case 'CategoryAdded':
    case 'CategoryChanged':
    case 'CategoryRemoved':
      return `category:${event.data.categoryId}`;
    case 'GroupAdded':
    case 'GroupChanged':
    case 'GroupRetired':
      return `group:${event.data.groupId}`;
    case 'PriceListSet':
    case 'PriceListRemoved':
      return event.id === PRICE_LISTS_ID ? 'price-lists' : null;
    case 'ProductSoldOut':
    case 'RemainingSet':
    case 'ProductAvailable':
    case 'PortionsAdded':
    case 'PortionsTaken':
    case 'PortionsGivenBack':
      return turns(event) ? `sold-out:${event.data.locationId}~${event.data.productId}` : null;
    case 'PicturesArranged': {
      const { on } = event.data;
      return on.kind === 'product' ? `pictures:${on.productId}` : null;
    }
    case 'ImageUploaded':
    case 'ImageDescribed':
    case 'ImagePublished':
    case 'ImageUnpublished':
    case 'ImageRemoved':
      return `image:${event.data.imageId}`;
  }
}

/** A menu says only whether there is any left, so of the portions that orders take only the last one changes it. */
function turns(event: PortionEvent): boolean {
  switch (event.type) {
    case 'PortionsTaken':
      return event.data.remaining <= 0;
    case 'PortionsAdded':
    case 'PortionsGivenBack':
      return event.data.remaining - event.data.quantity <= 0;
    case 'ProductSoldOut':
    case 'RemainingSet':
    case 'ProductAvailable':
      return true;
  }
}

function projectPart(row: MenuRow | null, event: Recorded<MenuEvent>): MenuRow | null {
  const part = (kind: MenuRow['kind'], data: unknown, offered = true): MenuRow => ({
    kind,
    data,
    changes: 0,
    offered,
  });
  switch (event.type) {
    case 'ProductAdded':
      return part('product', event.data.product);
    case 'ProductChanged':
      return row === null ? null : part('product', event.data.product, row.offered);
    case 'CategoryAdded':
    case 'CategoryChanged':
      return part('category', event.data.category);
    case 'GroupAdded':
    case 'GroupChanged':
      return part('group', event.data.group, row?.offered ?? true);
    case 'ProductRetired':
    case 'GroupRetired':
      return row === null ? null : { ...row, offered: false };
    case 'ProductBroughtBack':
      return row === null ? null : { ...row, offered: true };
    case 'CategoryRemoved':
      return null;
    case 'PriceListSet':
    case 'PriceListRemoved': {
      // safe because rows of this kind hold nothing else
      const before = (row?.data ?? initialState) as PriceListsState;
      return part('price-lists', evolve(before, event));
    }
    case 'ProductSoldOut':
    case 'RemainingSet':
    case 'ProductAvailable':
    case 'PortionsAdded':
    case 'PortionsTaken':
    case 'PortionsGivenBack':
      return isOut(event) ? part('sold-out', placeOf(event)) : null;
    case 'PicturesArranged':
      return part('pictures', event.data.imageIds);
    case 'ImageUploaded':
    case 'ImageDescribed':
    case 'ImagePublished':
    case 'ImageUnpublished':
    case 'ImageRemoved':
      return projectImage(row, event);
  }
}

function projectImage(row: MenuRow | null, event: Recorded<MenuImageEvent>): MenuRow | null {
  if (event.type === 'ImageUploaded') {
    const { width, height, variants } = event.data;
    const image: MenuImage = { width, height, alt: null, sources: sourcesOf(variants) };
    return { kind: 'image', data: image, changes: 0, offered: false };
  }
  // Of a picture of a person there is no row.
  if (row === null) return null;
  switch (event.type) {
    case 'ImageDescribed':
      // safe because rows of this kind hold nothing else
      return { ...row, data: { ...(row.data as MenuImage), alt: event.data.alt } };
    case 'ImagePublished':
      return { ...row, offered: true };
    case 'ImageUnpublished':
      return { ...row, offered: false };
    case 'ImageRemoved':
      return null;
  }
}

function isOut(event: PortionEvent): boolean {
  if (event.type === 'ProductAvailable') return false;
  return event.type === 'ProductSoldOut' || event.data.remaining <= 0;
}

function placeOf({ data: { locationId, productId } }: PortionEvent) {
  return { locationId, productId };
}
