/** What a waiter has tapped and not sent yet. Prices are those of the menu that was shown: the server checks them. */
import type { Money } from '../../words/format.ts';
import type { MenuProduct } from './order-types.ts';

export interface ChosenOption {
  readonly optionId: string;
  readonly groupId: string;
  readonly name: string;
  /** Minor units, of one. */
  readonly price: number;
  readonly quantity: number;
}

export interface BasketLine {
  /** Of this tab. */
  readonly key: string;
  readonly productId: string;
  readonly name: string;
  readonly variantId: string | null;
  readonly variantName: string | null;
  /** Minor units, of one without options. */
  readonly unitPrice: number;
  readonly options: readonly ChosenOption[];
  readonly quantity: number;
  readonly note: string;
  readonly course: number | null;
  readonly seat: number | null;
  readonly hold: boolean;
}

export type Choice = Omit<BasketLine, 'key'>;

/** Of one, options included: what the guest was shown. */
export function priceOfOne({
  unitPrice,
  options,
}: Pick<BasketLine, 'unitPrice' | 'options'>): number {
  return options.reduce((sum, { price, quantity }) => sum + price * quantity, unitPrice);
}

export function basketTotal(lines: readonly BasketLine[], currency: string): Money {
  const amount = lines.reduce((sum, line) => sum + priceOfOne(line) * line.quantity, 0);
  return { amount, currency };
}

/** The same thing twice is one line of two. */
export function added(
  lines: readonly BasketLine[],
  choice: Choice,
  key: string,
): readonly BasketLine[] {
  const same = lines.find((line) => sameThing(line, choice));
  if (same === undefined) return [...lines, { ...choice, key }];
  return quantitySet(lines, same.key, same.quantity + choice.quantity);
}

function sameThing(line: BasketLine, choice: Choice): boolean {
  const { key: _key, quantity: _quantity, ...held } = line;
  const { quantity: _other, ...asked } = choice;
  return JSON.stringify(held, FIELDS) === JSON.stringify(asked, FIELDS);
}

/** In one order, so that equal things are written equally. */
const FIELDS = [
  'productId',
  'variantId',
  'unitPrice',
  'options',
  'optionId',
  'quantity',
  'note',
  'course',
  'seat',
  'hold',
];

/** The most of one line that the server takes. */
export const QUANTITY_MAX = 999;

export function quantitySet(
  lines: readonly BasketLine[],
  key: string,
  quantity: number,
): readonly BasketLine[] {
  if (quantity < 1) return lines.filter((line) => line.key !== key);
  const bounded = Math.min(quantity, QUANTITY_MAX);
  return lines.map((line) => (line.key === key ? { ...line, quantity: bounded } : line));
}

export function replaced(
  lines: readonly BasketLine[],
  key: string,
  choice: Choice,
): readonly BasketLine[] {
  return lines.map((line) => (line.key === key ? { ...choice, key } : line));
}

/** A line as PlaceOrder and AddLines take it. */
export function lineInput(line: BasketLine) {
  const { productId, variantId, quantity, options, note, course, seat, hold } = line;
  return {
    productId,
    ...(variantId === null ? {} : { variantId }),
    quantity,
    modifiers: options.map((each) => ({
      optionId: each.optionId,
      groupId: each.groupId,
      quantity: each.quantity,
    })),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
    expectedPrice: priceOfOne(line),
    ...(course === null ? {} : { course }),
    ...(seat === null ? {} : { seat }),
    ...(hold ? { hold } : {}),
  };
}

/** What one tap adds; null when variant or options have to be chosen first. */
export function plainChoice(product: MenuProduct): Choice | null {
  const { productId, name, price, variants, groups } = product;
  if (price === null || variants.length > 0 || groups.some(({ min }) => min > 0)) return null;
  return {
    productId,
    name,
    variantId: null,
    variantName: null,
    unitPrice: price.amount,
    options: [],
    quantity: 1,
    note: '',
    course: null,
    seat: null,
    hold: false,
  };
}

/** Lines with the prices of a menu that was read again, and which of them cost something else now. */
export function repriced(
  lines: readonly BasketLine[],
  products: ReadonlyMap<string, MenuProduct>,
): { readonly lines: readonly BasketLine[]; readonly changed: readonly string[] } {
  const changed: string[] = [];
  const fresh = lines.map((line) => {
    const product = products.get(line.productId);
    if (product === undefined) return line;
    const next = {
      ...line,
      unitPrice: unitPriceOf(line, product),
      options: optionsOf(line, product),
    };
    if (priceOfOne(next) !== priceOfOne(line)) changed.push(line.key);
    return next;
  });
  return { lines: fresh, changed };
}

function unitPriceOf(line: BasketLine, { price, variants }: MenuProduct): number {
  const variant = variants.find(({ variantId }) => variantId === line.variantId);
  return (variant?.price ?? price)?.amount ?? line.unitPrice;
}

function optionsOf(line: BasketLine, { groups }: MenuProduct): readonly ChosenOption[] {
  return line.options.map((chosen) => {
    const group = groups.find(({ groupId }) => groupId === chosen.groupId);
    const option = group?.options.find(({ optionId }) => optionId === chosen.optionId);
    return option === undefined ? chosen : { ...chosen, price: option.price.amount };
  });
}
