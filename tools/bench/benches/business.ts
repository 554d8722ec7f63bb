/**
 * business: a house that sells through HTTP. Quick sales, each followed by the loyalty command of the policy, as fast as
 * they go and paced; how soon they stand on the boards; everybody at once for the last places; one account hit by
 * hundreds of commands a second; and reads beside a long history.
 */
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { startBusinessLoad } from '../business/client.ts';
import { openLedger } from '../business/ledger.ts';
import { readHistory } from '../business/reading.ts';
import { rushForPlaces, rushForPoints } from '../business/rush.ts';
import { figuresOf, sell, type Shop, type Sold } from '../business/selling.ts';
import type { BenchResult } from '../fields.ts';
import { percentileMs } from '../histogram.ts';
import { subjectOf, targetOf } from '../measure.ts';
import { OFFERED_SHARE } from '../pacing.ts';
import { startServer } from '../server.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';

/** All rounds of one kind of phase together. */
const SECONDS = 30;
const WARM_UP_SECONDS = 10;
const MEMBERS = 5_000;
const SALES_PER_SECOND = 1_000;
const TENANT = 'default';

export async function business({ options, scope }: BenchContext): Promise<BenchResult> {
  const server = await startServer(scope);
  const subject = await subjectOf(scope, server);
  const client = startBusinessLoad();
  scope.defer(() => client.close());
  const house = await client.run({ kind: 'house', target: targetOf(server), members: MEMBERS });
  scope.say(`a house with ${house.locationIds.length} locations and ${MEMBERS} members`);
  const log = await openPostgresLog({
    database: subject.database,
    dedupeWindowSeconds: 3_600,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  scope.defer(() => log.close());
  const shop: Shop = { scope, subject, client, ledger: await openLedger(log, TENANT), house };
  const seconds = (options.seconds ?? SECONDS) / options.rounds;
  await sell(shop, { name: 'warm', seconds: WARM_UP_SECONDS, perSecond: null });
  const fast: Sold[] = [];
  const paced: Sold[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    fast.push(await sell(shop, { name: `fast-${round}`, seconds, perSecond: null }));
    const perSecond = SALES_PER_SECOND * OFFERED_SHARE;
    paced.push(await sell(shop, { name: `paced-${round}`, seconds, perSecond }));
  }
  const lastPlaces = await rushForPlaces(shop);
  const loyaltyHot = await rushForPoints(shop, seconds);
  await server.stop();
  const reads = await readHistory(scope, client, { orders: options.orders, seconds });
  return {
    ordersPerSecond: significant(spreadOf(fast.map(({ perSecond }) => perSecond)).median),
    boardLagP99Ms: significant(Math.max(...paced.map(({ load }) => percentileMs(load.lag, 0.99)))),
    fast: fast.map(figuresOf),
    paced: paced.map(figuresOf),
    readP95Ms: reads.p95Ms,
    reads: reads.figures,
    lastPlaces,
    loyaltyHot,
  };
}
