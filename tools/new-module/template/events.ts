import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../src/core/event-type.ts';

const sampleThingId = Type.String();

export const sampleThingOpened = defineEvent({
  name: 'SampleThingOpened',
  wireName: 'comptoir.sample-thing.opened',
  data: Type.Object({ sampleThingId, title: Type.String() }),
});

export const sampleThingRenamed = defineEvent({
  name: 'SampleThingRenamed',
  wireName: 'comptoir.sample-thing.renamed',
  data: Type.Object({ sampleThingId, title: Type.String() }),
});

export const sampleThingClosed = defineEvent({
  name: 'SampleThingClosed',
  wireName: 'comptoir.sample-thing.closed',
  data: Type.Object({ sampleThingId, reason: Type.String() }),
});

export const SAMPLE_THING_EVENTS = [
  sampleThingOpened,
  sampleThingRenamed,
  sampleThingClosed,
] as const;

export type SampleThingEvent = EventOf<(typeof SAMPLE_THING_EVENTS)[number]>;
