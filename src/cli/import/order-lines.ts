/**
 * Order lines as tab-separated values with the columns order_id, quantity, item_name, choice_description and
 * item_price, the price of the whole line. A line that cannot be used is told with its number and stops no other. Pure.
 */
import { parseChoice } from './choice-description.ts';

/** As the server takes them. */
const TEXT_LENGTH_MAX = 200;
const QUANTITY_MAX = 100_000;
const ORDER_NUMBER_MAX = 2_000_000_000;
const CHOICES_MAX = 50;
const LINES_PER_ORDER_MAX = 500;
/** A hundred million with two digits after the separator, which is what an amount may have. */
const PRICE = /^(-)?\$?(-)?(\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.(\d{1,2}))?$/;
/** What the column says where nothing was chosen. */
const NO_CHOICE = 'NULL';

const COLUMNS = ['order_id', 'quantity', 'item_name', 'choice_description', 'item_price'] as const;

export interface OrderLine {
  /** Of the file, the heading is 1. */
  readonly line: number;
  readonly order: number;
  readonly quantity: number;
  readonly item: string;
  /** What was chosen: the first choice, then what came with it. */
  readonly choices: readonly [readonly string[], readonly string[]];
  /** Of the whole line in minor units. */
  readonly amount: number;
}

export interface LineFault {
  readonly where: string;
  readonly detail: string;
}

interface OrderLines {
  readonly lines: readonly OrderLine[];
  readonly faults: readonly LineFault[];
}

/** Null when the first line does not name the columns. */
export function readOrderLines(text: string): OrderLines | null {
  const [heading = '', ...rest] = text.split(/\r?\n/);
  const names = heading.split('\t').map((name) => name.trim().toLowerCase());
  const places = COLUMNS.map((column) => names.indexOf(column));
  if (places.includes(-1)) return null;
  const lines: OrderLine[] = [];
  const faults: LineFault[] = [];
  const inOrder = new Map<number, number>();
  for (const [index, row] of rest.entries()) {
    if (row.trim() === '') continue;
    const line = index + 2;
    const cells = row.split('\t');
    const read = readCells(
      line,
      cells.length === names.length ? places.map((at) => cells[at]) : [],
    );
    if (typeof read === 'string') {
      faults.push({ where: `line ${line}`, detail: read });
      continue;
    }
    const before = inOrder.get(read.order) ?? 0;
    inOrder.set(read.order, before + 1);
    if (before < LINES_PER_ORDER_MAX) lines.push(read);
    else
      faults.push({
        where: `line ${line}`,
        detail: `is beyond the ${LINES_PER_ORDER_MAX} lines that an order can have`,
      });
  }
  return { lines, faults };
}

/** Words for what is wrong instead of a line that cannot be used. */
function readCells(line: number, cells: readonly (string | undefined)[]): OrderLine | string {
  if (cells.length === 0) return 'has more or fewer cells than the heading';
  const [orderText = '', quantityText = '', item = '', choice = '', price = ''] = cells.map(
    (cell = '') => cell.trim(),
  );
  const order = wholeNumber(orderText, ORDER_NUMBER_MAX);
  if (order === null) return `has an order_id that is no whole number: "${orderText}"`;
  const quantity = wholeNumber(quantityText, QUANTITY_MAX);
  if (quantity === null || quantity === 0)
    return `has a quantity that is no whole number from 1 to ${QUANTITY_MAX}: "${quantityText}"`;
  if (item === '' || item.length > TEXT_LENGTH_MAX)
    return `has an item_name that is empty or longer than ${TEXT_LENGTH_MAX} characters`;
  const choices = choicesOf(choice);
  if (choices === null) return `has a choice_description whose brackets do not match: "${choice}"`;
  const names = choices.flat();
  if (names.length > CHOICES_MAX || names.some((name) => name.length > TEXT_LENGTH_MAX))
    return `has more than ${CHOICES_MAX} choices, or one of more than ${TEXT_LENGTH_MAX} characters`;
  const amount = amountOf(price);
  if (amount === null) return `has an item_price that is no price: "${price}"`;
  return { line, order, quantity, item, choices, amount };
}

function wholeNumber(text: string, most: number): number | null {
  if (!/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}

function choicesOf(text: string): OrderLine['choices'] | null {
  return text === NO_CHOICE || text === '' ? [[], []] : parseChoice(text);
}

/** Cents, counted in digits so that nothing is rounded. */
function amountOf(text: string): number | null {
  const [, sign, innerSign, whole, cents = ''] = PRICE.exec(text) ?? [];
  if (whole === undefined || (sign !== undefined && innerSign !== undefined)) return null;
  const amount = Number(whole.replaceAll(',', '') + cents.padEnd(2, '0'));
  return amount !== 0 && (sign ?? innerSign) !== undefined ? -amount : amount;
}
