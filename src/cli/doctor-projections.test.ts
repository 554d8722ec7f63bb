import { expect, test } from 'vitest';
import type { Check } from './check.ts';
import { policyChecks } from './doctor-policies.ts';
import { projectionChecks } from './doctor-projections.ts';

const GOOD = {
  parkedEvents: 0,
  beyondHead: [],
  samples: [{ bucket: 1, position: '9', equal: true }],
};

/** A server that answers with these bodies, one after the other, and the paths it was asked for. */
function answering(status: number, ...bodies: readonly unknown[]) {
  const asked: string[] = [];
  return {
    asked,
    async once({ path }: { readonly path: string }) {
      asked.push(path);
      return { status, headers: {}, text: JSON.stringify(bodies[asked.length - 1]) };
    },
  };
}

const checksOf = (status: number, body: unknown): Promise<Check[]> =>
  projectionChecks(answering(status, body));

test('what is wrong with a projection is said by name, with what to do', async () => {
  const differing = { bucket: 2, position: '9', equal: false };
  const checks = await checksOf(200, {
    items: [
      { name: 'a.good', ...GOOD },
      { name: 'a.differs', ...GOOD, samples: [...GOOD.samples, differing] },
      { name: 'a.ahead', ...GOOD, beyondHead: [3, 4] },
      { name: 'a.parked', ...GOOD, parkedEvents: 5 },
    ],
  });
  expect(checks.map(({ name, result, found }) => [name.trim(), result, found])).toEqual([
    ['a.differs', 'fail', 'rows differ from a replay of the log in bucket 2'],
    ['a.ahead', 'fail', 'it has read beyond the end of the log in bucket 3, 4'],
    ['a.parked', 'warn', '5 events are parked; their rows are marked incomplete'],
  ]);
  expect(checks.every(({ fix }) => fix !== undefined)).toBe(true);
});

test('a key without the right is no failure, an unwell server is', async () => {
  expect(await checksOf(404, {})).toEqual([]);
  expect(await checksOf(403, {})).toMatchObject([{ result: 'ok' }]);
  expect(await checksOf(503, { code: 'UNAVAILABLE', detail: 'Gone.' })).toMatchObject([
    { result: 'fail', found: 'Gone. (UNAVAILABLE)' },
  ]);
});

test('every page is read, and what was not compared is said', async () => {
  const server = answering(
    200,
    {
      items: [{ name: 'a.one', ...GOOD }],
      next: 'a.one',
      snapshots: { compared: 2, differing: [] },
    },
    { items: [{ name: 'a.two', ...GOOD, notCompared: 3 }], next: null },
  );
  expect((await projectionChecks(server)).map(({ result, found }) => [result, found])).toEqual([
    ['ok', '2 buckets equal a replay of the log; 3 more, large ones most of all, not compared'],
    ['ok', '2 samples equal the fold of the events'],
  ]);
  expect(server.asked).toEqual(['/v1/projections/check', '/v1/projections/check?after=a.one']);
});

test('a fault on a later page, and a snapshot that is not its fold, are failures', async () => {
  const server = answering(
    200,
    {
      items: [{ name: 'a.one', ...GOOD }],
      next: 'a.one',
      snapshots: {
        compared: 3,
        differing: [{ bucket: 7, category: 'orders', version: '40' }],
      },
    },
    { items: [{ name: 'a.two', ...GOOD, beyondHead: [1] }], next: null },
  );
  expect((await projectionChecks(server)).map(({ name, result }) => [name.trim(), result])).toEqual(
    [
      ['a.two', 'fail'],
      ['snapshots', 'fail'],
    ],
  );
});

test('a policy that is suspended is a failure, what one has parked a warning', async () => {
  const policy = { suspended: false, parked: 0 };
  const items = [
    { name: 'p.good', ...policy },
    { name: 'p.stands', ...policy, suspended: true },
    { name: 'p.parked', ...policy, parked: 2 },
  ];
  const found = async (status: number, some: unknown) =>
    (await policyChecks(answering(status, { items: some }))).map(({ name, result }) => [
      name.trim(),
      result,
    ]);
  expect(await found(200, items)).toEqual([
    ['p.stands', 'fail'],
    ['p.parked', 'warn'],
  ]);
  const told = await policyChecks(answering(200, { items }));
  expect(told[0]?.fix).toContain('"comptoir policies resume p.stands"');
  expect(await found(200, items.slice(0, 1))).toEqual([['policies', 'ok']]);
  expect(await found(403, [])).toEqual([]);
});
