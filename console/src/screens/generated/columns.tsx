/** The columns of a generated list. */
import type { Column } from '../../design/table-parts.ts';
import { Mono } from '../../design/texts.tsx';
import type { Names } from '../../words/names/lookup.ts';
import type { AggregateItem } from './generic-calls.ts';
import type { AmountsOf } from './use-amounts.ts';
import { ValueView } from './value-view.tsx';

export interface GenericRow {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** More do not fit beside each other; all fields are in the detail. */
const COLUMNS_MAX = 8;
/** What people know a thing by, best first. */
const NAMES = ['name', 'title', 'number', 'email', 'phone'];
/** Of places of their own in the detail, or of no meaning by themselves. */
const LEFT_OUT = /^(?:version|incomplete|personId)$/;
const LIST_TYPES = /json/;
const MONEY = /total|due|price|cost|amount|refunded|tips|value|balance|revenue|gross|credited/i;
const WIDE = 'minmax(160px, 1.6fr)';

export function columnsOf(
  { list, category }: AggregateItem,
  names: Names,
  amounts: AmountsOf,
): readonly Column<GenericRow>[] {
  const { columns } = list;
  const titleOf = (name: string): string => names.field(name, [category]);
  const shown = columns.filter(
    ({ name, type }) => !LEFT_OUT.test(name) && (!LIST_TYPES.test(type) || MONEY.test(name)),
  );
  const lead = NAMES.map((name) => shown.find((column) => column.name === name)).find(
    (found) => found !== undefined,
  );
  const others = shown
    .filter((column) => column !== lead)
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .slice(0, COLUMNS_MAX - 1);
  return [
    lead === undefined
      ? {
          key: 'id',
          title: titleOf('id'),
          width: 'minmax(120px, 1fr)',
          cell: ({ id }) => <Mono>{id}</Mono>,
        }
      : columnOf(lead, { title: titleOf(lead.name), width: WIDE, amounts }),
    ...others.map((column) => columnOf(column, { title: titleOf(column.name), amounts })),
  ];
}

/** What says most stands first: how it stands, when, how much; ids of other things last. */
function rankOf({ name, type }: AggregateItem['list']['columns'][number]): number {
  if (/status|state|stage/.test(name)) return 0;
  if (type === 'timestamptz' || type === 'date') return 1;
  if (MONEY.test(name)) return 2;
  return /Ids?$/.test(name) ? 4 : 3;
}

function columnOf(
  { name, type }: AggregateItem['list']['columns'][number],
  {
    title,
    width,
    amounts,
  }: { readonly title: string; readonly width?: string; readonly amounts: AmountsOf },
): Column<GenericRow> {
  const isNumeric = /int|numeric/.test(type) || LIST_TYPES.test(type);
  const isMoment = type === 'timestamptz';
  return {
    key: name,
    title,
    numeric: isNumeric && width === undefined,
    width: width ?? (isMoment ? 'minmax(160px, 1fr)' : undefined),
    sortable: LIST_TYPES.test(type) ? false : true,
    cell: (row) => <ValueView value={amountIn(row, name, amounts)} name={name} isLine />,
  };
}

/** An amount whose currency stands in a field beside it is money, and so is one that the description names. */
function amountIn(row: GenericRow, name: string, amounts: AmountsOf): unknown {
  const amount = row[name];
  if (typeof amount !== 'number') return amount;
  const beside = name.endsWith('Amount') ? name.replace(/Amount$/, 'Currency') : 'currency';
  const currency = row[beside];
  if (typeof currency === 'string' && (MONEY.test(name) || amounts.fields.has(name)))
    return { amount, currency };
  return amounts.fields.has(name) ? { amount, currency: amounts.within(row).currency } : amount;
}
