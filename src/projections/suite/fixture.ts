/** What projections do, on any log and store: the same tests for those in memory and in PostgreSQL. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { Failure } from '../../core/errors.ts';
import type { ReadModel } from '../../core/read-model.ts';
import type { EventLog } from '../../log/log.ts';
import type { RunningProjections } from '../create-projections.ts';
import { PARKED_MAX } from '../limits.ts';
import type { ProjectionStore } from '../projection-store.ts';
import {
  createWriter,
  ignored,
  projectionsOf,
  trailModel,
  trailsOf,
  type Broken,
} from '../projections.fixture.ts';

export interface ProjectionsUnderTest {
  readonly log: EventLog;
  readonly store: ProjectionStore;
  close(): Promise<void>;
}

const WAIT_MS = 45_000;
/** What no process has folded by then is not folded: one that goes on needs a part of this on a busy machine. */
const PAUSED_MS = 3_000;

/** `open` gives a log and a store of their own to each test: every read model here sees every event. */
export function describeProjections(
  name: string,
  open: () => ProjectionsUnderTest | Promise<ProjectionsUnderTest>,
): void {
  describe(name, () => {
    let current: ProjectionsUnderTest;
    const running: RunningProjections[] = [];
    const subject = (): ProjectionsUnderTest => current;
    const started = async (models: readonly ReadModel[]): Promise<RunningProjections> => {
      const projections = projectionsOf({ ...subject(), models });
      running.push(projections);
      await projections.start();
      return projections;
    };
    beforeEach(async () => {
      current = await open();
    });
    afterEach(async () => {
      for (const each of running.splice(0)) await each.stop();
      await current.close();
    });
    followingTests({ subject, started });
    copiesTests({ subject, started });
    parkedTests({ subject, started });
    processesTests({ subject, started });
  });
}

interface Suite {
  readonly subject: () => ProjectionsUnderTest;
  readonly started: (models: readonly ReadModel[]) => Promise<RunningProjections>;
}

