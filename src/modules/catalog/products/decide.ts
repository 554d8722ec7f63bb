import type { CommandAttributes, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import { CATEGORIES_CATEGORY, type CategoryState } from '../categories/state.ts';
import type { GroupState } from '../groups/state.ts';
import { decidePortions } from '../portions/mark.ts';
import { portionsStream } from '../portions/take.ts';
import type { PortionsState } from '../portions/state.ts';
import { GROUPS_CATEGORY } from '../pricing/price-line.ts';
import type { ProductCommand } from './commands.ts';
import type { ProductEvent } from './events.ts';
import type { KnownProduct, ProductFacts, ProductState } from './state.ts';

export function decide(
  state: ProductState,
  command: ProductCommand,
  around: Surroundings,
): Decision<ProductEvent> {
  if (command.type === 'AddProduct') return add(state, command, around);
  // Nothing follows on a product that never was: the frame answers that before.
  if (state.status === 'unknown') return rejected('PRODUCT_RETIRED', { productId: command.id });
  const productId = command.id;
  switch (command.type) {
    case 'ChangeProduct':
      return change(state, command, around);
    case 'RetireProduct': {
      if (state.status === 'retired') return accepted([]);
      const { reason } = command.input;
      return accepted([{ type: 'ProductRetired', data: { productId, reason } }]);
    }
    case 'BringProductBack':
      if (state.status === 'active') return accepted([]);
      return accepted([{ type: 'ProductBroughtBack', data: { productId } }]);
    case 'MarkSoldOut':
    case 'SetRemaining':
    case 'MarkAvailable':
      return mark(state, command, around);
  }
}

type Portioning = Extract<
  ProductCommand,
  { readonly type: 'MarkSoldOut' | 'SetRemaining' | 'MarkAvailable' }
>;

function isPortioning(command: ProductCommand): command is Portioning {
  return ['MarkSoldOut', 'SetRemaining', 'MarkAvailable'].includes(command.type);
}

/** Portions of a location are a stream of their own; these commands put events there. */
export function streams(command: ProductCommand): readonly StreamReference[] {
  return isPortioning(command) ? [placeOf(command)] : [];
}

const placeOf = ({ id, input }: Portioning): StreamReference =>
  portionsStream({ locationId: input.locationId, productId: id });

/** Portions are marked by whoever works at the location. */
export function attributes(_state: ProductState, command: ProductCommand): CommandAttributes {
  const locationId = isPortioning(command) ? command.input.locationId : null;
  return { locationId, amount: null, shiftOf: null };
}

/** What the facts refer to. */
export function consults(command: ProductCommand): readonly StreamReference[] {
  if (command.type !== 'AddProduct' && command.type !== 'ChangeProduct') return [];
  const { categoryId = null, groupIds = [] } = command.input;
  return [
    ...(categoryId === null ? [] : [{ category: CATEGORIES_CATEGORY, id: categoryId }]),
    ...groupIds.map((id) => ({ category: GROUPS_CATEGORY, id })),
  ];
}

function mark(
  product: KnownProduct,
  command: Portioning,
  around: Surroundings,
): Decision<ProductEvent> {
  if (product.status === 'retired') return rejected('PRODUCT_RETIRED', { productId: command.id });
  const place = placeOf(command);
  // safe because this category has states of this type
  const portions = around.stateOf(place) as PortionsState;
  return accepted([], [{ ...place, events: decidePortions(portions, command) }]);
}

type Adding = Extract<ProductCommand, { readonly type: 'AddProduct' }>;

function add(
  state: ProductState,
  { id: productId, input }: Adding,
  around: Surroundings,
): Decision<ProductEvent> {
  if (state.status !== 'unknown') return rejected('PRODUCT_EXISTS', { productId });
  const { variants = [], price } = input;
  if (price === undefined && variants.length === 0) return rejected('PRICE_MISSING');
  const product: ProductFacts = {
    categoryId: null,
    groupIds: [],
    stationId: null,
    ingredients: [],
    allergens: [],
    windows: [],
    ...input,
    price: price ?? 0,
    variants,
  };
  const fault = faultOf(product, { categoryId: null, groupIds: [] }, around);
  return fault ?? accepted([{ type: 'ProductAdded', data: { productId, product } }]);
}

type Changing = Extract<ProductCommand, { readonly type: 'ChangeProduct' }>;

function change(
  state: KnownProduct,
  { id: productId, input }: Changing,
  around: Surroundings,
): Decision<ProductEvent> {
  const { status: _status, ...before } = state;
  const product: ProductFacts = { ...before, ...input };
  if (canonicalJson(product) === canonicalJson(before)) return accepted([]);
  const hadNoPrice = before.variants.length > 0 && before.price === 0;
  if (product.variants.length === 0 && hadNoPrice && input.price === undefined)
    return rejected('PRICE_MISSING');
  const fault = faultOf(product, before, around);
  return fault ?? accepted([{ type: 'ProductChanged', data: { productId, product } }]);
}

/** Only what is newly named has to exist: a group that was retired since does not block a change of price. */
function faultOf(
  product: ProductFacts,
  before: Pick<ProductFacts, 'categoryId' | 'groupIds'>,
  around: Surroundings,
): Rejected | undefined {
  const variantIds = product.variants.map(({ variantId }) => variantId);
  const variantId = variantIds.find((each, index) => variantIds.indexOf(each) !== index);
  if (variantId !== undefined) return rejected('VARIANT_TWICE', { variantId });
  const { categoryId } = product;
  if (categoryId !== null && categoryId !== before.categoryId) {
    // safe because this category has states of this type
    const { status } = around.stateOf({
      category: CATEGORIES_CATEGORY,
      id: categoryId,
    }) as CategoryState;
    if (status !== 'active') return rejected('CATEGORY_UNKNOWN', { categoryId });
  }
  for (const groupId of product.groupIds) {
    if (before.groupIds.includes(groupId)) continue;
    // safe because this category has states of this type
    const { status } = around.stateOf({ category: GROUPS_CATEGORY, id: groupId }) as GroupState;
    if (status !== 'active') return rejected('GROUP_UNKNOWN', { groupId });
  }
  return undefined;
}
