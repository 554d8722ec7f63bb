import { describe, expect, it } from 'vitest';
import { ENDPOINT_SLOTS, SLOW_SLOTS } from './lane.ts';
import { createLanes, TENANT_SLOTS, type Admission, type Lanes } from './lanes.ts';

function lanesAt(time: { ms: number }): Lanes {
  return createLanes({ clock: { nowMs: () => time.ms }, monotonicMs: () => time.ms });
}
const lane = (endpoint: string, tenant = 'acme') => ({ endpoint, tenant });

/** Fills the lane and gives the way to leave it. */
async function fill(lanes: Lanes, endpoint: string, tenant = 'acme'): Promise<(() => void)[]> {
  const leaves: (() => void)[] = [];
  for (let index = 0; index < ENDPOINT_SLOTS; index += 1) {
    const admission = await lanes.enter(lane(endpoint, tenant));
    if (admission.kind === 'go') leaves.push(() => admission.leave());
  }
  return leaves;
}

describe('a lane', () => {
  it('that is full and slow sends away, each a little later than the one before', async () => {
    const time = { ms: 1_000_000 };
    const lanes = lanesAt(time);
    const leaves = await fill(lanes, 'a');
    expect(leaves).toHaveLength(ENDPOINT_SLOTS);
    time.ms += 4000;
    const places: number[] = [];
    for (let index = 0; index < 500; index += 1) {
      const admission = await lanes.enter(lane('a'));
      expect(admission.kind).toBe('later');
      if (admission.kind === 'later') places.push(admission.atMs - time.ms);
    }
    expect(places.slice(0, 3)).toEqual([1000, 1500, 2000]);
    expect(places.at(-1)).toBe(60_000);
  });

  it('that is full and fast keeps the next ones waiting for a slot', async () => {
    const lanes = lanesAt({ ms: 0 });
    const [leave] = await fill(lanes, 'a');
    const waiting = lanes.enter(lane('a'));
    leave!();
    expect((await waiting).kind).toBe('go');
  });

  it('whose slots do not come free after all sends away those that waited', async () => {
    const lanes = lanesAt({ ms: 0 });
    await fill(lanes, 'a');
    expect(await lanes.enter(lane('a'))).toEqual({ kind: 'later', atMs: 1000 });
  });

  it('that is full does not keep those of another', async () => {
    const time = { ms: 0 };
    const lanes = lanesAt(time);
    await fill(lanes, 'a');
    time.ms += 10_000;
    expect((await lanes.enter(lane('a'))).kind).toBe('later');
    expect((await lanes.enter(lane('b'))).kind).toBe('go');
  });

  it('whose attempts take long has one slot', async () => {
    const time = { ms: 0 };
    const lanes = lanesAt(time);
    for (let round = 0; round < 10; round += 1) {
      const admission = await lanes.enter(lane('a'));
      time.ms += 20_000;
      if (admission.kind === 'go') admission.leave();
    }
    const admissions: Admission[] = [];
    for (let index = 0; index < 3; index += 1) admissions.push(await lanes.enter(lane('a')));
    expect(admissions.filter(({ kind }) => kind === 'go')).toHaveLength(SLOW_SLOTS);
  });

  it('is left once, however often it is said', async () => {
    const time = { ms: 0 };
    const lanes = lanesAt(time);
    const [leave] = await fill(lanes, 'a');
    time.ms += 4000;
    leave!();
    leave!();
    expect((await lanes.enter(lane('a'))).kind).toBe('go');
    expect((await lanes.enter(lane('a'))).kind).toBe('later');
  });

  it('that is paused sends away until then, within a minute', async () => {
    const time = { ms: 0 };
    const lanes = lanesAt(time);
    lanes.pause('a', 30_000);
    expect(await lanes.enter(lane('a'))).toEqual({ kind: 'later', atMs: 30_000 });
    time.ms = 30_000;
    const admission = await lanes.enter(lane('a'));
    expect(admission.kind).toBe('go');
    if (admission.kind === 'go') admission.leave();
    lanes.pause('a', 10_000_000);
    time.ms = 90_001;
    expect((await lanes.enter(lane('a'))).kind).toBe('go');
  });

  it('of a tenant that has many under way sends away, those of others do not', async () => {
    const lanes = lanesAt({ ms: 0 });
    for (let index = 0; index < TENANT_SLOTS / ENDPOINT_SLOTS; index += 1)
      await fill(lanes, `a${index}`);
    expect((await lanes.enter(lane('fresh'))).kind).toBe('later');
    expect((await lanes.enter(lane('theirs', 'other'))).kind).toBe('go');
  });
});
