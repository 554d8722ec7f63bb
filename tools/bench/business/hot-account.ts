/**
 * One member's account from many connections: points given, points used, and every tenth request sent twice at once
 * under the same key, as an impatient client does.
 */
import { createHistogram, record } from '../histogram.ts';
import { openAsking, type Request } from './asking.ts';
import type { HotLoad, HotPhase } from './messages.ts';
import { runWork } from './paced.ts';

const PROBLEM_BYTES = 500;
/** More is used than given at times, so that some are refused. */
const EARNED = 10;
const BURNED = 12;

export async function runHotAccount(phase: HotPhase, onMeasuring: () => void): Promise<HotLoad> {
  // A repeat needs a connection beside that of the first one.
  const asking = await openAsking(phase.target, phase.connections + 8);
  const latency = createHistogram();
  const state = {
    measured: 0,
    refused: 0,
    wrong: 0,
    // safe because it only says what may stand there later
    firstProblem: undefined as string | undefined,
    minBalance: Infinity,
  };
  const earned = { commands: 0, points: 0 };
  const burned = { commands: 0, points: 0 };
  const path = `/v1/loyalty/members/${phase.memberId}`;
  const fail = (text: string): void => {
    state.wrong += 1;
    state.firstProblem ??= text.slice(0, PROBLEM_BYTES);
  };
  try {
    const ran = await runWork(
      { ...phase, perSecond: null, onMeasuring },
      async (number, dueMs, measured) => {
        const isBurn = number % 2 === 1;
        const points = isBurn ? BURNED : EARNED;
        const request: Request = {
          method: 'POST',
          path: `${path}/${isBurn ? 'burn' : 'earn'}`,
          body: `{"points":${points},"reason":"bench ${number}"}`,
          key: `${phase.name}-${number}`,
        };
        const twice = number % 10 === 0;
        const [reply, repeat] = await Promise.all([
          asking.ask(request),
          twice ? asking.ask(request) : undefined,
        ]);
        // Whichever of the two came first, the other one is told that it is under way, or the same answer.
        const answer = reply.status === 409 && repeat?.status === 200 ? repeat : reply;
        if (answer.status === 200) {
          const of = isBurn ? burned : earned;
          of.commands += 1;
          of.points += points;
          const balance = pointsIn(answer.body);
          state.minBalance = Math.min(state.minBalance, balance);
        } else if (answer.status === 409 && answer.body.includes('POINTS_NOT_ENOUGH'))
          state.refused += 1;
        else fail(`${answer.status} ${answer.body}`);
        if (!measured) return;
        state.measured += 1;
        record(latency, (performance.now() - dueMs) * 1_000);
      },
    );
    return { ...state, earned, burned, latency, seconds: (ran.toMs - ran.fromMs) / 1_000 };
  } finally {
    asking.close();
  }
}

function pointsIn(body: string): number {
  // safe because commands of members are answered with the balance
  return (JSON.parse(body) as { readonly points: number }).points;
}
