/** What every projection store does: the same tests for the one in memory and the one in PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { defineReadModel, type ReadModel, type Row } from '../../core/read-model.ts';
import { activeOf, planStart } from '../generation-changes.ts';
import type {
  Change,
  Checkpoint,
  ChunkWork,
  OrderBy,
  ParkedDraft,
  Place,
  ProjectionStore,
  RowWrite,
} from '../projection-store.ts';

export interface StoreUnderTest {
  readonly store: ProjectionStore;
  /** Records that a person was erased, as the erasure does before it clears what is stored. */
  erase(bucket: number, tenant: string, personId: string): Promise<void>;
  close(): Promise<void>;
}

const START: Checkpoint = { position: 0n, revision: 0, sealed: false };
const NOTHING = { rows: [], park: [], settle: [] };
let models = 0;

/** A read model of its own for each test, with a column of every type. */
function freshModel(): ReadModel {
  models += 1;
  return defineReadModel<never, Row>({
    name: `contract.model-${models}`,
    version: 1,
    columns: {
      text: 'text',
      small: 'integer',
      big: 'bigint',
      ratio: 'double precision',
      yes: 'boolean',
      at: 'timestamptz',
      day: 'date',
      json: 'jsonb',
      person: 'text',
    },
    indexes: [['text'], ['at', 'small']],
    on: [],
    keys: () => [],
    project: () => null,
    personal: { person: 'person', columns: ['text', 'json'] },
  });
}

const FULL: Row = {
  text: 'Ana "Souza" \\ \u{1f600} é',
  small: -2147483648,
  big: Number.MAX_SAFE_INTEGER,
  ratio: 0.1,
  yes: false,
  at: '2026-11-21T09:30:00.123456Z',
  day: '2028-02-29',
  json: { a: [1, null, { bb: 'x' }], long: 'ü' },
  person: 'p1',
};
const EMPTY: Row = Object.fromEntries(Object.keys(FULL).map((name) => [name, null]));

function parked(position: bigint, stream = 'notes/1'): ParkedDraft {
  const rest = { type: 't.v1', reason: 'keys: RangeError', attempts: 1, keys: ['k1'] };
  return { position, tenant: 'ana', stream, ...rest };
}

function row(key: string, values: Row, position = 1n): RowWrite {
  return { tenant: 'ana', key, row: { ...EMPTY, ...values }, position };
}

export function describeStore(
  name: string,
  open: () => StoreUnderTest | Promise<StoreUnderTest>,
): void {
  describe(name, () => {
    let held: StoreUnderTest;
    beforeAll(async () => {
      held = await open();
    });
    afterAll(() => held.close());
    const begun = async (): Promise<Begun> => {
      const model = freshModel();
      const record = await held.store.change(model, (before) => planStart(before, 1));
      return { model, place: { generation: activeOf(record!)!, bucket: 1 } };
    };
    const suite: Suite = { held: () => held, begun };
    recordTests(suite);
    chunkTests(suite);
    parkedTests(suite);
    readingTests(suite);
    personTests(suite);
  });
}

interface Begun {
  readonly model: ReadModel;
  readonly place: Place;
}

interface Suite {
  readonly held: () => StoreUnderTest;
  readonly begun: () => Promise<Begun>;
}

function write(
  store: ProjectionStore,
  place: Place,
  work: Partial<ChunkWork> & { rows?: readonly RowWrite[] },
) {
  const { rows = [], ...rest } = work;
  return store.commitChunk(place, {
    expected: START,
    keys: [],
    position: 1n,
    fold: () => ({ ...NOTHING, rows }),
    ...rest,
  });
}

async function rowsIn(store: ProjectionStore, place: Place): Promise<Record<string, Row | null>> {
  const found: Record<string, Row | null> = {};
  await store.snapshot(place, (rows) => {
    for (const { key, row: value } of rows) found[key] = value;
  });
  return found;
}

