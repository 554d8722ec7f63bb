import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../../test/support/given.ts';
import type { SampleThingEvent } from '../events.ts';
import { sampleThingList } from './sample-thing-list.ts';

const sampleThingId = 's1';
const opened: SampleThingEvent = {
  type: 'SampleThingOpened',
  data: { sampleThingId, title: 'The first one' },
};
const renamed: SampleThingEvent = {
  type: 'SampleThingRenamed',
  data: { sampleThingId, title: 'A better title' },
};
const closed: SampleThingEvent = {
  type: 'SampleThingClosed',
  data: { sampleThingId, reason: 'done' },
};

test('the list shows title and status', () => {
  expect(rowAfter(sampleThingList, sampleThingId, [opened])).toEqual({
    title: 'The first one',
    status: 'open',
    opened_at: AT,
  });
  expect(rowAfter(sampleThingList, sampleThingId, [opened, renamed, closed])).toMatchObject({
    title: 'A better title',
    status: 'closed',
  });
});

test('what follows nothing makes no row', () => {
  expect(rowAfter(sampleThingList, sampleThingId, [closed])).toBeNull();
});
