import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { LOCATION_EVENTS, type LocationEvent } from '../events.ts';

/** A row of the list of locations: what a choice among them needs; the parts stand in the location itself. */
interface LocationRow {
  /** The key again, for the rule that binds a role to its locations. */
  readonly location_id: string;
  readonly name: string;
  readonly status: string;
  readonly time_zone: string;
  readonly currency: string;
  readonly day_cut_off: string;
  readonly tax_mode: string;
  readonly languages: readonly string[];
  readonly country: string | null;
  readonly opened_at: string;
  readonly [column: string]: unknown;
}

export const locationList = defineReadModel<Recorded<LocationEvent>, LocationRow>({
  name: 'business.locations',
  version: 1,
  columns: {
    location_id: 'text',
    name: 'text',
    status: 'text',
    time_zone: 'text',
    currency: 'text',
    day_cut_off: 'text',
    tax_mode: 'text',
    languages: 'jsonb',
    country: 'text',
    opened_at: 'timestamptz',
  },
  indexes: [['name']],
  on: LOCATION_EVENTS,
  keys: (event) => [event.data.locationId],
  project(row, event) {
    if (event.type === 'LocationOpened') {
      const { locationId, name, timeZone, currency, dayCutOff, taxes } = event.data;
      const { languages, address } = event.data;
      return {
        location_id: locationId,
        name,
        status: 'open',
        time_zone: timeZone,
        currency,
        day_cut_off: dayCutOff,
        tax_mode: taxes.mode,
        languages,
        country: address?.country ?? null,
        opened_at: event.at,
      };
    }
    if (row === null) return null;
    switch (event.type) {
      case 'LocationChanged': {
        const { name = row.name, dayCutOff = row.day_cut_off } = event.data;
        const { languages = row.languages, address } = event.data;
        const country = address?.country ?? row.country;
        return { ...row, name, day_cut_off: dayCutOff, languages, country };
      }
      case 'LocationTaxesSet':
        return { ...row, tax_mode: event.data.taxes.mode };
      case 'LocationClosed':
        return { ...row, status: 'closed' };
      default:
        return row;
    }
  },
  personal: 'none',
  list: {
    filters: { status: 'status' },
    order: [{ column: 'name' }],
    location: 'location_id',
  },
});