function recordTests({ held, begun }: Suite): void {
  test('two that begin at once begin one generation', async () => {
    const { store } = held();
    const model = freshModel();
    const begin = () => store.change(model, (before) => planStart(before, 1));
    await Promise.all([begin(), begin(), begin()]);
    const record = (await store.read()).find(({ name }) => name === model.name);
    expect(record?.generations).toMatchObject([
      { generation: 1, state: 'active', version: 1, indexed: true, columns: model.columns },
    ]);
    const checkpoints = await store.checkpoints(model.name);
    expect(checkpoints.every(({ position }) => position === 0n)).toBe(true);
    const positions = checkpoints.map(({ position }) => position);
    expect((await store.positions()).get(`${model.name} 1`)).toEqual(positions);
  });

  test('states change together, and a dropped generation is gone', async () => {
    const { store } = held();
    const { model, place } = await begun();
    const change = (what: Change) => store.change(model, () => what);
    await change({ begin: { state: 'filling', asOfMicros: null, indexed: false } });
    await change({ index: 2 });
    const swapped = await change({
      states: [
        { generation: 1, state: 'retired' },
        { generation: 2, state: 'active' },
      ],
    });
    expect(swapped?.generations.map(({ state, indexed }) => [state, indexed])).toEqual([
      ['retired', true],
      ['active', true],
    ]);
    const dropped = await change({ drop: [1], stoppedBy: 'asked', newestVersion: 7 });
    expect(dropped).toMatchObject({ stoppedBy: 'asked', newestVersion: 7 });
    expect(dropped?.generations.map(({ generation }) => generation)).toEqual([2]);
    expect(await store.checkpoint(place)).toBeNull();
    expect(await write(store, place, { rows: [row('k', {})] })).toBe('lost');
    const selection = { filters: [], order: [], limit: 1, tenant: 'ana', ...place };
    expect(await store.select(selection)).toMatchObject({ usable: false, rows: [] });
  });

  test('a copy knows when it was last asked for, its neighbour does not', async () => {
    const { store } = held();
    const { model } = await begun();
    const begin = { state: 'shadow', indexed: false } as const;
    await store.change(model, () => ({ begin: { ...begin, asOfMicros: 1n } }));
    const before = await store.change(model, () => ({ begin: { ...begin, asOfMicros: 2n } }));
    const [, asked, neighbour] = before!.generations;
    const isLater = () => Date.now() > asked!.usedAtMs + 5;
    await until('a later clock', isLater);
    await store.used(asked!, 'ana');
    await store.used(asked!, null);
    const after = (await store.read()).find(({ name }) => name === model.name);
    expect(after?.generations[1]).toMatchObject({ usedBy: 'ana' });
    expect(after?.generations[1]?.usedAtMs).toBeGreaterThan(asked!.usedAtMs);
    expect(after?.generations[2]).toEqual(neighbour);
    expect(after?.generations[1]?.changedAtMs).toBe(asked!.changedAtMs);
  });

  test('a throw while a change is decided changes nothing', async () => {
    const { store } = held();
    const { model } = await begun();
    const attempt = store.change(model, () => {
      throw new RangeError('no');
    });
    await expect(attempt).rejects.toThrow(RangeError);
    expect(await store.change(model, () => null)).toMatchObject({ stoppedBy: null });
  });
}

