/** Lines are sold: priced by the catalog, taxed by the location, counted portions taken, stations told. */
import type { Surroundings } from '../../core/aggregate.ts';
import { localOf } from '../../core/calendar.ts';
import { accepted, rejected, type EventsElsewhere, type Rejected } from '../../core/decision.ts';
import { AMOUNT_MAX, money } from '../../core/money.ts';
import type { ServiceChannel } from '../../core/tax.ts';
import { locationTaxRate, type KnownLocation } from '../business/index.ts';
import {
  GROUPS_CATEGORY,
  isCounted,
  listsThatApply,
  portionsStream,
  priceLine,
  PRICE_LISTS_STREAM,
  takePortions,
  type GroupState,
  type PricedLine,
  type PriceListsState,
  type PriceSources,
} from '../catalog/index.ts';
import { COUNTED_PRODUCTS_MAX, portionsFrom, productFrom } from './beside.ts';
import { minorUnits, type LineInput } from './inputs.ts';
import { lineIdOf } from './line-ids.ts';
import type { OrderLine } from './shapes.ts';

/** Where, when and for what lines are sold. */
export interface Sale {
  readonly orderId: string;
  readonly locationId: string;
  readonly location: KnownLocation;
  readonly channel: ServiceChannel;
  readonly at: string;
  readonly commandId: string;
}

export interface SoldLines {
  readonly outcome: 'sold';
  readonly lines: readonly OrderLine[];
  /** For the streams of counted portions. */
  readonly elsewhere: readonly EventsElsewhere[];
}

export function sellLines(
  wishes: readonly LineInput[],
  sale: Sale,
  around: Surroundings,
): SoldLines | Rejected {
  const sources = sourcesOf(sale, around);
  const taken = takeAll(wishes, sale, around);
  if (taken.outcome === 'rejected') return taken;
  const lines: OrderLine[] = [];
  for (const [lineIndex, wish] of wishes.entries()) {
    const sold = sellLine(wish, sale, sources(wish.productId));
    if ('outcome' in sold) return withIndex(sold, lineIndex, sale);
    const { productId } = wish;
    const limited = isCounted(portionsFrom(around, { locationId: sale.locationId, productId }));
    const lineId = lineIdOf(sale.commandId, lineIndex);
    lines.push({ lineId, ...sold, ...(limited ? { limited } : {}) });
  }
  const whole = lines.reduce((sum, { amount }) => sum + amount, 0);
  if (whole > AMOUNT_MAX) return rejected('TOTAL_TOO_LARGE', { largest: AMOUNT_MAX });
  return { outcome: 'sold', lines, elsewhere: taken.elsewhere };
}

/** Which line it was; prices as money, since a caller reads them. */
function withIndex(refused: Rejected, lineIndex: number, { location }: Sale): Rejected {
  const { current, ...rest } = refused.details;
  const price = typeof current === 'number' ? { current: money(current, location.currency) } : {};
  return rejected(refused.code, { ...rest, ...price, lineIndex });
}

/** What every line of the sale is priced by, asked once. */
function sourcesOf(
  { locationId, location, channel, at }: Sale,
  around: Surroundings,
): (productId: string) => PriceSources {
  const localTime = localOf(at, location.timeZone);
  // safe because streams of this category are folded by the aggregate of price lists alone
  const lists = around.stateOf(PRICE_LISTS_STREAM) as PriceListsState;
  const priceLists = listsThatApply(lists, { locationId, channel, localTime });
  return (productId) => {
    const product = productFrom(around, productId);
    const groupIds = product.status === 'unknown' ? [] : product.groupIds;
    const groups = new Map(
      groupIds.map((id) => {
        // safe because streams of this category are folded by the aggregate of groups alone
        const state = around.stateOf({ category: GROUPS_CATEGORY, id }) as GroupState;
        return [id, state] as const;
      }),
    );
    return { product, groups, priceLists, localTime, languages: location.languages };
  };
}

function sellLine(
  wish: LineInput,
  { location, channel, commandId }: Sale,
  sources: PriceSources,
): Omit<OrderLine, 'lineId'> | Rejected {
  const expectedPrice = minorUnits(wish.expectedPrice, location.currency);
  if (expectedPrice === null) return rejected('CURRENCY_DIFFERS', { currency: location.currency });
  const { productId, variantId = null, quantity } = wish;
  const modifiers = (wish.modifiers ?? []).map(({ optionId, groupId, quantity: count = 1 }) => ({
    optionId,
    quantity: count,
    groupId,
  }));
  const priced = priceLine({ productId, variantId, modifiers, expectedPrice }, sources);
  if (priced.outcome === 'rejected') return priced;
  const tax = locationTaxRate(location, { taxClass: priced.taxClass, channel });
  if (tax === undefined) return rejected('TAX_CLASS_UNKNOWN', { taxClass: priced.taxClass });
  const { categoryId, name, unitPrice, stationId } = priced;
  return {
    productId,
    variantId,
    categoryId,
    name,
    quantity,
    unitPrice,
    modifiers: [...priced.modifiers],
    amount: quantity * priced.priceOfOne,
    taxLabel: tax.label,
    taxRate: tax.rate,
    stationId,
    course: wish.course ?? null,
    seat: wish.seat ?? null,
    note: wish.note ?? null,
    ...told(wish, priced, commandId),
  };
}

/** The first course and what has no course goes to the station at once, unless it is to be held. */
function told(
  { course = 1, hold = false }: LineInput,
  { stationId }: PricedLine,
  commandId: string,
): Pick<OrderLine, 'kitchen' | 'ticketId'> {
  if (stationId === null) return { kitchen: 'none', ticketId: null };
  if (hold || course > 1) return { kitchen: 'held', ticketId: null };
  return { kitchen: 'fired', ticketId: commandId };
}

/** Takes counted portions of all lines together: two lines of one product are one wish. */
function takeAll(wishes: readonly LineInput[], sale: Sale, around: Surroundings) {
  const { locationId, orderId } = sale;
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of wishes)
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  const elsewhere: EventsElsewhere[] = [];
  for (const [productId, quantity] of quantities) {
    const place = { locationId, productId };
    const taken = takePortions(portionsFrom(around, place), { ...place, orderId, quantity });
    if (taken.outcome === 'rejected') {
      const lineIndex = wishes.findIndex((wish) => wish.productId === productId);
      return withIndex(taken, lineIndex, sale);
    }
    if (taken.events.length > 0) elsewhere.push({ ...portionsStream(place), events: taken.events });
  }
  if (elsewhere.length > COUNTED_PRODUCTS_MAX)
    return rejected('TOO_MANY_COUNTED_PRODUCTS', { most: COUNTED_PRODUCTS_MAX });
  return accepted([], elsewhere);
}
