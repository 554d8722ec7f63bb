import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { PROFILE_EVENTS, type ProfileEvent } from '../events.ts';

/** The one profile as a list, so that a screen need not know its id. */
interface ProfileRow {
  readonly legal_name: string;
  readonly trade_name: string | null;
  readonly country: string;
  readonly tax_id: string | null;
  readonly logo_id: string | null;
  readonly [column: string]: unknown;
}

export const profileList = defineReadModel<Recorded<ProfileEvent>, ProfileRow>({
  name: 'business.profiles',
  version: 1,
  columns: {
    legal_name: 'text',
    trade_name: 'text',
    country: 'text',
    tax_id: 'text',
    logo_id: 'text',
  },
  on: PROFILE_EVENTS,
  keys: (event) => [event.data.profileId],
  project(_row, { data: { profile } }) {
    const { legalName, tradeName, country, taxId, logoId } = profile;
    const names = { legal_name: legalName, trade_name: tradeName };
    return { ...names, country, tax_id: taxId, logo_id: logoId };
  },
  personal: 'none',
  list: { filters: {}, order: [{ column: 'legal_name' }] },
});
