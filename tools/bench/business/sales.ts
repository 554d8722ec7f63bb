/** Quick sales as tills make them: three lines with modifiers, paid by card at once, for a member. */
import { setTimeout as delay } from 'node:timers/promises';
import { createHistogram, record } from '../histogram.ts';
import { openAsking, type Reply } from './asking.ts';
import { openBoard, type Board } from './board.ts';
import type { House } from './house.ts';
import type { SalesLoad, SalesPhase } from './messages.ts';
import { runWork } from './paced.ts';

const LINES = 3;
const PROBLEM_BYTES = 500;
const NO_ROOM: ReadonlySet<number> = new Set([429, 503]);
/** What was sold last must stand on the board within this time. */
const SHOWN_WITHIN_MS = 10_000;

export async function runSales(phase: SalesPhase, onMeasuring: () => void): Promise<SalesLoad> {
  const asking = await openAsking(phase.target, phase.connections);
  const shown = createShown();
  const boards = phase.boards ? await openBoards(phase, shown.onOrder) : [];
  const latency = createHistogram();
  const counts = {
    sold: 0,
    measured: 0,
    refused: 0,
    wrong: 0,
    // safe because it only says what may stand there later
    firstProblem: undefined as string | undefined,
  };
  try {
    const ran = await runWork({ ...phase, onMeasuring }, async (number, dueMs, measured) => {
      const key = `${phase.name}-${number}`;
      const body = saleOf(phase.house, number);
      const reply = await asking.ask({ method: 'POST', path: '/v1/orders', body, key });
      const nowMs = performance.now();
      if (reply.status !== 201) {
        if (NO_ROOM.has(reply.status)) counts.refused += 1;
        else counts.wrong += 1;
        counts.firstProblem ??= `${reply.status} ${reply.body.slice(0, PROBLEM_BYTES)}`;
        return;
      }
      counts.sold += 1;
      if (!measured) return;
      counts.measured += 1;
      record(latency, (nowMs - dueMs) * 1_000);
      if (phase.boards) shown.answered(orderIn(reply), nowMs);
    });
    if (phase.boards) await shown.all();
    const problem = boards.find((board) => board.problem !== undefined)?.problem;
    if (problem !== undefined) throw new Error(problem);
    return { ...counts, ...ran, latency, lag: shown.lag, unseen: shown.unseen() };
  } finally {
    asking.close();
    for (const board of boards) board.close();
  }
}

async function openBoards(
  { target, house }: SalesPhase,
  onOrder: (id: string) => void,
): Promise<Board[]> {
  const boards = house.locationIds.map((locationId) => openBoard(target, locationId, onOrder));
  await Promise.all(boards.map(({ opened }) => opened));
  return boards;
}

/** ASCII only, so that characters are bytes. */
export function saleOf({ locationIds, menu, memberIds }: House, number: number): string {
  let total = 0;
  let lines = '';
  for (let line = 0; line < LINES; line += 1) {
    const item = menu[(number * 7 + line * 3) % menu.length];
    if (item === undefined) throw new Error('The menu is empty.');
    const quantity = 1 + ((number + line) % 2);
    total += quantity * item.price;
    const modifiers = item.optionIds.map((id) => `{"optionId":"${id}","quantity":1}`).join(',');
    lines += `${line === 0 ? '' : ','}{"productId":"${item.productId}","quantity":${quantity},"modifiers":[${modifiers}],"expectedPrice":${item.price}}`;
  }
  const location = locationIds[number % locationIds.length] ?? '';
  // A prime step, so that a member comes back only after all others.
  const member = memberIds[(number * 7919) % memberIds.length] ?? '';
  return (
    `{"locationId":"${location}","channel":"take-away","customerId":"${member}","lines":[${lines}],` +
    `"payments":[{"kind":"card","amount":${total}}]}`
  );
}

function orderIn({ body }: Reply): string {
  const start = body.indexOf('"id":"') + '"id":"'.length;
  return body.slice(start, body.indexOf('"', start));
}

/** Which orders were answered and which stood on a board, whatever came first. */
function createShown() {
  const lag = createHistogram();
  const waiting = new Map<string, number>();
  /** Shown before the answer was there: not late at all. */
  const early = new Set<string>();
  return {
    lag,
    onOrder(id: string): void {
      const answeredMs = waiting.get(id);
      if (answeredMs === undefined) {
        early.add(id);
        return;
      }
      waiting.delete(id);
      record(lag, (performance.now() - answeredMs) * 1_000);
    },
    answered(id: string, nowMs: number): void {
      if (early.delete(id)) record(lag, 0);
      else waiting.set(id, nowMs);
    },
    unseen: () => waiting.size,
    async all(): Promise<void> {
      const deadline = performance.now() + SHOWN_WITHIN_MS;
      while (waiting.size > 0 && performance.now() < deadline) await delay(5);
    },
  };
}
