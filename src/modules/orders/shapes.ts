/** Shapes that several events of an order share. */
import { Type, type Static } from 'typebox';
import { serviceChannelSchema } from '../../core/tax.ts';

export const orderId = Type.String();
/** What the bill comes to afterwards, tax included; absent in events that do not know. */
export const billTotal = Type.Optional(Type.Integer());
export const nullable = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const paymentKind = Type.Union([
  Type.Literal('cash'),
  Type.Literal('card'),
  Type.Literal('other'),
]);

export const lineModifier = Type.Object({
  groupId: Type.String(),
  optionId: Type.String(),
  name: Type.String(),
  quantity: Type.Integer(),
  /** Of one. */
  price: Type.Integer(),
});

/** A line as it was sold: names, prices and tax are those of that moment. */
export const orderLine = Type.Object({
  lineId: Type.String(),
  productId: Type.String(),
  variantId: nullable(Type.String()),
  categoryId: nullable(Type.String()),
  name: Type.String(),
  quantity: Type.Integer(),
  /** Of one, without modifiers, in the location's tax mode. */
  unitPrice: Type.Integer(),
  modifiers: Type.Array(lineModifier),
  /** `quantity` x (`unitPrice` + modifiers); set by an import to the price that was recorded. */
  amount: Type.Integer(),
  taxLabel: Type.String(),
  /** Hundred-thousandths. */
  taxRate: Type.Integer(),
  stationId: nullable(Type.String()),
  /** 1, 2, 3 ...; null when it goes out as soon as it is ready. */
  course: Type.Union([Type.Integer(), Type.Null()]),
  seat: Type.Union([Type.Integer(), Type.Null()]),
  note: nullable(Type.String()),
  /** Whether the station was told at once; `none` for what no station prepares. As `fired` when absent. */
  kitchen: Type.Optional(
    Type.Union([Type.Literal('none'), Type.Literal('held'), Type.Literal('fired')]),
  ),
  /** Names what was sent to the stations together: it stays with the line wherever that is moved. */
  ticketId: Type.Optional(nullable(Type.String())),
  /** Whether a counted stock of portions gave them. */
  limited: Type.Optional(Type.Boolean()),
});
export type OrderLine = Static<typeof orderLine>;

/** One line's part of an amount. */
export const linePart = Type.Object({
  lineId: Type.String(),
  productId: Type.String(),
  categoryId: nullable(Type.String()),
  amount: Type.Integer(),
});
export type LinePart = Static<typeof linePart>;

/** What a board shows of a line. */
export const kitchenLine = Type.Object({
  lineId: Type.String(),
  name: Type.String(),
  quantity: Type.Integer(),
  stationId: nullable(Type.String()),
  ticketId: nullable(Type.String()),
});
export type KitchenLine = Static<typeof kitchenLine>;

/** A line as its station is told of it. */
export const firedLine = Type.Object({
  ...kitchenLine.properties,
  productId: Type.Optional(Type.String()),
  variantId: Type.Optional(nullable(Type.String())),
  modifiers: Type.Optional(Type.Array(lineModifier)),
  course: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  seat: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  note: Type.Optional(nullable(Type.String())),
});

/** When an offline till took it, RFC 3339 in UTC; the business day is that of this moment. Absent where it came in at once. */
export const takenAt = Type.Optional(Type.String());

/** Which bill it is and where its guests are: what a board or a floor plan shows of an order. */
export const billHeading = Type.Object({
  number: Type.Integer(),
  /** Which bill of the number; 0 for the first. */
  part: Type.Integer(),
  locationId: Type.String(),
  businessDay: Type.String(),
  channel: serviceChannelSchema,
  tableId: nullable(Type.String()),
});
export type BillHeading = Static<typeof billHeading>;

/** `new` has not been sent, `held` waits for its course, `none` needs no station. */
export const kitchenStatus = Type.Union([
  Type.Literal('none'),
  Type.Literal('held'),
  Type.Literal('fired'),
  Type.Literal('ready'),
  Type.Literal('served'),
]);
export type KitchenStatus = Static<typeof kitchenStatus>;

/** A line as it goes over to another bill, with everything that was decided on it. */
export const movedLine = Type.Object({
  line: orderLine,
  /** Of the line it came from; another id only when a part of it stayed there. */
  fromLineId: Type.String(),
  discounts: Type.Array(Type.Object({ discountId: Type.String(), amount: Type.Integer() })),
  /** Taxed on the bill it came from: a part is not taxed again, so that the parts add up to the whole. */
  net: Type.Integer(),
  tax: Type.Integer(),
  gross: Type.Integer(),
  kitchen: kitchenStatus,
});
export type MovedLine = Static<typeof movedLine>;

/** A line as it stands on a closed bill. */
export const closedLine = Type.Object({
  lineId: Type.String(),
  productId: Type.String(),
  variantId: nullable(Type.String()),
  categoryId: nullable(Type.String()),
  name: Type.String(),
  quantity: Type.Integer(),
  /** Discounts, points not counted. */
  discount: Type.Integer(),
  points: Type.Integer(),
  net: Type.Integer(),
  tax: Type.Integer(),
  gross: Type.Integer(),
});

/** What had been paid of a line of a bill that was never closed. */
export const takenLine = Type.Object({
  lineId: Type.String(),
  productId: Type.String(),
  categoryId: nullable(Type.String()),
  name: Type.String(),
  net: Type.Integer(),
  tax: Type.Integer(),
  gross: Type.Integer(),
});

/** A payment as it stands on a closed bill. */
export const closedPayment = Type.Object({
  paymentId: Type.String(),
  kind: paymentKind,
  amount: Type.Integer(),
  tip: Type.Integer(),
  change: Type.Integer(),
  tillId: nullable(Type.String()),
});
