/** Reads beside a long history, at fixed moments. */
import { percentileMs } from '../histogram.ts';
import { subjectOf, targetOf } from '../measure.ts';
import { OFFERED_SHARE } from '../pacing.ts';
import type { Scope } from '../scope.ts';
import { significant } from '../statistics.ts';
import type { BusinessClient } from './client.ts';
import { startOnHistory } from './data-folder.ts';
import { countsOf, reservedDates } from './history.ts';
import { READ_KINDS } from './messages.ts';

const PER_SECOND = 1_000;
const CONNECTIONS = 100;
/** Evenings that are asked for in turn. */
const DATES = 60;
const WARM_UP_SECONDS = 5;

export async function readHistory(
  scope: Scope,
  client: BusinessClient,
  { orders, seconds }: { readonly orders: number; readonly seconds: number },
) {
  const { server, house, madeAtMs } = await startOnHistory(scope, orders);
  const subject = await subjectOf(scope, server);
  const phase = {
    kind: 'reads',
    target: targetOf(server),
    house,
    members: countsOf(orders).members,
    dates: reservedDates(madeAtMs, DATES),
    connections: CONNECTIONS,
    perSecond: PER_SECOND * OFFERED_SHARE,
    warmUpSeconds: WARM_UP_SECONDS,
    name: 'reads',
    seconds,
  } as const;
  let before = subject.cpu();
  const load = await client.run(phase, () => (before = subject.cpu()));
  const after = subject.cpu();
  await server.stop();
  if (load.wrong > 0)
    throw new Error(`reads: ${load.wrong} went wrong; first: ${load.firstProblem ?? ''}`);
  const of = (fraction: number) =>
    Object.fromEntries(
      READ_KINDS.map((kind) => [kind, significant(percentileMs(load.latency[kind], fraction))]),
    );
  const micros = (from: number, to: number) => significant(((to - from) * 1e6) / load.answered);
  const figures = {
    orders,
    perSecond: significant(load.answered / load.seconds),
    p50Ms: of(0.5),
    p99Ms: of(0.99),
    serverCpuMicrosPerRead: micros(before.serverSeconds, after.serverSeconds),
    postgresCpuMicrosPerRead: micros(before.postgresSeconds, after.postgresSeconds),
  };
  const p95Ms = of(0.95);
  scope.say(`reads: ${JSON.stringify({ p95Ms, ...figures })}`);
  return { p95Ms, figures };
}
