/** What commands answer beside version and cursor: `respond` in view.ts, as it is documented. */
import { Type, type TObject } from 'typebox';
import { moneySchema } from '../../core/money.ts';

const answer = {
  number: Type.Integer({ description: 'As it is called out: unique on its business day.' }),
  total: moneySchema,
  taxes: Type.Array(
    Type.Object({
      label: Type.String(),
      rate: Type.Integer({ description: 'Hundred-thousandths: 23 % is 23000.' }),
      net: moneySchema,
      tax: moneySchema,
      gross: moneySchema,
    }),
  ),
  status: Type.Union([
    Type.Literal('open'),
    Type.Literal('closed'),
    Type.Literal('cancelled'),
    Type.Literal('merged'),
  ]),
  due: moneySchema,
};

export function responds(command: string): TObject {
  switch (command) {
    case 'PlaceOrder':
    case 'PayOrder':
      return Type.Object({ ...answer, change: moneySchema });
    case 'SplitOrder':
      return Type.Object({ ...answer, bills: Type.Array(Type.String()) });
    default:
      return Type.Object(answer);
  }
}
