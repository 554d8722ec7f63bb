import { defineReadModel } from '../../../../src/core/read-model.ts';
import type { Recorded } from '../../../../src/core/recorded-event.ts';
import { SAMPLE_THING_EVENTS, type SampleThingEvent } from '../events.ts';

/** A row of the list of sample things. */
interface SampleThingRow {
  readonly title: string;
  readonly status: string;
  readonly opened_at: string;
  readonly [column: string]: unknown;
}

export const sampleThingList = defineReadModel<Recorded<SampleThingEvent>, SampleThingRow>({
  name: 'sample-things.list',
  version: 1,
  columns: { title: 'text', status: 'text', opened_at: 'timestamptz' },
  indexes: [['opened_at']],
  on: SAMPLE_THING_EVENTS,
  keys: (event) => [event.data.sampleThingId],
  project(row, event) {
    if (event.type === 'SampleThingOpened')
      return { title: event.data.title, status: 'open', opened_at: event.at };
    if (row === null) return null;
    switch (event.type) {
      case 'SampleThingRenamed':
        return { ...row, title: event.data.title };
      case 'SampleThingClosed':
        return { ...row, status: 'closed' };
    }
  },
  personal: 'none',
  list: {
    filters: { status: 'status' },
    order: [{ column: 'opened_at', descending: true }],
  },
});
