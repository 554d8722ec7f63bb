/** Parts that invoices and credit notes share. Amounts are minor units of the paper's currency. */
import { Type, type Static } from 'typebox';
import { currencySchema } from '../../core/money.ts';
import { taxTotalSchema } from '../../core/tax.ts';

export const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const paperAddress = Type.Object({
  lines: Type.Array(Type.String()),
  postalCode: nullable(Type.String()),
  city: Type.String(),
  /** ISO 3166-1 alpha-2. */
  country: Type.String(),
});

/** Whose invoice it is, as the profile of the business was when it was issued. */
export const seller = Type.Object({
  legalName: Type.String(),
  tradeName: nullable(Type.String()),
  taxId: nullable(Type.String()),
  country: Type.String(),
  address: nullable(paperAddress),
});
export type Seller = Static<typeof seller>;

/** Who the law wants to be named on it. */
export const buyer = Type.Object({
  name: Type.String(),
  taxId: nullable(Type.String()),
  address: nullable(paperAddress),
});
export type Buyer = Static<typeof buyer>;

export const paperLine = Type.Object({
  lineId: Type.String(),
  name: Type.String(),
  quantity: Type.Integer(),
  label: Type.String(),
  rate: Type.Integer(),
  net: Type.Integer(),
  tax: Type.Integer(),
  gross: Type.Integer(),
});
export type PaperLine = Static<typeof paperLine>;

/** What every numbered paper says of its amounts. */
export const amounts = {
  currency: currencySchema,
  lines: Type.Array(paperLine),
  taxes: Type.Array(taxTotalSchema),
  /** Tax included. */
  gross: Type.Integer(),
};

/** A number of a series: `INV-2026`, 17, and what is printed: `INV-2026-000017`. */
export const numbered = {
  seriesId: Type.String(),
  number: Type.Integer(),
  numberText: Type.String(),
};
