import { describe, expect, test } from 'vitest';
import { AT, givenEvents } from '../../../test/support/given.ts';
import { decide } from './decide.ts';
import type { SampleThingEvent } from './events.ts';
import { evolve, initialState } from './state.ts';

const sampleThings = { initialState, decide, evolve };
const given = (...events: readonly SampleThingEvent[]) => givenEvents(sampleThings, ...events);

const sampleThingId = 'id-1';
const opened: SampleThingEvent = {
  type: 'SampleThingOpened',
  data: { sampleThingId, title: 'The first one' },
};
const closed: SampleThingEvent = {
  type: 'SampleThingClosed',
  data: { sampleThingId, reason: 'done' },
};

describe('opening', () => {
  test('a new sample thing is open', () => {
    const input = { title: 'The first one' };
    expect(given().when({ type: 'OpenSampleThing', input })).toEqual([opened]);
    expect(given(opened).state).toEqual({
      status: 'open',
      title: 'The first one',
      openedAt: AT,
      closedAt: null,
    });
  });

  test('S1: a sample thing is opened once', () => {
    const again = { type: 'OpenSampleThing', input: { title: 'x' } } as const;
    expect(given(opened).when(again)).toBe('SAMPLE_THING_EXISTS');
    expect(given(opened, closed).when(again)).toBe('SAMPLE_THING_EXISTS');
  });
});

describe('renaming', () => {
  test('gives another title', () => {
    const renamed: SampleThingEvent = {
      type: 'SampleThingRenamed',
      data: { sampleThingId, title: 'A better title' },
    };
    const input = { title: 'A better title' };
    expect(given(opened).when({ type: 'RenameSampleThing', input })).toEqual([renamed]);
    expect(given(opened, renamed).state).toMatchObject({ title: 'A better title' });
  });

  test('to the same title changes nothing', () => {
    const input = { title: 'The first one' };
    expect(given(opened).when({ type: 'RenameSampleThing', input })).toEqual([]);
  });
});

describe('closing', () => {
  test('ends it', () => {
    const input = { reason: 'done' };
    expect(given(opened).when({ type: 'CloseSampleThing', input })).toEqual([closed]);
    expect(given(opened, closed).state).toMatchObject({ status: 'closed', closedAt: AT });
  });

  test.each([
    { type: 'RenameSampleThing', input: { title: 'x' } },
    { type: 'CloseSampleThing', input: { reason: 'again' } },
  ] as const)('S2: a closed sample thing takes no $type', (command) => {
    expect(given(opened, closed).when(command)).toBe('SAMPLE_THING_CLOSED');
  });
});
