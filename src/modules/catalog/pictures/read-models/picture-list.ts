import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { PICTURE_EVENTS, type PictureEvent } from '../events.ts';
import { picturesStream } from '../stream.ts';

/** What a product or page shows; one that shows nothing has no row. */
interface PictureRow {
  readonly product_id: string | null;
  readonly page: string | null;
  readonly image_ids: readonly string[];
  readonly [column: string]: unknown;
}

export const pictureList = defineReadModel<Recorded<PictureEvent>, PictureRow>({
  name: 'catalog.pictures',
  version: 1,
  columns: { product_id: 'text', page: 'text', image_ids: 'jsonb' },
  indexes: [['product_id'], ['page']],
  on: PICTURE_EVENTS,
  keys: (event) => [picturesStream(event.data.on).id],
  project(_row, { data: { on, imageIds } }) {
    if (imageIds.length === 0) return null;
    const product = on.kind === 'product' ? on.productId : null;
    return {
      product_id: product,
      page: on.kind === 'page' ? on.page : null,
      image_ids: imageIds,
    };
  },
  personal: 'none',
  list: { filters: { productId: 'product_id', page: 'page' }, order: [{ column: 'product_id' }] },
});
