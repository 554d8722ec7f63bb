import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import {
  tillAdded,
  tillRenamed,
  tillRetired,
  tillSessionClosed,
  tillSessionOpened,
  type TillEvent,
  zReportIssued,
} from '../events.ts';

/** Tills to choose from; sales do not touch these rows. */
interface TillRow {
  readonly location_id: string;
  readonly name: string;
  readonly currency: string;
  readonly status: string;
  readonly session_id: string | null;
  readonly opened_by: string | null;
  readonly opened_at: string | null;
  readonly z_number: number;
  readonly [column: string]: unknown;
}

type Seen = Extract<
  TillEvent,
  {
    type:
      | 'TillAdded'
      | 'TillRenamed'
      | 'TillRetired'
      | 'TillSessionOpened'
      | 'TillSessionClosed'
      | 'ZReportIssued';
  }
>;

const NO_SESSION = { session_id: null, opened_by: null, opened_at: null };

export const tillList = defineReadModel<Recorded<Seen>, TillRow>({
  name: 'business.tills',
  version: 1,
  columns: {
    location_id: 'text',
    name: 'text',
    currency: 'text',
    status: 'text',
    session_id: 'text',
    opened_by: 'text',
    opened_at: 'timestamptz',
    z_number: 'integer',
  },
  indexes: [['location_id', 'name']],
  on: [tillAdded, tillRenamed, tillRetired, tillSessionOpened, tillSessionClosed, zReportIssued],
  keys: (event) => [event.data.tillId],
  project(row, event) {
    if (event.type === 'TillAdded') {
      const { locationId, name, currency } = event.data;
      const place = { location_id: locationId, name, currency };
      return { ...place, status: 'active', ...NO_SESSION, z_number: 0 };
    }
    if (row === null) return null;
    switch (event.type) {
      case 'TillRenamed':
        return { ...row, name: event.data.name };
      case 'TillRetired':
        return { ...row, status: 'retired' };
      case 'TillSessionOpened': {
        const { sessionId, openedBy } = event.data;
        return { ...row, session_id: sessionId, opened_by: openedBy, opened_at: event.at };
      }
      case 'TillSessionClosed':
        return { ...row, ...NO_SESSION };
      case 'ZReportIssued':
        return { ...row, z_number: event.data.number };
    }
  },
  personal: 'none',
  list: {
    filters: { locationId: 'location_id', status: 'status' },
    order: [{ column: 'name' }],
    location: 'location_id',
  },
});
