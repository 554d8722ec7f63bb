/**
 * Order lines of a restaurant as tab-separated values become catalog, modifiers and closed orders. An order is known by
 * the SHA-256 of the file and the line it begins with, so the same file again changes nothing, on whichever day, and two
 * equal lines are two lines.
 */
import { createHash } from 'node:crypto';
import { CliError, EXIT } from '../command.ts';
import type { ImportInput, ImportKind } from './kind.ts';
import { sendOrders, type SentOrder } from './order-batches.ts';
import { putIntoCatalog, type CatalogIds } from './order-catalog.ts';
import { readOrderLines, type OrderLine } from './order-lines.ts';
import { findPlace, type ImportPlace } from './order-location.ts';
import { menuOf } from './order-menu.ts';
import { readBack } from './order-read-back.ts';
import { readText } from './read-file.ts';

/** That of the prices in such files: they have a dollar sign. */
const CURRENCY = 'USD';
/** 128 bits: no two files are taken for one. */
const DIGEST_LENGTH = 32;

export const orders: ImportKind = {
  name: 'orders',
  summary: 'order lines as TSV: order_id, quantity, item_name, choice_description, item_price',
  async run(input) {
    const { client, command } = input;
    const text = readText(input.file);
    const read = readOrderLines(text);
    if (read === null)
      throw new CliError(
        EXIT.failed,
        `${input.file} does not begin with the columns order_id, quantity, item_name, ` +
          'choice_description and item_price, separated by tabs.',
      );
    const wanted = command.options.text('location');
    const place = await findPlace(client, { currency: CURRENCY, wanted });
    const ids = await putIntoCatalog(menuOf(read.lines), { client, taxClass: place.taxClass });
    const made = ordersOf(read.lines, { text, place, ids, day: dayOf(input, place) });
    const { locationId } = place;
    const sent = await sendOrders(made, { client, command, locationId, currency: CURRENCY });
    const { total, ...counts } = await readBack(client, sent, command);
    const { created, unchanged } = sent;
    return {
      json: { ...counts, total: { amount: total, currency: CURRENCY }, created, unchanged },
      text:
        `${counts.orders} orders, ${counts.lines} lines, ${counts.items} items, ` +
        `${(total / 100).toFixed(2)} ${CURRENCY}: ${created} created, ${unchanged} unchanged`,
      rejections: [...read.faults, ...sent.faults],
    };
  },
};

/** Yesterday, where the location is. */
function dayOf({ date }: Pick<ImportInput, 'date'>, { timeZone }: ImportPlace): string {
  return date ?? Temporal.Now.plainDateISO(timeZone).subtract({ days: 1 }).toString();
}

interface Making {
  readonly text: string;
  readonly place: ImportPlace;
  readonly ids: CatalogIds;
  readonly day: string;
}

function ordersOf(
  lines: readonly OrderLine[],
  { text, place, ids, day }: Making,
): readonly SentOrder[] {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
  return [...Map.groupBy(lines, ({ order }) => order)].map(([number, held]) => {
    const first = held[0]?.line ?? 0;
    const id = `import-${digest}-${first}`;
    const made = held.map((line) => lineOf(line, place, ids));
    const body = { id, number, businessDay: day, lines: made };
    return { id, where: `line ${first}`, body };
  });
}

function lineOf(line: OrderLine, { taxClass }: ImportPlace, ids: CatalogIds): object {
  const { item, quantity, amount, choices } = line;
  const modifiers = ([0, 1] as const).flatMap((part) =>
    [...Map.groupBy(choices[part], (name) => name)].map(([name, times]) => ({
      ...ids.option(item, { part, name }),
      name,
      quantity: times.length,
    })),
  );
  return { productId: ids.product(item), name: item, quantity, amount, taxClass, modifiers };
}