function chunkTests({ held, begun }: Suite): void {
  test('rows come back as they were written, in every type', async () => {
    const { store } = held();
    const { place } = await begun();
    const rows = [row('full', FULL), row('empty', {})];
    expect(await write(store, place, { rows })).toBe('committed');
    expect(await rowsIn(store, place)).toEqual({ full: FULL, empty: EMPTY });
    let seen: readonly RowWrite[] = [];
    const keys = [
      { tenant: 'ana', key: 'full' },
      { tenant: 'ana', key: 'none' },
      { tenant: 'other', key: 'empty' },
    ];
    const expected = { ...START, position: 1n };
    await store.commitChunk(place, {
      expected,
      keys,
      position: 2n,
      fold(found) {
        seen = found;
        return { ...NOTHING, rows: [{ tenant: 'ana', key: 'empty', row: null, position: 2n }] };
      },
    });
    expect(seen).toEqual([{ tenant: 'ana', key: 'full', row: FULL, position: 1n }]);
    expect(await rowsIn(store, place)).toEqual({ full: FULL });
  });

  test('a checkpoint that is elsewhere loses the chunk whole', async () => {
    const { store } = held();
    const { place } = await begun();
    expect(await write(store, place, { rows: [row('a', {})], position: 5n })).toBe('committed');
    for (const expected of [START, { ...START, position: 5n, revision: 1 }]) {
      const fold = () => ({ ...NOTHING, rows: [row('b', {})], park: [parked(6n)] });
      expect(await write(store, place, { expected, position: 6n, fold })).toBe('lost');
      expect(await write(store, place, { expected, rows: [row('b', {})] })).toBe('lost');
    }
    expect(Object.keys(await rowsIn(store, place))).toEqual(['a']);
    expect(await store.checkpoint(place)).toEqual({ ...START, position: 5n });
    expect(await store.parkedCount(place.generation)).toBe(0);
  });

  test('of two workers at the same chunk one succeeds', async () => {
    const { store } = held();
    const { place } = await begun();
    for (let round = 0n; round < 10n; round += 1n) {
      const expected = { ...START, position: round };
      const attempts = ['a', 'b', 'c'].map((key) =>
        write(store, place, { expected, position: round + 1n, rows: [row(key + round, {})] }),
      );
      const outcomes = (await Promise.all(attempts)).sort();
      expect(outcomes).toEqual(['committed', 'lost', 'lost']);
    }
    expect(Object.keys(await rowsIn(store, place))).toHaveLength(10);
  });

  test('a throw while folding changes nothing', async () => {
    const { store } = held();
    const { place } = await begun();
    const fold = () => {
      throw new RangeError('no');
    };
    await expect(write(store, place, { fold })).rejects.toThrow(RangeError);
    expect(await store.checkpoint(place)).toEqual(START);
  });

  test('moves over nothing succeed each for itself', async () => {
    const { store } = held();
    const { place, model } = await begun();
    const other = { ...place, bucket: 0 };
    const move = { expected: START, position: 9n, sealed: true };
    const wrong = { ...move, place, expected: { ...START, position: 1n } };
    expect(await store.advance([{ ...move, place: other }, wrong])).toEqual([true, false]);
    expect(await store.checkpoint(other)).toEqual({ position: 9n, revision: 0, sealed: true });
    expect(await store.checkpoint(place)).toEqual(START);
    expect(await store.activePosition(model.name, 0)).toBe(9n);
    expect(await store.activePosition('no.such', 0)).toBeNull();
  });
}

function parkedTests({ held, begun }: Suite): void {
  const parkThree = async (store: ProjectionStore, place: Place) => {
    const park = [parked(1n), parked(2n), parked(3n, '')];
    const fold = () => ({ rows: [row('k1', {}), row('k2', {})], park, settle: [] });
    expect(await write(store, place, { position: 3n, fold })).toBe('committed');
  };

  test('parked events are listed, mark their rows, and leave with what they change', async () => {
    const { store } = held();
    const { place } = await begun();
    await parkThree(store, place);
    const claim = await store.claim(place);
    expect(claim?.parked).toEqual([{ tenant: 'ana', stream: 'notes/1' }]);
    const claims = await store.claims(place.generation);
    expect(claims.get(place.bucket)).toEqual(claim);
    expect([...claims.values()].filter(({ parked: some }) => some.length > 0)).toEqual([claim]);
    const { name, generation } = place.generation;
    expect(await store.parkedCounts()).toEqual([
      { name, generation, count: await store.parkedCount(place.generation) },
    ]);
    expect((await store.parked(place.generation, 2)).map(({ position }) => position)).toEqual([
      1n,
      2n,
    ]);
    const selection = { filters: [], order: [], limit: 9, tenant: 'ana', ...place };
    const marks = async () =>
      (await store.select(selection)).rows.map(({ key, incomplete }) => [key, incomplete]);
    expect(await marks()).toEqual([
      ['k1', true],
      ['k2', false],
    ]);
    const of = { tenant: 'ana', stream: 'notes/1', keys: [] };
    const failed = { outcome: 'failed', reason: 'project: TypeError', keys: ['k2'] } as const;
    const outcome = await store.commitParked(place, {
      ...of,
      expected: [1n, 2n],
      fold: () => ({
        ...NOTHING,
        rows: [row('k3', {}, 1n)],
        settle: [
          { position: 1n, outcome: 'handled' },
          { position: 2n, ...failed },
        ],
      }),
    });
    expect(outcome).toBe('committed');
    expect(await store.parkedOf(place, of)).toMatchObject([
      { position: 2n, attempts: 2, reason: 'project: TypeError', keys: ['k2'], bucket: 1 },
    ]);
    expect(await store.checkpoint(place)).toEqual({ position: 3n, revision: 1, sealed: false });
    expect(Object.keys(await rowsIn(store, place))).toEqual(['k1', 'k2', 'k3']);
  });

  test('what was given up stays left out and waits no longer', async () => {
    const { store } = held();
    const { place } = await begun();
    await parkThree(store, place);
    await store.commitParked(place, {
      tenant: 'ana',
      stream: '',
      keys: [],
      expected: [3n],
      fold: () => ({ ...NOTHING, settle: [{ position: 3n, outcome: 'skipped' }] }),
    });
    expect(await store.parkedCount(place.generation)).toBe(2);
    const snapshot = await store.snapshot(place, () => {});
    expect(snapshot).toEqual({ position: 3n, leftOut: [1n, 2n, 3n] });
  });

  test('a stream that got further parked events is not replayed by an older list', async () => {
    const { store } = held();
    const { place } = await begun();
    await parkThree(store, place);
    const of = { tenant: 'ana', stream: 'notes/1', keys: [], fold: () => NOTHING };
    for (const expected of [[1n], [1n, 3n], []])
      expect(await store.commitParked(place, { ...of, expected })).toBe('lost');
    expect(await store.checkpoint(place)).toMatchObject({ revision: 0 });
  });
}

