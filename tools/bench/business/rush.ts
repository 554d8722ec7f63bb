/** What everybody wants at once: the last places of an evening, and one member's points. */
import { percentileMs } from '../histogram.ts';
import { targetOf } from '../measure.ts';
import { significant } from '../statistics.ts';
import { openAsking } from './asking.ts';
import { create, done } from './house.ts';
import type { HotLoad, PlacesLoad } from './messages.ts';
import type { Shop } from './selling.ts';

const CLIENTS = 1_000;
const PLACES = 10;
const HOT_CONNECTIONS = 64;
const WARM_UP_SECONDS = 1;

/** A location of its own with as many tables as there are places, an evening a month ahead. */
export async function rushForPlaces({ scope, subject, client }: Shop): Promise<object> {
  const target = targetOf(subject.server);
  const asking = await openAsking(target, 1);
  const place = { name: 'Last places', timeZone: 'Europe/Warsaw', country: 'PL' };
  const locationId = await create(asking, '/v1/business/locations', place);
  const path = `/v1/business/locations/${locationId}`;
  const post = (word: string, body: object) =>
    done(asking, { method: 'POST', path: `${path}/${word}`, body: JSON.stringify(body) });
  await post('set-area', { areaId: 'hall', name: 'Hall' });
  for (let table = 1; table <= PLACES; table += 1)
    await post('set-table', { tableId: `t${table}`, areaId: 'hall', name: `${table}`, seats: 2 });
  asking.close();
  const date = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
  const startsAt = `${date}T19:00`;
  const load: PlacesLoad = await client.run({
    kind: 'places',
    target,
    clients: CLIENTS,
    locationId,
    startsAt,
  });
  const { confirmed, refused, errors } = load;
  const p99Ms = significant(percentileMs(load.latency, 0.99));
  scope.say(
    `last places: ${confirmed} confirmed, ${refused} refused, ${errors} errors, ${p99Ms} ms`,
  );
  if (load.firstProblem !== undefined) scope.say(load.firstProblem);
  return { confirmed, refused, errors, p99Ms };
}

export async function rushForPoints(
  { scope, subject, client, ledger, house }: Shop,
  seconds: number,
): Promise<object> {
  const memberId = house.memberIds[0] ?? '';
  const before = { ...ledger.movements, points: ledger.points.get(memberId) ?? 0 };
  const load: HotLoad = await client.run({
    kind: 'hot',
    target: targetOf(subject.server),
    connections: HOT_CONNECTIONS,
    warmUpSeconds: WARM_UP_SECONDS,
    seconds,
    name: 'hot',
    memberId,
  });
  await ledger.readOn();
  if (load.wrong > 0)
    throw new Error(`hot: ${load.wrong} went wrong; first: ${load.firstProblem ?? ''}`);
  const counted = (word: 'earned' | 'burned') => ledger.movements[word] - before[word];
  const doubled =
    Math.abs(counted('earned') - load.earned.commands) +
    Math.abs(counted('burned') - load.burned.commands);
  const moved = (ledger.points.get(memberId) ?? 0) - before.points;
  if (moved !== load.earned.points - load.burned.points)
    throw new Error(
      `hot: points moved by ${moved}, answers say ${load.earned.points - load.burned.points}.`,
    );
  const perSecond = significant(load.measured / load.seconds);
  const p95Ms = significant(percentileMs(load.latency, 0.95));
  scope.say(
    `hot account: ${perSecond}/s, p95 ${p95Ms} ms, ${load.refused} refused, ${doubled} doubled`,
  );
  return {
    perSecond,
    doubled,
    minBalance: Math.min(load.minBalance, ledger.minBalance),
    refused: load.refused,
    p95Ms,
  };
}
