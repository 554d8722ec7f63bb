/** Sends orders of the past in the small units that the server takes, several at a time; repeating is safe. */
import { randomUUID } from 'node:crypto';
import { bodyOf, problemOf, unreachable } from '../answers.ts';
import { CliError, EXIT, type CommandInput } from '../command.ts';
import type { HttpClient, HttpResponse } from '../http-client.ts';
import { member, textMember } from '../json.ts';
import type { LineFault } from './order-lines.ts';
import { showDone } from './progress.ts';

/** What one command of the server takes. */
const ORDERS_PER_BATCH = 7;
/** Enough that their commits are shared; few beside what else the server does. */
const AT_ONCE = 8;
/** A server that restarts comes back within this. */
const RETRY_FOR_MS = 30_000;

export interface SentOrder {
  readonly id: string;
  /** For people: line of the file with which it begins. */
  readonly where: string;
  readonly body: object;
}

interface SentOrders {
  created: number;
  unchanged: number;
  /** Ids that the server has now. */
  readonly ids: string[];
  /** One of them is behind everything that was stored. */
  readonly cursors: string[];
  readonly faults: LineFault[];
}

interface Target {
  readonly client: HttpClient;
  readonly command: Pick<CommandInput, 'signal' | 'terminal'>;
  readonly locationId: string;
  readonly currency: string;
}

/** Errors: CliError; what was sent before stays. */
export async function sendOrders(
  orders: readonly SentOrder[],
  target: Target,
): Promise<SentOrders> {
  const sent: SentOrders = { created: 0, unchanged: 0, ids: [], cursors: [], faults: [] };
  const { signal, terminal } = target.command;
  let next = 0;
  const work = async (): Promise<void> => {
    let cursor: string | undefined;
    while (next < orders.length && !signal.aborted) {
      const batch = orders.slice(next, (next += ORDERS_PER_BATCH));
      cursor = (await sendBatch(batch, target, sent)) ?? cursor;
      const done = sent.ids.length + sent.faults.length;
      showDone(terminal, { done, all: orders.length, of: 'orders' });
    }
    if (cursor !== undefined) sent.cursors.push(cursor);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    terminal.progress('');
  }
  if (signal.aborted)
    throw new CliError(EXIT.interrupted, 'Stopped. Run it again to import the rest.');
  return sent;
}

/** The cursor after the batch. An order that the server refuses is told and left out; the others go on. */
async function sendBatch(
  batch: readonly SentOrder[],
  target: Target,
  sent: SentOrders,
): Promise<string | undefined> {
  if (batch.length === 0) return undefined;
  const response = await post(batch, target);
  const refusedId = response.status === 409 ? refusedOrder(response) : undefined;
  const refused = batch.find(({ id }) => id === refusedId);
  if (refused !== undefined) {
    const { detail, code } = problemOf(response);
    sent.faults.push({ where: refused.where, detail: `its order is refused: ${detail} (${code})` });
    const others = batch.filter(({ id }) => id !== refusedId);
    return await sendBatch(others, target, sent);
  }
  const answer = bodyOf(response);
  sent.created += Number(member(answer, 'created') ?? 0);
  sent.unchanged += Number(member(answer, 'unchanged') ?? 0);
  sent.ids.push(...batch.map(({ id }) => id));
  return textMember(answer, 'cursor');
}

function refusedOrder({ text }: HttpResponse): string | undefined {
  return textMember(member(JSON.parse(text), 'details'), 'orderId');
}

async function post(
  batch: readonly SentOrder[],
  { client, command, locationId, currency }: Target,
): Promise<HttpResponse> {
  const orders = batch.map(({ body }) => body);
  const request = {
    method: 'POST',
    path: '/v1/orders/import-batches',
    // Of this request alone: a repeat after a lost answer gets the same counts, a later import its own.
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ locationId, currency, orders }),
  } as const;
  try {
    return await client.send(request, { forMs: RETRY_FOR_MS, stop: command.signal });
  } catch (error) {
    throw unreachable(error);
  }
}
