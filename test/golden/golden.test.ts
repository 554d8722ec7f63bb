import { describe, expect, test } from 'vitest';
import { MODULES } from '../../src/modules/index.ts';
import { readGoldenEvent, readGoldenFiles, stateHashOf } from './golden.ts';

const aggregates = MODULES.flatMap((module) => module.aggregates.map(({ aggregate }) => aggregate));
const files = readGoldenFiles();

test('there are golden streams, and each release has those of more than one event', () => {
  expect(files.length).toBeGreaterThan(0);
  for (const { golden } of files) expect(golden.streams.flat().length).toBeGreaterThan(1);
});

describe.each(files)('release $release, $golden.category', ({ golden }) => {
  const aggregate = aggregates.find(({ category }) => category === golden.category);

  test('folds to the state it had', () => {
    if (!aggregate)
      throw new Error(`the aggregate ${golden.category} is gone; its streams are not`);
    const recorded = golden.hashes[String(aggregate.stateVersion)];
    expect(
      recorded,
      `no hash for state version ${aggregate.stateVersion}: node tools/golden/main.ts accept`,
    ).toBeDefined();
    expect(stateHashOf(aggregate, golden)).toBe(recorded);
  });

  test('leaving events out changes the hash', () => {
    if (!aggregate) throw new Error('gone');
    const streams = golden.streams.map(() => []);
    expect(stateHashOf(aggregate, { ...golden, streams })).not.toBe(stateHashOf(aggregate, golden));
  });

  test('a type that nobody reads is an error, not a gap', () => {
    if (!aggregate) throw new Error('gone');
    expect(() =>
      readGoldenEvent(aggregate, { type: 'comptoir.none.v1', time: '', data: {} }),
    ).toThrow('no event type');
  });
});
