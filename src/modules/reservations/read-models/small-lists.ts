/** Lists of what is set up or asked for: calendars, holders, the waiting list, enquiries, feeds. */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { CALENDAR_EVENTS, type CalendarEvent } from '../calendars/events.ts';
import { listedEmail, type Contact } from '../contact.ts';
import { ENQUIRY_EVENTS, type EnquiryEvent } from '../enquiries/events.ts';
import { FEED_EVENTS, type FeedEvent } from '../feeds/feed.ts';
import { holdsAllowed, type HolderEvent } from '../holders/holder.ts';
import { WAITLIST_EVENTS, type WaitlistEvent } from '../waitlist/events.ts';

interface Columns {
  readonly [column: string]: unknown;
}

export const calendarList = defineReadModel<
  Recorded<CalendarEvent>,
  Columns & { readonly location_id: string; readonly settings: unknown; readonly set_at: string }
>({
  name: 'reservations.calendars',
  version: 1,
  columns: { location_id: 'text', settings: 'jsonb', set_at: 'timestamptz' },
  indexes: [['location_id']],
  on: CALENDAR_EVENTS,
  keys: ({ data }) => [data.locationId],
  project: (_row, { data, at }) => ({
    location_id: data.locationId,
    settings: data.settings,
    set_at: at,
  }),
  personal: 'none',
  list: {
    filters: { locationId: 'location_id' },
    order: [{ column: 'location_id' }],
    location: 'location_id',
  },
});

/** Only those with a limit of their own: the others are many and of a moment. */
export const holderList = defineReadModel<
  Recorded<Extract<HolderEvent, { readonly type: 'HoldsAllowed' }>>,
  Columns & { readonly holds_max: number; readonly set_at: string }
>({
  name: 'reservations.holders',
  version: 1,
  columns: { holds_max: 'integer', set_at: 'timestamptz' },
  indexes: [['set_at']],
  on: [holdsAllowed],
  keys: ({ data }) => [data.holder],
  project: (_row, { data, at }) => ({ holds_max: data.holdsMax, set_at: at }),
  personal: 'none',
  list: { filters: {}, order: [{ column: 'set_at', descending: true }] },
});

export const feedList = defineReadModel<
  Recorded<FeedEvent>,
  Columns & {
    readonly location_id: string;
    readonly name: string;
    readonly status: string;
    readonly opened_at: string;
  }
>({
  name: 'reservations.feeds',
  version: 1,
  columns: { location_id: 'text', name: 'text', status: 'text', opened_at: 'timestamptz' },
  indexes: [['location_id', 'opened_at'], ['opened_at']],
  on: FEED_EVENTS,
  keys: ({ data }) => [data.feedId],
  project(row, { type, data, at }) {
    if (type === 'ReservationFeedRevoked')
      return row === null ? null : { ...row, status: 'revoked' };
    const { locationId: location_id, name } = data;
    return { location_id, name, status: 'active', opened_at: at };
  },
  personal: 'none',
  list: {
    filters: { locationId: 'location_id', status: 'status' },
    order: [{ column: 'opened_at', descending: true }],
    location: 'location_id',
  },
});

interface PersonColumns extends Columns {
  readonly person_id: string;
  readonly location_id: string;
  readonly date: string;
  readonly status: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

const PERSON_COLUMNS = {
  person_id: 'text',
  location_id: 'text',
  date: 'date',
  status: 'text',
  name: 'text',
  phone: 'text',
  email: 'text',
} as const;

function personOf(data: {
  readonly personId: string;
  readonly locationId: string;
  readonly contact: Contact;
}) {
  const { personId: person_id, locationId: location_id, contact } = data;
  const { name = null, phone = null } = contact ?? {};
  return { person_id, location_id, name, phone, email: listedEmail(contact) };
}

export const waitlistList = defineReadModel<
  Recorded<WaitlistEvent>,
  PersonColumns & {
    readonly party_size: number;
    readonly from_time: string;
    readonly to_time: string;
    readonly offer: unknown;
    readonly joined_at: string;
  }
>({
  name: 'reservations.waitlist',
  version: 2,
  columns: {
    ...PERSON_COLUMNS,
    party_size: 'integer',
    from_time: 'timestamptz',
    to_time: 'timestamptz',
    offer: 'jsonb',
    joined_at: 'timestamptz',
  },
  indexes: [['location_id', 'date', 'joined_at'], ['email', 'joined_at'], ['joined_at']],
  on: WAITLIST_EVENTS,
  keys: ({ data }) => [data.waiterId],
  project(row, { type, data, at }) {
    if (type === 'WaitlistJoined') {
      const { day: date, partySize: party_size, from: from_time, to: to_time } = data;
      const window = { date, party_size, from_time, to_time, offer: null, joined_at: at };
      return { ...personOf(data), ...window, status: 'waiting' };
    }
    if (row === null) return null;
    switch (type) {
      case 'WaitlistOffered': {
        const { startsAt, tableIds, until } = data;
        return { ...row, status: 'offered', offer: { startsAt, tableIds, until } };
      }
      case 'WaitlistAccepted':
        return { ...row, status: 'accepted' };
      case 'WaitlistLeft':
        return { ...row, status: 'left' };
      case 'WaitlistLapsed':
        return { ...row, status: 'lapsed' };
    }
  },
  personal: { person: 'person_id', columns: ['name', 'phone', 'email'] },
  list: {
    filters: { locationId: 'location_id', date: 'date', status: 'status' },
    order: [{ column: 'joined_at' }],
    location: 'location_id',
  },
});

export const enquiryList = defineReadModel<
  Recorded<EnquiryEvent>,
  PersonColumns & {
    readonly guests: number;
    readonly budget: unknown;
    readonly offer: unknown;
    readonly package_name: string | null;
    readonly sent_at: string;
  }
>({
  name: 'reservations.enquiries',
  version: 2,
  columns: {
    ...PERSON_COLUMNS,
    guests: 'integer',
    budget: 'jsonb',
    offer: 'jsonb',
    package_name: 'text',
    sent_at: 'timestamptz',
  },
  indexes: [['location_id', 'sent_at'], ['status', 'sent_at'], ['email', 'sent_at'], ['sent_at']],
  on: ENQUIRY_EVENTS,
  keys: ({ data }) => [data.enquiryId],
  project(row, { type, data, at }) {
    if (type === 'EnquirySent') {
      const { date, guests, budget, packageName: package_name } = data;
      const asked = { date, guests, budget, package_name, offer: null, sent_at: at };
      return { ...personOf(data), ...asked, status: 'new' };
    }
    if (row === null) return null;
    if (type === 'EnquiryAnswered') return { ...row, status: 'answered', offer: data.offer };
    return { ...row, status: data.as };
  },
  personal: { person: 'person_id', columns: ['name', 'phone', 'email'] },
  list: {
    filters: { locationId: 'location_id', date: 'date', status: 'status' },
    order: [{ column: 'sent_at', descending: true }],
    location: 'location_id',
  },
});
