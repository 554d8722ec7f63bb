/** What the server answers about orders, menus and floors where the description of the interface leaves it open. */
import type { Operations } from '../../../../src/client/client.ts';
import type { Money } from '../../words/format.ts';

/** Those that a location can have. */
export type Currency = NonNullable<Operations['POST /v1/business/locations']['body']['currency']>;
export type PaymentKind = 'cash' | 'card' | 'other';
export type Channel = 'eat-in' | 'take-away' | 'delivery';
export type KitchenStatus = 'none' | 'held' | 'fired' | 'ready' | 'served';

export interface OrderLine {
  readonly lineId: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly modifiers: readonly {
    readonly optionId: string;
    readonly name: string;
    readonly quantity: number;
    readonly price: Money;
  }[];
  readonly amount: Money;
  readonly discount: Money;
  readonly pointsDiscount: Money;
  /** With tax, after discounts. */
  readonly total: Money;
  readonly paid: Money;
  readonly refunded: Money;
  readonly stationId: string | null;
  readonly course: number | null;
  readonly seat: number | null;
  readonly note: string | null;
  readonly revision: number;
  readonly kitchen: KitchenStatus;
  readonly rushed: boolean;
}

export interface OrderPayment {
  readonly paymentId: string;
  readonly kind: PaymentKind;
  readonly amount: Money;
  readonly tip: Money;
  readonly change: Money;
  readonly tillId: string | null;
}

export interface TaxRow {
  readonly label: string;
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
}

export interface OrderView {
  readonly id: string;
  readonly version: number;
  readonly at: string;
  readonly status: 'open' | 'closed' | 'cancelled' | 'merged';
  readonly number: number;
  readonly part: number;
  readonly locationId: string;
  readonly businessDay: string;
  readonly timeZone: string;
  readonly channel: Channel;
  readonly tableId: string | null;
  readonly customerId: string | null;
  readonly guests: number | null;
  readonly currency: Currency;
  readonly total: Money;
  readonly due: Money;
  readonly paid: Money;
  readonly refunded: Money;
  readonly discounted: Money;
  readonly pointsDiscount: Money;
  readonly tips: Money;
  readonly taxes: readonly TaxRow[];
  readonly lines: readonly OrderLine[];
  readonly discounts: readonly {
    readonly discountId: string;
    readonly on: 'order' | 'lines';
    readonly rate: number | null;
    readonly reason: string;
  }[];
  readonly payments: readonly OrderPayment[];
  readonly corrections: readonly {
    readonly paymentId: string | null;
    readonly refundId: string | null;
    readonly from: PaymentKind;
    readonly kind: PaymentKind;
    readonly amount: Money;
    readonly at: string;
  }[];
  readonly refunds: readonly {
    readonly refundId: string;
    readonly kind: PaymentKind;
    readonly amount: Money;
    readonly tillId: string | null;
    readonly reason: string;
  }[];
  readonly burns: readonly {
    readonly burnId: string;
    readonly memberId: string;
    readonly points: number;
    readonly amount: Money;
  }[];
  readonly mergedInto: string | null;
  readonly placedAt: string;
  readonly billAskedAt: string | null;
  readonly closedAt: string | null;
}

export interface MenuGroup {
  readonly groupId: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly options: readonly {
    readonly optionId: string;
    readonly name: string;
    readonly price: Money;
  }[];
}

export interface MenuProduct {
  readonly productId: string;
  readonly name: string;
  readonly description: string | null;
  readonly price: Money | null;
  readonly regularPrice: Money | null;
  readonly variants: readonly {
    readonly variantId: string;
    readonly name: string;
    readonly price: Money;
    readonly regularPrice: Money | null;
  }[];
  readonly groups: readonly MenuGroup[];
  readonly allergens: readonly string[];
  readonly soldNow: boolean;
  readonly soldOut: boolean;
}

export interface MenuSection {
  readonly categoryId: string | null;
  readonly name: string;
  readonly products: readonly MenuProduct[];
  readonly sections: readonly MenuSection[];
}

export interface Menu {
  readonly locationId: string;
  readonly currency: Currency;
  readonly sections: readonly MenuSection[];
}

/** An order as the list has it. */
export interface OrderRow {
  readonly id: string;
  readonly number: number;
  readonly part: number;
  readonly locationId: string;
  readonly businessDay: string;
  readonly channel: Channel;
  readonly tableId: string | null;
  readonly customerId: string | null;
  readonly guests: number | null;
  readonly status: OrderView['status'];
  readonly items: number;
  readonly total: Money;
  readonly due: Money;
  readonly refunded: Money;
  readonly tips: Money;
  readonly billAsked: boolean;
  readonly imported: boolean;
  readonly placedAt: string;
  readonly closedAt: string | null;
}

/** "12", or "12/2" for the second bill of a split. */
export function billNumber({
  number,
  part,
}: {
  readonly number: number;
  readonly part: number;
}): string {
  return part === 0 ? String(number) : `${number}/${part + 1}`;
}

/** What the server answered, in a shape that its description leaves open. */
export function shaped<Shape>(answer: unknown): Shape {
  // safe because the server writes these answers from one place, whose fields the types of this file repeat
  return answer as Shape;
}
