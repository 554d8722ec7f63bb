import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { NAME_EVENTS, type NameEvent } from '../events.ts';

/** A name that is taken; those of closed locations and retired tills have no row. */
interface NameRow {
  readonly of: string;
  readonly whose_id: string;
  readonly location_id: string | null;
  readonly name: string;
  readonly [column: string]: unknown;
}

export const nameList = defineReadModel<Recorded<NameEvent>, NameRow>({
  name: 'business.names',
  version: 1,
  columns: { of: 'text', whose_id: 'text', location_id: 'text', name: 'text' },
  indexes: [['of', 'name']],
  on: NAME_EVENTS,
  keys: ({ data }) => [`${data.of}~${data.id}`],
  project(_row, { type, data }) {
    if (type === 'NameFreed') return null;
    const { of, id, locationId, name } = data;
    return { of, whose_id: id, location_id: locationId, name };
  },
  personal: 'none',
  list: { filters: { of: 'of', locationId: 'location_id' }, order: [{ column: 'name' }] },
});
