/** The business itself: its profile, its locations and its tills. The only door of this folder. */
import { Type } from 'typebox';
import { defineAggregate } from '../../core/aggregate.ts';
import { defineModule } from '../../core/module.ts';
import {
  LOCATION_COMMANDS,
  LOCATION_REFUSALS,
  type LocationCommand,
} from './locations/commands.ts';
import { decide as decideLocation, streams as streamsOfLocation } from './locations/decide.ts';
import { LOCATION_EVENTS, type LocationEvent } from './locations/events.ts';
import { LOCATIONS } from './locations/location-terms.ts';
import { locationList } from './locations/read-models/location-list.ts';
import {
  evolve as evolveLocation,
  initialState as noLocation,
  type LocationState,
} from './locations/state.ts';
import { nameAggregate, noteNames } from './names/aggregate.ts';
import { nameList } from './names/read-models/name-list.ts';
import { PROFILE_COMMANDS, PROFILE_REFUSALS, type ProfileCommand } from './profiles/commands.ts';
import { decide as decideProfile, PROFILES } from './profiles/decide.ts';
import { PROFILE_EVENTS, type ProfileEvent } from './profiles/events.ts';
import { profileList } from './profiles/read-models/profile-list.ts';
import {
  evolve as evolveProfile,
  initialState as noProfile,
  type ProfileState,
} from './profiles/state.ts';
import { TILL_COMMANDS, TILL_REFUSALS, type TillCommand } from './tills/commands.ts';
import { attributes, consults, decide as decideTill, streams, view } from './tills/decide.ts';
import { TILL_EVENTS, type TillEvent } from './tills/events.ts';
import { tillList } from './tills/read-models/till-list.ts';
import { zReports } from './tills/read-models/z-reports.ts';
import { TILLS } from './tills/ring-on-till.ts';
import { evolve as evolveTill, initialState as noTill, type TillState } from './tills/state.ts';

export {
  businessDayAt,
  locationFrom,
  LOCATIONS,
  locationTaxRate,
} from './locations/location-terms.ts';
export type { Area, KnownLocation, LocationState, Station, Table } from './locations/state.ts';
export type { LocationEvent } from './locations/events.ts';
export { presetOf } from './locations/country-presets.ts';
export { TAX_CLASSES, type CountryPreset } from './locations/preset-rates.ts';

export { PROFILE_STREAM } from './profiles/profile-terms.ts';
export { tenantOfSlug } from './profiles/public-slug.ts';
export { notFiscalText, receiptFrame, type ReceiptFrame } from './profiles/receipt-texts.ts';
export type { ProfileState } from './profiles/state.ts';
export { businessRoutes } from './routes.ts';
export {
  RING_REFUSALS,
  ringOnTill,
  sessionOpenedAt,
  shiftOf,
  tillFrom,
  TILLS,
} from './tills/ring-on-till.ts';
export type { TillSale } from './tills/ring-on-till.ts';
export { correctOnTill, correctRefundOnTill } from './tills/correct-on-till.ts';
export type { TenderKind, TillEvent } from './tills/events.ts';
export type { KnownTill, TillSession, TillState } from './tills/state.ts';

/** Where a location or a till is, for the rule that binds a role to its locations. */
function locationOf(state: LocationState | TillState): string | null {
  return state.status === 'unknown' ? null : state.locationId;
}

const profiles = defineAggregate<ProfileState, ProfileCommand, ProfileEvent>({
  category: PROFILES,
  stateVersion: 1,
  events: PROFILE_EVENTS,
  commands: PROFILE_COMMANDS,
  refusals: PROFILE_REFUSALS,
  initialState: noProfile,
  decide: decideProfile,
  evolve: evolveProfile,
});

const locations = defineAggregate<LocationState, LocationCommand, LocationEvent>({
  category: LOCATIONS,
  stateVersion: 1,
  events: LOCATION_EVENTS,
  commands: LOCATION_COMMANDS,
  refusals: LOCATION_REFUSALS,
  initialState: noLocation,
  decide: decideLocation,
  evolve: evolveLocation,
  locationOf,
  streams: streamsOfLocation,
  attributes: (_state, { id }) => ({ locationId: id, amount: null, shiftOf: null }),
});

const tills = defineAggregate<TillState, TillCommand, TillEvent>({
  category: TILLS,
  stateVersion: 3,
  events: TILL_EVENTS,
  commands: TILL_COMMANDS,
  refusals: TILL_REFUSALS,
  initialState: noTill,
  decide: decideTill,
  evolve: evolveTill,
  locationOf,
  consults,
  streams,
  attributes,
  view,
  respond: (state, command) => ({
    ...(command.type === 'CloseTillSession' && state.status !== 'unknown'
      ? { zNumber: state.zNumber }
      : {}),
    ...(command.type === 'OpenTillSession' ? { sessionId: command.commandId } : {}),
  }),
  responds: (command) =>
    Type.Object({
      ...(command === 'CloseTillSession' ? { zNumber: Type.Integer() } : {}),
      ...(command === 'OpenTillSession' ? { sessionId: Type.String() } : {}),
    }),
});

export const business = defineModule({
  name: 'business',
  title: 'Business',
  summary:
    'The house: whose it is, its locations with their areas, tables, stations and taxes, and its tills.',
  aggregates: [
    { aggregate: profiles, singular: 'profile', list: profileList },
    { aggregate: nameAggregate, singular: 'name', list: nameList },
    { aggregate: locations, singular: 'location', list: locationList },
    {
      aggregate: tills,
      singular: 'till',
      list: tillList,
      money: [
        'putIn',
        'takenOut',
        'untaxed',
        'grandTotal',
        'received',
        'change',
        'tips',
        'settled',
        'refunded',
        'refundedTips',
        'net',
        'tax',
        'gross',
        'expected',
        'difference',
      ],
    },
  ],
  readModels: [zReports],
  policies: [noteNames],
});
