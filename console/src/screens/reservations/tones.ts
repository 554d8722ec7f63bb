/** How the state of a reservation looks; the word always stands beside it. */
import type { Tone } from '../../design/marks.tsx';
import type { BookingStatus, EnquiryRow, PlaceTable, WaiterRow } from './booking-types.ts';

export const TONES: Readonly<Record<BookingStatus, Tone>> = {
  held: 'waiting',
  pending: 'waiting',
  confirmed: 'info',
  seated: 'good',
  completed: 'plain',
  cancelled: 'bad',
  expired: 'plain',
  'no-show': 'bad',
};

export const WAITER_TONES: Readonly<Record<WaiterRow['status'], Tone>> = {
  waiting: 'info',
  offered: 'waiting',
  accepted: 'good',
  left: 'plain',
  lapsed: 'bad',
};

export const ENQUIRY_TONES: Readonly<Record<EnquiryRow['status'], Tone>> = {
  new: 'waiting',
  answered: 'info',
  accepted: 'good',
  declined: 'bad',
  withdrawn: 'plain',
};

/** "T3 + T4". */
export function tableNames(tables: readonly PlaceTable[], ids: readonly string[]): string {
  return ids.map((id) => tables.find(({ tableId }) => tableId === id)?.name ?? id).join(' + ');
}
