import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { SERIES_EVENTS, type SeriesEvent } from '../series/series.ts';

interface SeriesRow {
  readonly kind: string;
  /** The number that the next paper gets. */
  readonly next: number;
  readonly [column: string]: unknown;
}

export const seriesList = defineReadModel<Recorded<SeriesEvent>, SeriesRow>({
  name: 'invoices.series',
  version: 1,
  columns: { kind: 'text', next: 'bigint' },
  on: SERIES_EVENTS,
  keys: (event) => [event.data.seriesId],
  project: (_row, { type, data }) => ({
    kind: data.kind,
    next: type === 'InvoiceNumberGiven' ? data.number + 1 : data.next,
  }),
  personal: 'none',
  list: { filters: { kind: 'kind' }, order: [] },
});
