/** What screens ask for all day: the menu, a list of orders, a member by phone, what is free on an evening. */
import { createHistogram, record } from '../histogram.ts';
import { openAsking } from './asking.ts';
import { phoneOf } from './house.ts';
import { READ_KINDS, type ReadKind, type ReadsLoad, type ReadsPhase } from './messages.ts';
import { runWork } from './paced.ts';

const PROBLEM_BYTES = 500;
const LIST_LIMIT = 20;

export async function runReads(phase: ReadsPhase, onMeasuring: () => void): Promise<ReadsLoad> {
  const asking = await openAsking(phase.target, phase.connections);
  const latency = {
    menu: createHistogram(),
    orders: createHistogram(),
    member: createHistogram(),
    availability: createHistogram(),
  };
  // safe because it only says what may stand there later
  const counts = { answered: 0, wrong: 0, firstProblem: undefined as string | undefined };
  try {
    const ran = await runWork({ ...phase, onMeasuring }, async (number, dueMs, measured) => {
      const kind = READ_KINDS[number % READ_KINDS.length] ?? 'menu';
      const reply = await asking.ask({ method: 'GET', path: pathOf(phase, kind, number) });
      const nowMs = performance.now();
      const isFine = reply.status === 200 && reply.body.includes(EXPECTED[kind]);
      if (!isFine) {
        counts.wrong += 1;
        counts.firstProblem ??= `${kind}: ${reply.status} ${reply.body.slice(0, PROBLEM_BYTES)}`;
      }
      if (!measured) return;
      counts.answered += 1;
      record(latency[kind], (nowMs - dueMs) * 1_000);
    });
    const { fromMs, toMs, cpuSeconds } = ran;
    return { ...counts, latency, seconds: (toMs - fromMs) / 1_000, cpuSeconds };
  } finally {
    asking.close();
  }
}

/** Without this in it an answer is empty, and reading nothing is fast. */
const EXPECTED: Readonly<Record<ReadKind, string>> = {
  menu: '"productId"',
  orders: '"total"',
  member: '"points"',
  availability: '"slots"',
};

function pathOf(phase: ReadsPhase, kind: ReadKind, number: number): string {
  const { locationIds } = phase.house;
  // Two steps that have no factor in common with the number of kinds, so that every kind asks for everything in turn.
  const turn = Math.floor(number / READ_KINDS.length);
  const location = locationIds[turn % locationIds.length] ?? '';
  switch (kind) {
    case 'menu':
      return `/v1/catalog/menu?locationId=${location}`;
    case 'orders':
      return `/v1/orders?locationId=${location}&limit=${LIST_LIMIT}`;
    case 'member':
      return `/v1/loyalty/members?phone=${encodeURIComponent(phoneOf((turn * 7919) % phase.members))}`;
    case 'availability': {
      const date = phase.dates[turn % phase.dates.length] ?? '';
      return `/v1/reservations/availability?locationId=${location}&date=${date}&partySize=2`;
    }
  }
}
