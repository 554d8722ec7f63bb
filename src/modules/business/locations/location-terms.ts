/** What other modules ask of a location: its state beside a command, its business day and its tax of a class. */
import type { Surroundings } from '../../../core/aggregate.ts';
import { businessDayOf, type LocalDate } from '../../../core/calendar.ts';
import { taxRateOf, type ServiceChannel, type TaxRate } from '../../../core/tax.ts';
import type { KnownLocation, LocationState } from './state.ts';

/** Category of the streams of locations. */
export const LOCATIONS = 'business.locations';

/** The location beside a command, whose `streams` or `consults` must have named it. */
export function locationFrom(around: Surroundings, id: string): LocationState {
  // safe because streams of this category are folded by the aggregate of locations alone
  return around.stateOf({ category: LOCATIONS, id }) as LocationState;
}

/** The business day of a location that `at` (RFC 3339) belongs to. */
export function businessDayAt(location: KnownLocation, at: string): LocalDate {
  return businessDayOf(at, location.timeZone, location.dayCutOff);
}

/** The rate of a tax class in a channel; undefined when the location has none for it. */
export function locationTaxRate(
  location: KnownLocation,
  sale: { readonly taxClass: string; readonly channel: ServiceChannel },
): TaxRate | undefined {
  return taxRateOf(location.taxes, sale.taxClass, sale.channel);
}
