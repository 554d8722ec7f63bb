/** Whose pages these are: the business behind a slug and the place that is meant. */
import type { ReadModel } from '../core/read-model.ts';
import { STREAM_ID } from '../core/aggregate.ts';
import { Failure } from '../core/errors.ts';
import type { Reader } from './formats.ts';
import { loadLogo } from './logo.ts';
import type { Picture } from './picture.ts';
import type { ModuleRouteDependencies } from '../http/modules/services.ts';
import {
  business,
  LOCATIONS,
  PROFILE_STREAM,
  type KnownLocation,
  type LocationState,
  type ProfileState,
} from '../modules/business/index.ts';

/** As many as a choice on a page can hold. */
const PLACES_MAX = 50;

export interface Place {
  readonly locationId: string;
  readonly name: string;
}

export interface House {
  readonly tenant: string;
  /** What stands over the door. */
  readonly name: string;
  /** Null where it has none for everybody. */
  readonly logo: Picture | null;
  /** The one that is meant. */
  readonly location: KnownLocation;
  /** All that are open. */
  readonly places: readonly Place[];
}

type Reading = Pick<ModuleRouteDependencies, 'pipeline' | 'projections'>;

/**
 * The house, at the place asked for or at its first one. Null for a tenant that is unknown or has no open place, and for
 * a place that is not one of its own.
 */
export async function loadHouse(
  deps: Reading,
  tenant: string,
  asked: string | undefined,
): Promise<House | null> {
  const { category, id } = PROFILE_STREAM;
  const [places, profile] = await Promise.all([
    placesOf(deps, tenant),
    deps.pipeline.load(tenant, category, id),
  ]);
  const chosen = asked ?? places[0]?.locationId;
  if (chosen === undefined || !STREAM_ID.test(chosen)) return null;
  const { state } = await deps.pipeline.load(tenant, LOCATIONS, chosen);
  // safe because the stream is one of the category
  const location = state as LocationState;
  if (location.status !== 'open') return null;
  // safe because the stream is that of the profile
  const known = profile.state as ProfileState;
  const name = known.status === 'unknown' ? location.name : (known.tradeName ?? known.legalName);
  const logoId = known.status === 'unknown' ? null : known.logoId;
  const logo = await loadLogo(deps, tenant, { logoId, name });
  return { tenant, name, logo, location, places };
}

async function placesOf({ projections }: Reading, tenant: string): Promise<readonly Place[]> {
  const page = await projections
    .reader(locationModel())
    .list({ tenant, filters: { status: 'open' }, limit: PLACES_MAX });
  return page.items.map(({ key, row }) => ({ locationId: key, name: String(row['name']) }));
}

function locationModel(): ReadModel {
  const found = business.aggregates.find(({ aggregate }) => aggregate.category === LOCATIONS);
  if (found?.list === undefined) throw new Failure('INTERNAL', 'Locations have no list.');
  return found.list;
}

/** The same visit at the place that what it looks at belongs to: its clock and currency count. */
export async function atPlace<Of extends { readonly house: House; readonly reader: Reader }>(
  deps: Reading,
  visit: Of,
  locationId: string,
): Promise<Of> {
  if (visit.house.location.locationId === locationId) return visit;
  const house = await loadHouse(deps, visit.house.tenant, locationId);
  if (house === null) return visit;
  return { ...visit, house, reader: { ...visit.reader, timeZone: house.location.timeZone } };
}
