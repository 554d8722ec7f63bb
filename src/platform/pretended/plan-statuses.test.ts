import { expect, test } from 'vitest';
import { drawsOf, planStatuses, type Manner } from './plan-statuses.ts';

const MANNER: Manner = {
  sent: { fromMs: 400, toMs: 900 },
  delivered: { fromMs: 500, toMs: 2_000 },
  read: { fromMs: 3_000, toMs: 9_000 },
  reads: 0.5,
  fails: 0.1,
};
const ids = Array.from({ length: 400 }, (_, index) => `message-${index}`);

test('each message is sent, then delivered and perhaps read, or it fails; each status later than the one before', () => {
  const plans = ids.map((id) => planStatuses(drawsOf(id), MANNER));
  const ways = new Map<string, number>();
  for (const plan of plans) {
    const way = plan.map(({ status }) => status).join(' ');
    ways.set(way, (ways.get(way) ?? 0) + 1);
    expect(plan.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b)).toEqual(
      plan.map(({ afterMs }) => afterMs),
    );
    expect(plan[0]!.afterMs).toBeGreaterThanOrEqual(400);
  }
  expect([...ways.keys()].toSorted()).toEqual([
    'sent delivered',
    'sent delivered read',
    'sent failed',
  ]);
  expect(ways.get('sent failed')).toBeLessThan(ids.length / 4);
});

test('the same text draws the same, another text something else', () => {
  const of = (id: string) => planStatuses(drawsOf(id), MANNER);
  expect(of('a')).toEqual(of('a'));
  expect(of('a')).not.toEqual(of('b'));
});

test('what never fails and is always read goes all the way, at fixed times where both ends are alike', () => {
  const at = (ms: number) => ({ fromMs: ms, toMs: ms });
  const manner = { sent: at(5), delivered: at(5), read: at(5), reads: 1, fails: 0 };
  expect(planStatuses(drawsOf('a'), manner)).toEqual([
    { status: 'sent', afterMs: 5 },
    { status: 'delivered', afterMs: 10 },
    { status: 'read', afterMs: 15 },
  ]);
});