function followingTests({ subject, started }: Suite): void {
  test('rows follow the log, are read after their write, and equal a replay', async () => {
    const model = trailModel({ name: 'test.follow' });
    const write = createWriter(subject().log);
    const tenant = 'follow';
    await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number: 1 }]);
    const projections = await started([model]);
    const position = await write({ tenant, stream: 'notes/a' }, [
      { key: 'a', number: 2 },
      { key: 'b', number: 3, name: 'Ana' },
    ]);
    await projections.waitFor(model, { tenant, position }, WAIT_MS);
    expect(await trailsOf(projections, model, { tenant })).toEqual({ a: [1, 2], b: [3] });
    const reader = projections.reader(model);
    expect(await reader.get({ tenant, key: 'b' })).toEqual({
      key: 'b',
      incomplete: false,
      row: { count: 1, numbers: [3], noted_at: '2026-11-21T00:00:03.000Z', name: 'Ana' },
    });
    expect(await reader.get({ tenant: 'other', key: 'b' })).toBeNull();
    const last = await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number: 0 }], ignored);
    await projections.waitFor(model, { tenant, position: last }, WAIT_MS);
    const bucket = subject().log.bucketOf(tenant);
    expect(await projections.stateHash(model.name, bucket, 'live')).toBe(
      await projections.stateHash(model.name, bucket, 'replay'),
    );
    await expect(
      projections.waitFor(model, { tenant, position: last + 1n }, 100),
    ).rejects.toMatchObject({ code: 'WAIT_TIMEOUT' });
  });

  test('a pause holds rows back everywhere, and resuming goes on where it ended', async () => {
    const model = trailModel({ name: 'test.paused' });
    const write = createWriter(subject().log);
    const tenant = 'paused';
    const projections = await started([model]);
    const other = await started([model]);
    const first = await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number: 1 }]);
    await projections.waitFor(model, { tenant, position: first }, WAIT_MS);
    await projections.pause(model.name);
    let number = 1;
    const position = await until('the pause everywhere', async () => {
      number += 1;
      const written = await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number }]);
      const wait = projections.waitFor(model, { tenant, position: written }, PAUSED_MS);
      return wait.then(
        () => null,
        () => written,
      );
    });
    const numbers = Array.from({ length: number }, (_, index) => index + 1);
    expect(await trailsOf(projections, model, { tenant })).toEqual({ a: numbers.slice(0, -1) });
    expect((await other.status())[0]?.paused).toBe(true);
    await other.resume(model.name);
    await projections.waitFor(model, { tenant, position }, WAIT_MS);
    expect(await trailsOf(projections, model, { tenant })).toEqual({ a: numbers });
  });

  test('lists filter, order, page, and refuse what was not declared', async () => {
    const model = trailModel({ name: 'test.listed' });
    const write = createWriter(subject().log);
    const tenant = 'listed';
    const projections = await started([model]);
    const notes = Array.from({ length: 7 }, (_, number) => ({ key: `k${number}`, number }));
    await write({ tenant, stream: 'notes/a' }, notes);
    const position = await write({ tenant, stream: 'notes/a' }, [{ key: 'k3', number: 9 }]);
    await projections.waitFor(model, { tenant, position }, WAIT_MS);
    const reader = projections.reader(model);
    const keys: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 10; page += 1) {
      const { items, next, more } = await reader.list({ tenant, filters: {}, limit: 3, after });
      keys.push(...items.map(({ key }) => key));
      after = next;
      if (!more) break;
    }
    expect(keys).toEqual(['k3', 'k6', 'k5', 'k4', 'k2', 'k1', 'k0']);
    const twice = await reader.list({ tenant, filters: { count: '2' }, limit: 3 });
    expect(twice.items.map(({ key }) => key)).toEqual(['k3']);
    const foreign = await reader.list({ tenant: 'nobody', filters: {}, limit: 3 });
    expect(foreign).toEqual({ items: [], next: expect.stringMatching(/./), more: false });
    for (const filters of [{ count: 'two' }, { noted_at: 'x' }, { constructor: 'x' }])
      await expect(reader.list({ tenant, filters, limit: 3 })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    for (const wrong of ['x', 'WzEsMl0', Buffer.from('["x","k"]').toString('base64url')])
      await expect(
        reader.list({ tenant, filters: {}, limit: 3, after: wrong }),
      ).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  test('an erased person leaves the columns that tell of them, in every copy', async () => {
    const model = trailModel({ name: 'test.erased' });
    const write = createWriter(subject().log);
    const tenant = 'erased';
    const projections = await started([model]);
    const position = await write({ tenant, stream: 'notes/a' }, [
      { key: 'ana', number: 1, name: 'Ana' },
      { key: 'jan', number: 2, name: 'Jan' },
    ]);
    await projections.waitFor(model, { tenant, position }, WAIT_MS);
    const person = { tenant, personId: 'ana', reference: 'r' };
    const tables = await projections.forget(person);
    expect(tables).toContain('read_test_erased_g1');
    const reader = projections.reader(model);
    expect((await reader.get({ tenant, key: 'ana' }))?.row['name']).toBeNull();
    expect((await reader.get({ tenant, key: 'jan' }))?.row['name']).toBe('Jan');
    const again = await write({ tenant, stream: 'notes/a' }, [{ key: 'ana', number: 3 }]);
    await projections.waitFor(model, { tenant, position: again }, WAIT_MS);
    expect((await reader.get({ tenant, key: 'ana' }))?.row).toMatchObject({
      name: null,
      numbers: [1, 3],
    });
  });
}

function copiesTests({ subject, started }: Suite): void {
  test('a rebuild fills beside, is swapped in, and can be swapped back', async () => {
    const model = trailModel({ name: 'test.rebuilt' });
    const write = createWriter(subject().log);
    const tenant = 'rebuilt';
    const projections = await started([model]);
    let number = 0;
    let writing = true;
    const appends = (async () => {
      while (writing) {
        number += 1;
        await write({ tenant, stream: 'notes/a' }, [{ key: `k${number % 7}`, number }]);
      }
    })();
    await projections.rebuild(model.name, {});
    await until('the swap', async () => {
      const { items } = await projections.reader(model).list({ tenant, filters: {}, limit: 100 });
      const counts = items.map(({ row }) => Number(row['count']));
      // Never fewer rows than before: queries see a whole copy at any moment.
      expect(counts.every((count) => count > 0)).toBe(true);
      const [status] = await projections.status();
      return status?.generations.find(({ state }) => state === 'active')?.generation === 2;
    });
    writing = false;
    await appends;
    const position = await write({ tenant, stream: 'notes/a' }, [{ key: 'k', number: 0 }]);
    await projections.waitFor(model, { tenant, position }, WAIT_MS);
    const expected: Record<string, number[]> = { k: [0] };
    for (let each = 1; each <= number; each += 1) (expected[`k${each % 7}`] ??= []).push(each);
    expect(await trailsOf(projections, model, { tenant })).toEqual(expected);
    await projections.swapBack(model.name);
    const again = await write({ tenant, stream: 'notes/a' }, [{ key: 'k', number: 1 }]);
    await projections.waitFor(model, { tenant, position: again }, WAIT_MS);
    expect(await trailsOf(projections, model, { tenant })).toEqual({ ...expected, k: [0, 1] });
    const [status] = await projections.status();
    expect(status?.generations.map(({ generation, state }) => [generation, state])).toEqual([
      [1, 'active'],
      [2, 'retired'],
    ]);
  }, 30_000);

  test('a copy as of a moment holds the fold up to it', async () => {
    const model = trailModel({ name: 'test.shadowed' });
    const write = createWriter(subject().log);
    const tenant = 'shadowed';
    const projections = await started([model]);
    await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number: 1 }]);
    const position = await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number: 2 }]);
    const [before] = await subject().log.readStream(tenant, 'notes/a', {
      fromVersion: 2n,
      limit: 1,
    });
    const asOfMicros = before!.recordedAtMicros;
    expect(before!.position).toBe(position);
    await until('a later clock', () => BigInt(Date.now()) * 1000n > asOfMicros + 2_000n);
    await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number: 3 }]);
    const reader = projections.reader(model);
    await expect(reader.get({ tenant, key: 'a', asOfMicros })).rejects.toMatchObject({
      code: 'AS_OF_NOT_BUILT',
      extra: { build: expect.stringContaining('comptoir rebuild test.shadowed --as-of 20') },
    });
    const asOf = new Date(Number(asOfMicros / 1000n)).toISOString().replace('Z', '');
    const micros = String(asOfMicros % 1000n).padStart(3, '0');
    await projections.rebuild(model.name, { asOf: `${asOf}${micros}Z` });
    const row = await until('the shadow', async () => {
      try {
        return await reader.get({ tenant, key: 'a', asOfMicros });
      } catch (error) {
        if (error instanceof Failure && error.code === 'AS_OF_NOT_BUILT') return null;
        throw error;
      }
    });
    expect(row.row['numbers']).toEqual([1, 2]);
    const [status] = await projections.status();
    expect(status?.shadows).toMatchObject([
      { asOf: expect.any(String), ready: true, progress: 1, behindEvents: 0n },
    ]);
  }, 30_000);
}