function readingTests({ held, begun }: Suite): void {
  const ask = async (of: {
    readonly place: Place;
    readonly order: readonly OrderBy[];
  }): Promise<string[]> => {
    const { store } = held();
    const found: string[] = [];
    let after: { values: readonly unknown[]; key: string } | undefined;
    for (;;) {
      const selection = { ...of.place, tenant: 'ana', filters: [], order: of.order };
      const { rows, active, usable } = await store.select({ ...selection, limit: 2, after });
      expect([active, usable]).toEqual([of.place.generation.generation, true]);
      found.push(...rows.map(({ key }) => key));
      const last = rows.at(-1);
      if (last === undefined) return found;
      after = { key: last.key, values: of.order.map(({ column }) => last.row[column]) };
    }
  };

  test('pages follow the order through nulls and ties, up and down', async () => {
    const { store } = held();
    const { place } = await begun();
    const at = (second: number): string => `2026-11-21T09:30:0${second}.000Z`;
    await write(store, place, {
      rows: [
        row('a', { small: 2, at: at(2) }),
        row('b', { small: 1, at: at(2) }),
        row('c', { small: null, at: at(1) }),
        row('d', { small: 1, at: null }),
        row('e', { small: null, at: null }),
        row('f', { small: 1, at: '2026-11-21T09:30:02.000001Z' }),
        { ...row('z', { small: 1 }), tenant: 'other' },
      ],
    });
    const small = (descending: boolean): OrderBy => ({ column: 'small', descending });
    const time = (descending: boolean): OrderBy => ({ column: 'at', descending });
    expect(await ask({ place, order: [] })).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(await ask({ place, order: [small(false)] })).toEqual(['b', 'd', 'f', 'a', 'c', 'e']);
    expect(await ask({ place, order: [small(true)] })).toEqual(['c', 'e', 'a', 'b', 'd', 'f']);
    expect(await ask({ place, order: [time(true), small(false)] })).toEqual([
      'd',
      'e',
      'f',
      'b',
      'a',
      'c',
    ]);
    expect(await ask({ place, order: [small(false), time(true)] })).toEqual([
      'd',
      'f',
      'b',
      'a',
      'e',
      'c',
    ]);
  });

  test('ranges take what they begin with and leave what they end with', async () => {
    const { store } = held();
    const { place } = await begun();
    const at = (second: number): string => `2026-11-21T09:30:0${second}.000Z`;
    await write(store, place, {
      rows: [
        ...[1, 2, 3].map((second) => row(`k${second}`, { at: at(second), small: second })),
        row('without', {}),
      ],
    });
    const keys = async (range: { column: string; from?: unknown; to?: unknown }) => {
      const selection = { ...place, tenant: 'ana', order: [], filters: [], limit: 9, range };
      return (await store.select(selection)).rows.map(({ key }) => key);
    };
    expect(await keys({ column: 'at', from: at(2), to: at(3) })).toEqual(['k2']);
    expect(await keys({ column: 'at', from: at(2) })).toEqual(['k2', 'k3']);
    expect(await keys({ column: 'at', to: '2026-11-21T09:30:02.000001Z' })).toEqual(['k1', 'k2']);
    expect(await keys({ column: 'small', from: 3, to: 3 })).toEqual([]);
  });

  test('several keys and several places are asked for at once', async () => {
    const { store } = held();
    const { place } = await begun();
    await write(store, place, {
      rows: [
        row('a', { text: 'north' }),
        row('b', { text: 'south' }),
        row('c', {}),
        { ...row('a', { text: 'theirs' }), tenant: 'other' },
      ],
    });
    const selection = { ...place, tenant: 'ana', order: [], filters: [], limit: 9 };
    const keysOf = async (more: object) =>
      (await store.select({ ...selection, ...more })).rows.map(({ key }) => key);
    expect(await keysOf({ keys: ['c', 'a', 'nobody'] })).toEqual(['a', 'c']);
    const within = (...values: readonly string[]) => ({ within: { column: 'text', values } });
    expect(await keysOf(within('north', 'west'))).toEqual(['a', 'c']);
    expect(await keysOf(within())).toEqual(['c']);
    expect(await keysOf({ ...within('south'), keys: ['a', 'b'] })).toEqual(['b']);
  });

  test('filters compare by type', async () => {
    const { store } = held();
    const { place } = await begun();
    await write(store, place, { rows: [row('a', { ...FULL, json: ['x', 'y'] }), row('b', {})] });
    const keys = async (column: string, value: unknown) => {
      const selection = { ...place, tenant: 'ana', order: [], limit: 9 };
      const { rows } = await store.select({ ...selection, filters: [{ column, value }] });
      return rows.map(({ key }) => key);
    };
    for (const [column, value] of Object.entries({ ...FULL, json: 'y' }))
      expect([column, await keys(column, value)]).toEqual([column, ['a']]);
    expect(await keys('json', 'z')).toEqual([]);
    expect(await keys('text', 'ana')).toEqual([]);
  });
}

