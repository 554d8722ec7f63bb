/** A table like a till's export, made up by seed. */
import { randomOf } from '../random.ts';

const ITEMS = [
  'Steak Bowl',
  'Veggie Soft Tacos',
  'Side of Chips',
  'Canned Soda',
  'Chips and Fresh Salsa',
];
const CHOICES = [
  'NULL',
  '[Clementine]',
  '[Fresh Salsa, [Rice, Black Beans, "Cheese"]]',
  '[Crème fraîche]',
];

/** A table like a till's export: `lines` order lines, several to an order, many of them alike. */
export function orderTable(lines: number, seed: string): string {
  const random = randomOf(seed);
  const pick = (list: readonly string[]): string =>
    list[random.between({ low: 0, high: list.length - 1 })] ?? '';
  const rows = ['order_id\tquantity\titem_name\tchoice_description\titem_price'];
  let order = 1;
  for (let line = 0; line < lines; line += 1) {
    if (random.chance(0.4)) order += 1;
    const cells = [
      order,
      random.between({ low: 1, high: 3 }),
      pick(ITEMS),
      pick(CHOICES),
      '$2.39 ',
    ];
    rows.push(cells.join('\t'));
  }
  return `${rows.join('\n')}\n`;
}
