/** What routes of boards and floors ask first: which location, and whether the caller works there. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { invalid } from '../../http/query-input.ts';
import type { Call, Parameter } from '../../http/route.ts';
import { LOCATIONS, type KnownLocation, type LocationState } from '../business/index.ts';

export const LOCATION: Parameter = {
  name: 'locationId',
  in: 'query',
  description: 'Where.',
  schema: { type: 'string', maxLength: 128 },
};

/** Errors: INPUT_INVALID without one; NOT_FOUND for one that is unknown, of another tenant or none of the caller's. */
export async function locationAsked(
  deps: ModuleRouteDependencies,
  call: Call,
): Promise<KnownLocation> {
  const locationId = call.query.get('locationId');
  if (locationId === undefined) throw invalid('locationId', 'is needed.', 'REQUIRED');
  return await locationWithin(deps, call, locationId);
}

/** The same for a location that is known otherwise. */
export async function locationWithin(
  { pipeline }: ModuleRouteDependencies,
  { principal }: Call,
  locationId: string,
): Promise<KnownLocation> {
  const { tenant, rules } = principal;
  const allowed = rules?.locations ?? null;
  if (allowed !== null && !allowed.includes(locationId)) throw unknownId();
  // safe because streams of this category are folded by the aggregate of locations alone
  const location = (await pipeline.load(tenant, LOCATIONS, locationId)).state as LocationState;
  if (location.status === 'unknown') throw unknownId();
  return location;
}

/** RFC 3339. */
export function serverTime({ clock }: ModuleRouteDependencies): string {
  return new Date(clock.nowMs()).toISOString();
}