function personTests({ held, begun }: Suite): void {
  const personal = async (place: Place): Promise<unknown[]> => {
    const rows = await rowsIn(held().store, place);
    return Object.entries(rows).map(([key, value]) => [key, value?.['text'], value?.['json']]);
  };

  test('clearing takes the personal columns of one person of one tenant', async () => {
    const { store } = held();
    const { place } = await begun();
    const text = { text: 'Ana', json: ['x'] };
    await write(store, place, {
      rows: [
        row('a', { ...text, person: 'p1' }),
        row('b', { ...text, person: 'p2' }),
        { ...row('c', { ...text, person: 'p1' }), tenant: 'bia' },
      ],
    });
    expect(await store.clearPerson(place, 'ana', 'p1')).toBe(1);
    expect(await personal(place)).toEqual([
      ['a', null, null],
      ['b', 'Ana', ['x']],
      ['c', 'Ana', ['x']],
    ]);
    // What a worker remembers of the rows is void.
    const expected = { ...START, position: 1n };
    expect(await write(store, place, { expected, position: 2n })).toBe('lost');
  });

  test('what was read before an erasure is not written after it', async () => {
    const { store, erase } = held();
    const { place } = await begun();
    await erase(place.bucket, 'ana', 'gone');
    const text = { text: 'Ana', json: ['x'] };
    const rows = [row('a', { ...text, person: 'gone' }), row('b', { ...text, person: 'here' })];
    for (let position = 0n; position < 2n; position += 1n) {
      const expected = { ...START, position };
      const outcome = await write(store, place, { expected, position: position + 1n, rows });
      expect(outcome).toBe('committed');
      expect(await personal(place)).toEqual([
        ['a', null, null],
        ['b', 'Ana', ['x']],
      ]);
    }
    const shown = await store.withoutErased(place, rows);
    expect(shown.map(({ key, row }) => [key, row?.['text'], row?.['json']])).toEqual([
      ['a', null, null],
      ['b', 'Ana', ['x']],
    ]);
  });
}

/** For tests of one store alone. */
export const contractParts = { freshModel, row, START };