function parkedTests({ subject, started }: Suite): void {
  const stream = 'notes/bad';

  test.each(['keys', 'project'] as const)(
    'an event that fails in %s parks its stream, marks its rows, and a retry replays in order',
    async (fails) => {
      const broken: Broken = { current: true };
      const model = trailModel({ name: `test.parked-${fails}`, broken });
      const write = createWriter(subject().log);
      const tenant = `parked-${fails}`;
      const projections = await started([model]);
      await write({ tenant, stream }, [{ key: 'a', number: 1 }]);
      await write({ tenant, stream }, [
        { key: 'a', number: 2, fails },
        { key: 'b', number: 3 },
      ]);
      const position = await write({ tenant, stream: 'notes/good' }, [{ key: 'c', number: 4 }]);
      await projections.waitFor(model, { tenant, position }, WAIT_MS);
      expect(await trailsOf(projections, model, { tenant })).toEqual({ a: [1], c: [4] });
      const reader = projections.reader(model);
      expect((await reader.get({ tenant, key: 'a' }))?.incomplete).toBe(true);
      expect((await reader.get({ tenant, key: 'c' }))?.incomplete).toBe(false);
      const parked = await projections.parked(model.name, 10);
      expect(parked.map(({ reason, attempts }) => [reason, attempts])).toEqual([
        [`${fails}: RangeError`, 1],
        ['behind', 1],
      ]);
      expect(JSON.stringify(parked, (_, value) => String(value))).not.toContain('Ana');
      expect(await projections.retry(model.name, { tenant, stream })).toEqual({ left: 2 });
      expect((await projections.parked(model.name, 10))[0]?.attempts).toBe(2);
      broken.current = false;
      expect(await projections.retry(model.name, { tenant, stream })).toEqual({ left: 0 });
      const last = await write({ tenant, stream }, [{ key: 'b', number: 5 }]);
      await projections.waitFor(model, { tenant, position: last }, WAIT_MS);
      const all = { a: [1, 2], b: [3, 5], c: [4] };
      expect(await trailsOf(projections, model, { tenant })).toEqual(all);
      expect((await reader.get({ tenant, key: 'a' }))?.incomplete).toBe(false);
      expect(await projections.retry(model.name, { tenant, stream })).toEqual({ left: 0 });
      expect(await trailsOf(projections, model, { tenant })).toEqual(all);
    },
  );

  test('skipping gives up the first parked event only, and live rows still equal a replay', async () => {
    const model = trailModel({ name: 'test.skipped' });
    const write = createWriter(subject().log);
    const tenant = 'skipped';
    const projections = await started([model]);
    const position = await write({ tenant, stream }, [
      { key: 'a', number: 1, fails: 'project' },
      { key: 'a', number: 2 },
      { key: 'a', number: 3, fails: 'project' },
      { key: 'a', number: 4 },
    ]);
    await projections.waitFor(model, { tenant, position }, WAIT_MS);
    const bucket = subject().log.bucketOf(tenant);
    const equal = async (): Promise<boolean> =>
      (await projections.stateHash(model.name, bucket, 'live')) ===
      (await projections.stateHash(model.name, bucket, 'replay'));
    expect(await equal()).toBe(true);
    expect(await projections.skip(model.name, { tenant, stream })).toEqual({ left: 2 });
    expect(await trailsOf(projections, model, { tenant })).toEqual({ a: [2] });
    expect(await equal()).toBe(true);
    expect(await projections.skip(model.name, { tenant, stream })).toEqual({ left: 0 });
    expect(await trailsOf(projections, model, { tenant })).toEqual({ a: [2, 4] });
    expect(await equal()).toBe(true);
  });

  test('too many parked events pause the projection, and it says so', async () => {
    const model = trailModel({ name: 'test.flooded' });
    const write = createWriter(subject().log);
    const tenant = 'flooded';
    const projections = await started([model]);
    for (let first = 0; first < PARKED_MAX + 300; first += 100)
      await write(
        { tenant, stream: `notes/${first}` },
        Array.from({ length: 100 }, (_, at) => ({ key: 'a', number: first + at, fails: 'keys' })),
      );
    const status = await until('the pause', async () => {
      const [found] = await projections.status();
      return found?.paused === true && found.parkedEvents >= PARKED_MAX ? found : null;
    });
    expect(status.parkedEvents).toBeLessThan(2 * PARKED_MAX);
  }, 60_000);

  test('an unknown name is not found', async () => {
    const projections = await started([]);
    for (const attempt of [
      projections.pause('no.such'),
      projections.rebuild('no.such', {}),
      projections.swapBack('no.such'),
      projections.parked('no.such', 1),
      projections.retry('no.such', { tenant: 't', stream: 's' }),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
}

function processesTests({ subject, started }: Suite): void {
  test('two processes share the buckets and handle each event once', async () => {
    const model = trailModel({ name: 'test.shared' });
    const write = createWriter(subject().log);
    const tenants = ['shared-1', 'shared-2', 'shared-3', 'shared-4'];
    const processes = [await started([model]), await started([model])];
    const expected: Record<string, number[]> = { a: [], b: [] };
    const positions = new Map<string, bigint>();
    for (let number = 0; number < 60; number += 1) {
      const key = number % 2 === 0 ? 'a' : 'b';
      expected[key]!.push(number);
      for (const tenant of tenants)
        positions.set(tenant, await write({ tenant, stream: 'notes/a' }, [{ key, number }]));
      // One of them ends in the middle of the work; the other takes over what it had.
      if (number === 30) await processes[0]!.stop();
    }
    for (const [tenant, position] of positions) {
      await processes[1]!.waitFor(model, { tenant, position }, WAIT_MS);
      expect(await trailsOf(processes[1]!, model, { tenant })).toEqual(expected);
    }
  }, 60_000);

  test('older code neither fills nor drops what newer code began, and both read one copy', async () => {
    const write = createWriter(subject().log);
    const tenant = 'versions';
    const name = 'test.versions';
    const [old, young] = [trailModel({ name }), trailModel({ name, version: 2 })];
    const first = await started([old]);
    await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number: 1 }]);
    const second = await started([young]);
    const third = await started([old]);
    await until('the swap', async () => {
      const [status] = await third.status();
      return status?.generations.some(({ state, version }) => state === 'active' && version === 2);
    });
    const position = await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number: 2 }]);
    for (const [projections, model] of [
      [first, old],
      [second, young],
    ] as const) {
      await projections.waitFor(model, { tenant, position }, WAIT_MS);
      expect(await trailsOf(projections, model, { tenant })).toEqual({ a: [1, 2] });
    }
    const [status] = await second.status();
    expect(status?.generations.map(({ version, state }) => [version, state])).toEqual([
      [2, 'active'],
      [1, 'retired'],
    ]);
    await second.swapBack(name);
    await second.stop();
    // Starting the newer code again does not undo the swap back.
    const again = await started([young]);
    expect((await again.status())[0]?.generations.map(({ version }) => version)).toEqual([1, 2]);
  }, 60_000);

  test('a rebuild that is ended in the middle goes on where it was', async () => {
    const model = trailModel({ name: 'test.continued' });
    const write = createWriter(subject().log);
    const tenant = 'continued';
    const numbers = Array.from({ length: 200 }, (_, number) => number);
    for (const number of numbers)
      await write({ tenant, stream: 'notes/a' }, [{ key: 'a', number }]);
    const first = await started([model]);
    await first.rebuild(model.name, {});
    await first.stop();
    const second = await started([model]);
    await second.rebuild(model.name, {});
    await until('the swap', async () => {
      const [status] = await second.status();
      return status?.generations.find(({ state }) => state === 'active')?.generation === 2;
    });
    expect(await trailsOf(second, model, { tenant })).toEqual({ a: numbers });
  }, 60_000);
}
