import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import type { SegmentFilter } from '../filter.ts';
import { SEGMENT_EVENTS, type SegmentEvent } from '../segment.ts';

interface SegmentRow {
  readonly name: string;
  readonly filter: SegmentFilter;
  readonly saved_at: string;
  readonly [column: string]: unknown;
}

export const segmentList = defineReadModel<Recorded<SegmentEvent>, SegmentRow>({
  name: 'customers.segment-list',
  version: 1,
  columns: { name: 'text', filter: 'jsonb', saved_at: 'timestamptz' },
  indexes: [['saved_at']],
  on: SEGMENT_EVENTS,
  keys: (event) => [event.data.segmentId],
  project(row, event) {
    switch (event.type) {
      case 'SegmentSaved': {
        const { name, filter } = event.data;
        return { name, filter, saved_at: event.at };
      }
      case 'SegmentChanged': {
        const { name, filter } = event.data;
        return row === null ? null : { ...row, name, filter };
      }
      case 'SegmentRemoved':
        return null;
    }
  },
  personal: 'none',
  list: { filters: { name: 'name' }, order: [{ column: 'saved_at', descending: true }] },
});
