/** Inputs that the commands of this folder share, and their bounds. */
import { Type } from 'typebox';

export const closed = { additionalProperties: false };

export const idInput = Type.String({
  minLength: 1,
  maxLength: 128,
  pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$',
});
/** The year follows by itself: `INV` becomes `INV-2026`. */
export const prefixInput = Type.String({ pattern: '^[A-Z][A-Z0-9]{0,9}$' });
export const languageInput = Type.Union([
  Type.Literal('en'),
  Type.Literal('pl'),
  Type.Literal('pt'),
]);
/** It stands on a paper that is kept: no names of guests there. */
export const reasonInput = Type.String({ minLength: 1, maxLength: 200 });

const line = Type.String({ minLength: 1, maxLength: 200 });

export const buyerInput = Type.Object(
  {
    name: line,
    taxId: Type.Optional(
      Type.String({ minLength: 4, maxLength: 24, pattern: '^[A-Za-z0-9 ./-]+$' }),
    ),
    address: Type.Optional(
      Type.Object(
        {
          lines: Type.Array(line, { minItems: 1, maxItems: 4 }),
          postalCode: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
          city: Type.String({ minLength: 1, maxLength: 100 }),
          country: Type.String({ pattern: '^[A-Z]{2}$' }),
        },
        closed,
      ),
    ),
  },
  closed,
);
