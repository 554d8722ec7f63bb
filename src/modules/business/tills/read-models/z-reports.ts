import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { zReportIssued, type SessionReport, type TillEvent } from '../events.ts';

/** One Z report; written once and never touched again. */
interface ZReportRow {
  readonly till_id: string;
  readonly number: number;
  readonly location_id: string;
  readonly business_day: string;
  readonly currency: string;
  readonly closed_at: string;
  readonly closed_by: string;
  readonly expected: number;
  readonly counted: number;
  readonly over_short: number;
  readonly grand_total: number;
  readonly report: SessionReport;
  readonly [column: string]: unknown;
}

export const zReports = defineReadModel<
  Recorded<Extract<TillEvent, { type: 'ZReportIssued' }>>,
  ZReportRow
>({
  name: 'business.z-reports',
  version: 1,
  columns: {
    till_id: 'text',
    number: 'integer',
    location_id: 'text',
    business_day: 'date',
    currency: 'text',
    closed_at: 'timestamptz',
    closed_by: 'text',
    expected: 'bigint',
    counted: 'bigint',
    over_short: 'bigint',
    grand_total: 'bigint',
    report: 'jsonb',
  },
  indexes: [
    ['till_id', 'number'],
    ['location_id', 'closed_at'],
  ],
  on: [zReportIssued],
  keys: ({ data }) => [zReportKey(data)],
  project(_row, { data }) {
    const { number, counted, overShort, closedAt, closedBy, grandTotal, ...report } = data;
    return {
      till_id: report.tillId,
      number,
      location_id: report.locationId,
      business_day: report.businessDay,
      currency: report.currency,
      closed_at: closedAt,
      closed_by: closedBy,
      expected: report.expected,
      counted,
      over_short: overShort,
      grand_total: grandTotal,
      report,
    };
  },
  personal: 'none',
  list: {
    filters: { tillId: 'till_id', locationId: 'location_id' },
    order: [{ column: 'closed_at', descending: true }],
    location: 'location_id',
  },
});

/** Key of the row of a report. */
export function zReportKey({
  tillId,
  number,
}: {
  readonly tillId: string;
  readonly number: number;
}): string {
  return `${tillId}~${number}`;
}
