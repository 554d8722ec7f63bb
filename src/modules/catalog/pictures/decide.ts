import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { isUsable, type ImageState } from '../images/state.ts';
import { imageStream } from '../images/stream.ts';
import { productStream } from '../pricing/price-line.ts';
import type { ProductState } from '../products/state.ts';
import type { PictureCommand } from './commands.ts';
import type { PictureEvent, Showcase } from './events.ts';
import type { PicturesState } from './state.ts';

export function showcaseOf(input: PictureCommand['input']): Showcase {
  return 'productId' in input
    ? { kind: 'product', productId: input.productId }
    : { kind: 'page', page: input.page };
}

/** The product and the pictures that are named. */
export function consults({ input }: PictureCommand): readonly StreamReference[] {
  const images = input.imageIds.map(imageStream);
  return 'productId' in input ? [productStream(input.productId), ...images] : images;
}

/** Only pictures that were not there before have to be in the gallery: one removed since does not block an order. */
export function decide(
  state: PicturesState,
  { input }: PictureCommand,
  around: Surroundings,
): Decision<PictureEvent> {
  const on = showcaseOf(input);
  if ('productId' in input) {
    const { productId } = input;
    // safe because this category has states of this type
    const { status } = around.stateOf(productStream(productId)) as ProductState;
    if (status === 'unknown') return rejected('PRODUCT_UNKNOWN', { productId });
  }
  const { imageIds } = input;
  for (const imageId of imageIds) {
    if (state.imageIds.includes(imageId)) continue;
    // safe because this category has states of this type
    const image = around.stateOf(imageStream(imageId)) as ImageState;
    if (!isUsable(image)) return rejected('IMAGE_UNKNOWN', { imageId });
  }
  if (canonicalJson(imageIds) === canonicalJson(state.imageIds)) return accepted([]);
  return accepted([{ type: 'PicturesArranged', data: { on, imageIds } }]);
}
