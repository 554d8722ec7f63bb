/** What the evening has to know of a bill: what is due, and the price that a refusal names. Pure. */
import type { CommandAnswer } from '../pipeline/pipeline.ts';

/** As much of an order's state as is read here; orders of the evening have neither discounts nor points. */
interface Bill {
  readonly status: string;
  readonly lines: readonly { readonly amount: number }[];
  readonly payments: readonly { readonly settled: number }[];
}

/** Minor units; 0 where nothing is due or it is no open order. */
export function dueOf(state: unknown): number {
  // safe because it is the state of a stream of orders
  const { status, lines, payments } = state as Bill;
  if (status !== 'open') return 0;
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  return payments.reduce((due, { settled }) => due - settled, total);
}

/** The input of an order with the price that holds now; null where the refusal is another one. */
export function withCurrentPrice(input: unknown, answer: CommandAnswer): object | null {
  if (answer.status !== 'refused' || answer.code !== 'PRICE_CHANGED') return null;
  const { lineIndex, current } = answer.details;
  // safe because only orders are refused with this code, and the refusal has an amount
  const { amount } = current as { amount: number };
  // safe because only inputs of orders are
  const order = input as { lines: readonly object[] };
  const lines = order.lines.map((line, index) =>
    index === lineIndex ? { ...line, expectedPrice: amount } : line,
  );
  return { ...order, lines };
}
