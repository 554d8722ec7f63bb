/** Policies answer each event exactly once and in the order of its stream; timers fire, and none is forgotten. */
import { subscriberName } from '../../../src/subscriptions/policies/policies.ts';
import type { RecordedEvent } from '../../../src/core/recorded-event.ts';
import { POINTS_FOR_BONUS, type HoldsState } from '../bank/index.ts';
import { Violation, type Simulation } from '../world/simulation.ts';
import type { History, StreamHistory } from './history.ts';

export async function checkPolicies(simulation: Simulation, history: History): Promise<void> {
  const streams = [...history.streams.values()];
  for (const stream of streams) {
    const { tenant, id } = stream;
    if (stream.stream.startsWith('accounts.rewards/')) {
      checkOrder(stream);
      continue;
    }
    if (!stream.stream.startsWith('accounts/')) continue;
    const points = history.streams.get(`${tenant} accounts.rewards/${id}`);
    checkPoints(simulation, { account: stream, points });
    checkBonuses({ account: stream, points });
    checkReleased(stream);
    await checkManager(simulation, stream);
  }
  await checkCheckpoints(simulation);
}

interface Rewarded {
  readonly account: StreamHistory;
  readonly points: StreamHistory | undefined;
}

const known = ({ recorded }: StreamHistory): readonly RecordedEvent[] =>
  recorded.flatMap((event) => event ?? []);

function checkPoints(simulation: Simulation, { account, points }: Rewarded): void {
  const deposits = known(account).filter(({ type }) => type === 'MoneyDeposited');
  const earned = points === undefined ? [] : known(points);
  const byDeposit = Map.groupBy(earned, depositOf);
  for (const deposit of deposits) {
    const its = byDeposit.get(deposit.eventId) ?? [];
    const [point] = its;
    if (its.length > 1)
      throw new Violation('policies', `a deposit of ${account.stream} earned ${its.length} points`);
    if (point === undefined && !wasSkipped(simulation, 'accounts.earn-on-deposit', deposit))
      throw new Violation('policies', `a deposit of ${account.stream} earned no point`);
    if (point !== undefined) checkCause(deposit, point);
    byDeposit.delete(deposit.eventId);
  }
  if (byDeposit.size > 0)
    throw new Violation('policies', `${account.stream} has points without a deposit`);
}

/** The chain of causes: which event led to it, which command began it all, how many policies lie between. */
function checkCause(deposit: RecordedEvent, { causation }: RecordedEvent): void {
  const { correlationId, hops } = deposit.causation;
  if (
    causation.causationId !== deposit.eventId ||
    causation.correlationId !== correlationId ||
    causation.hops !== hops + 1
  )
    throw new Violation('causes', `a point names ${causation.causationId} as its cause`);
}

function depositOf({ data }: RecordedEvent): string {
  // safe because every event of rewards names its deposit
  return (data as { deposit: string }).deposit;
}

function wasSkipped({ ledger }: Simulation, name: string, event: RecordedEvent): boolean {
  return ledger.skips.some(
    (skip) =>
      skip.name === name &&
      skip.positions.some(
        ({ bucket, position }) => bucket === event.bucket && position === event.position,
      ),
  );
}

/** A policy that could not answer an event answers none behind it in the stream before (L13). */
function checkOrder(points: StreamHistory): void {
  // safe because every event of rewards says which version the deposit was
  const sequence = known(points).map(({ data }) => (data as { sequence: number }).sequence);
  for (const [index, each] of sequence.entries())
    if (index > 0 && each <= (sequence[index - 1] ?? 0))
      throw new Violation(
        'L13',
        `points of ${points.stream} came out of order: ${sequence.join()}`,
      );
}

function checkBonuses({ account, points }: Rewarded): void {
  const due = Math.floor((points?.events.length ?? 0) / POINTS_FOR_BONUS);
  // safe because every event of an account has a reference
  const refs = known(account).map(({ data }) => (data as { ref: string }).ref);
  const given = refs.filter((ref) => ref.startsWith('bonus '));
  if (given.length !== due || new Set(given).size !== due)
    throw new Violation('policies', `${account.stream} got ${given.length} bonuses of ${due}`);
}

function checkReleased({ stream, states }: StreamHistory): void {
  if (states.at(-1)?.status === 'held')
    throw new Violation('timers', `${stream} is still held after its time`);
}

/** The state of the process manager is the fold of what it declared, each event once. */
async function checkManager({ storage }: Simulation, account: StreamHistory): Promise<void> {
  const { tenant, id } = account;
  const lane = { tenant, lane: `key ${id}` };
  const bucket = storage.log.bucketOf(tenant);
  const place = { policy: 'accounts.release-when-due', bucket };
  const states = await storage.policies.states(place, [lane]);
  // safe because the policy's own evolve made it
  const state = (states.get(`${tenant} ${lane.lane}`) ?? { holds: 0, releases: 0 }) as HoldsState;
  const count = (type: string): number =>
    known(account).filter((event) => event.type === type).length;
  if (state.holds !== count('AccountHeld') || state.releases !== count('AccountReleased'))
    throw new Violation(
      'L8',
      `the process manager of ${account.stream} counted ${state.holds} holds of ${count('AccountHeld')}`,
    );
}

async function checkCheckpoints({ storage, serving }: Simulation): Promise<void> {
  const policies = serving[0]?.release.module.policies ?? [];
  const names = policies.map(({ name }) => subscriberName(name));
  for (const { name, bucket, position } of await storage.subscriptions.read(names)) {
    const head = await storage.log.head(bucket);
    if (position > head.position)
      throw new Violation('L8', `${name} stands at ${position}, behind the end of the log`);
  }
}
