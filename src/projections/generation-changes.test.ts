import { describe, expect, test } from 'vitest';
import {
  planAskedShadow,
  planRebuild,
  planShadow,
  planStart,
  planSwap,
  planSwapBack,
} from './generation-changes.ts';
import { AS_OF_TURN_MS, SHADOW_IN_USE_MS, SHADOWS_MAX, SWAP_AGE_MIN_MS } from './limits.ts';
import type { Generation, ProjectionRecord } from './projection-store.ts';

function generation(part: Partial<Generation> & Pick<Generation, 'generation'>): Generation {
  return {
    name: 'a.b',
    version: 1,
    state: 'active',
    asOfMicros: null,
    table: 't',
    columns: {},
    personal: 'none',
    indexed: true,
    ready: false,
    startedAtMs: 0,
    changedAtMs: 0,
    usedAtMs: 0,
    usedBy: null,
    ...part,
  };
}

function record(generations: readonly Generation[], newestVersion = 1): ProjectionRecord {
  return { name: 'a.b', stoppedBy: null, newestVersion, generations };
}

const ONE = record([generation({ generation: 1 })]);

test('the first generation serves at once, the same version begins nothing again', () => {
  expect(planStart(null, 1)).toMatchObject({ begin: { state: 'active', indexed: true } });
  expect(planStart(ONE, 1)).toBeNull();
});

test('a newer version begins beside, an older one does nothing', () => {
  expect(planStart(ONE, 2)).toMatchObject({ newestVersion: 2, begin: { state: 'filling' } });
  expect(planStart(record([generation({ generation: 1, version: 3 })], 3), 2)).toBeNull();
});

test('a version that was swapped back is not begun again by a start', () => {
  const after = record([generation({ generation: 1 })], 2);
  expect(planStart(after, 2)).toBeNull();
});

test('a rebuild drops what is retired and leaves a fill under way alone', () => {
  const retired = generation({ generation: 1, state: 'retired' });
  const active = generation({ generation: 2 });
  expect(planRebuild(record([retired, active]), 1)).toMatchObject({
    drop: [1],
    begin: { state: 'filling' },
  });
  const filling = generation({ generation: 3, state: 'filling' });
  expect(planRebuild(record([active, filling]), 1)).toBeNull();
  const newer = { ...filling, version: 2 };
  expect(() => planRebuild(record([active, newer], 2), 1)).toThrow('newer version');
});

test('a swap needs a filled copy that every process knows', () => {
  const filling = generation({ generation: 2, state: 'filling' });
  const both = record([generation({ generation: 1 }), filling]);
  expect(planSwap(both, { generation: 2, nowMs: SWAP_AGE_MIN_MS - 1 })).toBeNull();
  expect(planSwap(both, { generation: 3, nowMs: SWAP_AGE_MIN_MS })).toBeNull();
  expect(planSwap(both, { generation: 2, nowMs: SWAP_AGE_MIN_MS })).toEqual({
    states: [
      { generation: 1, state: 'retired' },
      { generation: 2, state: 'active' },
    ],
  });
});

test('there is nothing to swap back to without a retired copy', () => {
  expect(() => planSwapBack(ONE)).toThrow('no earlier copy');
});

test('the oldest shadow goes when there are too many, the same moment is built once', () => {
  const shadows = Array.from({ length: SHADOWS_MAX }, (_, index) =>
    generation({ generation: index + 2, state: 'shadow', asOfMicros: BigInt(index) }),
  );
  const full = record([generation({ generation: 1 }), ...shadows]);
  expect(planShadow(full, { micros: 99n, version: 1 })).toMatchObject({ drop: [2] });
  expect(planShadow(full, { micros: 0n, version: 1 })).toBeNull();
  expect(planShadow(full, { micros: 0n, version: 2 })).toMatchObject({ drop: [2] });
});

describe('a copy that is asked for', () => {
  const NOW_MS = 10 * SHADOW_IN_USE_MS;
  const asked = (micros: bigint, version = 1) => ({ micros, version, nowMs: NOW_MS, by: 'ana' });
  const shadowsUsed = (...agoMs: readonly number[]): ProjectionRecord =>
    record([
      generation({ generation: 1 }),
      ...agoMs.map((ago, index) =>
        generation({
          generation: index + 2,
          state: 'shadow',
          asOfMicros: BigInt(index),
          usedAtMs: NOW_MS - ago,
        }),
      ),
    ]);

  test('is begun beside another, and one of the same moment is taken as it is', () => {
    expect(planAskedShadow(shadowsUsed(0), asked(99n))).toEqual({
      drop: [],
      begin: { state: 'shadow', asOfMicros: 99n, indexed: false, usedBy: 'ana' },
    });
    expect(planAskedShadow(shadowsUsed(0, 0), asked(1n))).toBeNull();
  });

  test('takes the place of the one that was asked for longest ago, whichever was begun first', () => {
    const idle = shadowsUsed(SHADOW_IN_USE_MS + 1, 2 * SHADOW_IN_USE_MS);
    expect(planAskedShadow(idle, asked(99n))).toMatchObject({ drop: [3] });
    expect(planAskedShadow(shadowsUsed(SHADOW_IN_USE_MS, 0), asked(99n))).toMatchObject({
      drop: [2],
    });
  });

  test('is refused while all are in use, with the seconds until one is free', () => {
    const refused = (): unknown => planAskedShadow(shadowsUsed(0, 60_000), asked(99n));
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'AS_OF_COPIES_IN_USE',
        retryAfterSeconds: (SHADOW_IN_USE_MS - 60_000) / 1000,
      }),
    );
  });

  test('takes the place of one of the same person, who looks at one moment at a time', () => {
    const by = (...names: readonly string[]): ProjectionRecord => {
      const { generations, ...rest } = shadowsUsed(60_000, 0);
      const named = generations.map((each, index) => ({
        ...each,
        usedBy: names[index - 1] ?? null,
      }));
      return { ...rest, generations: named };
    };
    expect(planAskedShadow(by('eva', 'ana'), asked(99n))).toMatchObject({ drop: [3] });
    expect(planAskedShadow(by('ana', 'ana'), asked(99n))).toMatchObject({ drop: [2] });
    expect(() => planAskedShadow(by('eva', 'eva'), asked(99n))).toThrow(/in use/);
  });

  test('leaves one of the same person its turn, and says when it is over', () => {
    const { generations, ...rest } = shadowsUsed(60_000, 0);
    const startedAgo = (...agoMs: readonly number[]): ProjectionRecord => ({
      ...rest,
      generations: generations.map((each, index) => ({
        ...each,
        startedAtMs: NOW_MS - (agoMs[index - 1] ?? 0),
        usedBy: 'ana',
      })),
    });
    expect(() => planAskedShadow(startedAgo(0, 10), asked(99n))).toThrow(
      expect.objectContaining({ code: 'AS_OF_COPIES_IN_USE', retryAfterSeconds: 1 }),
    );
    expect(planAskedShadow(startedAgo(0, AS_OF_TURN_MS), asked(99n))).toMatchObject({ drop: [3] });
  });

  test('of an older version of the model is begun anew, in use or not', () => {
    expect(planAskedShadow(shadowsUsed(0, 0), asked(0n, 2))).toMatchObject({ drop: [2] });
  });
});
