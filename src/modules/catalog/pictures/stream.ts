import type { StreamReference } from '../../../core/aggregate.ts';
import type { Showcase } from './events.ts';

export const PICTURES_CATEGORY = 'catalog.pictures';

/** `product~espresso`, `page~about`. */
export function picturesStream(on: Showcase): StreamReference {
  const id = on.kind === 'product' ? `product~${on.productId}` : `page~${on.page}`;
  return { category: PICTURES_CATEGORY, id };
}
