/** The contract of the policy store as a test suite: every implementation passes it. */
import { describe, expect, test } from 'vitest';
import type { Queryable } from '../../platform/postgres/database.ts';
import { laneKey, type LaneChange, type PolicyPlace, type PolicyStore } from './policy-store.ts';

export interface PolicyStoreUnderTest {
  readonly store: PolicyStore;
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
}

const NONE = { done: 0, refused: 0, lastRefusal: null };
const LANE = { tenant: 'shop', lane: 'orders/1' };
let places = 0;

function freshPlace(): PolicyPlace {
  places += 1;
  return { policy: `test.policy-${places}`, bucket: places % 4 };
}

function change(more: Partial<LaneChange>): LaneChange {
  return { ...LANE, wasParked: false, parked: [], timers: [], ...more };
}

type Subject = () => PolicyStoreUnderTest;

export function describePolicyStoreContract(name: string, subject: Subject): void {
  describe(`the policy store contract: ${name}`, () => {
    states(subject);
    parking(subject);
    settling(subject);
    timers(subject);
    counting(subject);
  });
}

async function commit(
  subject: Subject,
  place: PolicyPlace,
  lanes: readonly LaneChange[],
): Promise<void> {
  const { store, transaction } = subject();
  await transaction((tx) => store.commit(tx, place, { lanes, counts: NONE }));
}

function states(subject: Subject): void {
  test('a state is kept by tenant and lane, as JSON', async () => {
    const { store } = subject();
    const place = freshPlace();
    const value = { n: 1, list: [null, 'x'], text: "it's" };
    await commit(subject, place, [change({ state: { value: { n: 0 } } })]);
    await commit(subject, place, [change({ state: { value } })]);
    const other = { tenant: 'other', lane: LANE.lane };
    expect(await store.states(place, [LANE, other])).toEqual(new Map([[laneKey(LANE), value]]));
    expect(await store.states({ ...place, policy: 'test.none' }, [LANE])).toEqual(new Map());
  });

  test('nothing of a transaction that is rolled back stays', async () => {
    const { store, transaction } = subject();
    const place = freshPlace();
    const rolledBack = transaction(async (tx) => {
      const lanes = [change({ state: { value: 1 }, parked: [parkedAt(1n)] })];
      await store.commit(tx, place, { lanes, counts: { ...NONE, done: 1 } });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    expect((await store.states(place, [LANE])).size).toBe(0);
    expect(await store.parked(place.policy, 10)).toEqual([]);
    expect(await store.counts([place.policy])).toMatchObject([{ done: 0, parked: 0 }]);
  });
}

function parkedAt(position: bigint, reason = 'REACT_FAILED', timer = '') {
  return { position, type: 'a', reason, timer };
}

function parking(subject: Subject): void {
  test('a parked event blocks its lane, a parked timer does not', async () => {
    const { store } = subject();
    const place = freshPlace();
    const other = { tenant: 'shop', lane: 'orders/2' };
    await commit(subject, place, [
      change({ parked: [parkedAt(5n), parkedAt(7n, 'behind')] }),
      change({ ...other, parked: [parkedAt(6n, 'NOT_FOUND', 'escalate')] }),
    ]);
    expect(await store.parkedLanes(place, [LANE, other])).toEqual(new Set([laneKey(LANE)]));
    const rows = await store.parked(place.policy, 10);
    expect(rows.map(({ position, reason, attempts }) => [position, reason, attempts])).toEqual([
      [5n, 'REACT_FAILED', 1],
      [6n, 'NOT_FOUND', 1],
      [7n, 'behind', 1],
    ]);
    expect(Number.isNaN(Date.parse(rows[0]?.parkedAt ?? ''))).toBe(false);
    expect(await store.parked(place.policy, 1)).toHaveLength(1);
  });

  test('a lane that was found parked must still be', async () => {
    const place = freshPlace();
    const behind = change({ wasParked: true, parked: [parkedAt(9n, 'behind')] });
    await expect(commit(subject, place, [behind])).rejects.toMatchObject({ name: 'LaneChanged' });
    await commit(subject, place, [change({ parked: [parkedAt(5n)] })]);
    await commit(subject, place, [behind]);
    expect(await subject().store.parked(place.policy, 10)).toHaveLength(2);
  });
}

function settling(subject: Subject): void {
  test('the first of a lane is looked at, parked again and taken out once', async () => {
    const { store, transaction } = subject();
    const place = freshPlace();
    expect(await store.firstParked(place, LANE)).toBeNull();
    await commit(subject, place, [
      change({ parked: [parkedAt(5n), parkedAt(10n, 'behind'), parkedAt(7n, 'behind')] }),
    ]);
    const first = await store.firstParked(place, LANE);
    expect(first).toMatchObject({ count: 3, row: { position: 5n } });
    if (first === null) return;
    const { row } = first;
    await transaction((tx) => store.parkAgain(tx, place, { ...row, newReason: 'OTHER' }));
    expect(await store.firstParked(place, LANE)).toMatchObject({
      row: { reason: 'OTHER', attempts: 2 },
    });
    expect(await transaction((tx) => store.unpark(tx, place, row))).toBe(true);
    expect(await transaction((tx) => store.unpark(tx, place, row))).toBe(false);
    expect(await store.firstParked(place, LANE)).toMatchObject({ row: { position: 7n } });
  });
}

function timers(subject: Subject): void {
  const set = (position: bigint, state?: unknown) =>
    change({
      timers: [
        { kind: 'set', timer: 'escalate', position, dueAt: '2030-01-01T00:00:00.000Z', state },
      ],
    });
  const timer = { ...LANE, timer: 'escalate' };

  test('a timer is set, moved, cancelled and removed by the event that set it', async () => {
    const { store, transaction } = subject();
    const place = freshPlace();
    await commit(subject, place, [set(1n, { count: 3 })]);
    expect(await store.timer(place, timer)).toEqual({ position: 1n, state: { count: 3 } });
    await commit(subject, place, [set(2n, { count: 4 })]);
    const remove = (position: bigint): Promise<boolean> =>
      transaction((tx) => store.removeTimer(tx, place, { ...timer, position }));
    expect(await remove(1n)).toBe(false);
    expect(await store.timer(place, timer)).toMatchObject({ position: 2n });
    expect(await remove(2n)).toBe(true);
    expect(await store.timer(place, timer)).toBeNull();
    await commit(subject, place, [set(3n)]);
    await commit(subject, place, [change({ timers: [{ kind: 'cancel', timer: 'escalate' }] })]);
    expect(await store.timer(place, timer)).toBeNull();
  });
}

function counting(subject: Subject): void {
  test('counts add up over buckets and name the newest refusal', async () => {
    const { store, transaction } = subject();
    const { policy } = freshPlace();
    for (const [bucket, refused] of [
      [0, 0],
      [1, 2],
    ] as const) {
      const lastRefusal = refused > 0 ? 'TOO_MUCH' : null;
      const counts = { done: 2, refused, lastRefusal };
      const place = { policy, bucket };
      await transaction((tx) => store.commit(tx, place, { lanes: [], counts }));
    }
    expect(await store.counts([policy, 'test.none'])).toEqual([
      { policy, parked: 0, timers: 0, done: 4, refused: 2, lastRefusal: 'TOO_MUCH' },
      { policy: 'test.none', parked: 0, timers: 0, done: 0, refused: 0, lastRefusal: null },
    ]);
  });
}
