/** What the server has of imported orders: counted in its list, the lines in the orders themselves. */
import { ask, bodyOf, unreachable } from '../answers.ts';
import { CliError, EXIT, type CommandInput } from '../command.ts';
import type { HttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';
import { allItems } from './all-items.ts';

const AT_ONCE = 8;
/** How long the list may be behind: it handles tens of thousands of events a second. */
const WAIT_FOR_MS = 60_000;

interface OrderTotals {
  readonly orders: number;
  readonly lines: number;
  readonly items: number;
  /** Minor units. */
  readonly total: number;
}

/** Errors: CliError. */
export async function readBack(
  client: HttpClient,
  imported: { readonly ids: readonly string[]; readonly cursors: readonly string[] },
  { signal }: Pick<CommandInput, 'signal'>,
): Promise<OrderTotals> {
  const { ids, cursors } = imported;
  for (const cursor of cursors) await waitFor(client, cursor);
  const wanted = new Set(ids);
  const found: string[] = [];
  let items = 0;
  let total = 0;
  // Newest first: what was imported just now stands at the beginning.
  for await (const item of wanted.size === 0 ? [] : allItems(client, '/v1/orders')) {
    const id = textMember(item, 'id') ?? '';
    if (!wanted.delete(id)) continue;
    found.push(id);
    items += Number(member(item, 'items') ?? 0);
    total += Number(member(member(item, 'total'), 'amount') ?? 0);
    if (wanted.size === 0) break;
  }
  return { orders: found.length, lines: await countLines(client, found, signal), items, total };
}

async function waitFor(client: HttpClient, cursor: string): Promise<void> {
  const query = new URLSearchParams({ limit: '1', wait: cursor });
  const path = `/v1/orders?${query.toString()}`;
  try {
    bodyOf(await client.send({ method: 'GET', path }, { forMs: WAIT_FOR_MS }));
  } catch (error) {
    throw unreachable(error);
  }
}

async function countLines(
  client: HttpClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  let next = 0;
  let lines = 0;
  const work = async (): Promise<void> => {
    while (next < ids.length && !signal.aborted) {
      const id = ids[next++] ?? '';
      const path = `/v1/orders/${encodeURIComponent(id)}`;
      const order = await ask(client, { method: 'GET', path });
      lines += listMember(order, 'lines').length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (signal.aborted) throw new CliError(EXIT.interrupted, 'Stopped before all was counted.');
  return lines;
}
