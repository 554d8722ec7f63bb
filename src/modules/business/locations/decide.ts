import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { isTimeZone } from '../../../core/calendar.ts';
import {
  accepted,
  rejected,
  type Decision,
  type EventsElsewhere,
  type Rejected,
} from '../../../core/decision.ts';
import type { TaxRegime } from '../../../core/tax.ts';
import { freeName, NAMES_STREAM, namesFrom, takeName } from '../names/state.ts';
import { presetOf } from './country-presets.ts';
import type { LocationCommand } from './commands.ts';
import { decideParts, type PartCommand } from './decide-parts.ts';
import type { LocationEvent } from './events.ts';
import type { KnownLocation, LocationState } from './state.ts';

/** Late bars have closed by then, early bakeries have not sold yet. */
export const DAY_CUT_OFF_DEFAULT = '05:00';
const LANGUAGE_DEFAULT = 'en';

export function decide(
  state: LocationState,
  command: LocationCommand,
  around: Surroundings,
): Decision<LocationEvent> {
  const decision = decideLocation(state, command);
  if (decision.outcome === 'rejected') return decision;
  // The name, in the tenant, in the same unit. No command decides two events that speak of names.
  const elsewhere: EventsElsewhere[] = [];
  for (const event of decision.events) {
    const named = nameAfter(event, around);
    if (named === null) continue;
    if ('outcome' in named) return named;
    elsewhere.push(named);
  }
  return accepted(decision.events, elsewhere);
}

function nameAfter(event: LocationEvent, around: Surroundings): EventsElsewhere | Rejected | null {
  const whose = { of: 'location', id: event.data.locationId, locationId: null } as const;
  if (event.type === 'LocationClosed') return freeName(whose);
  if (event.type !== 'LocationOpened' && event.type !== 'LocationChanged') return null;
  const { name } = event.data;
  return name === undefined ? null : takeName(namesFrom(around), { ...whose, name });
}

/** The stream of names, for what gives or frees one. */
export function streams(command: LocationCommand): readonly StreamReference[] {
  switch (command.type) {
    case 'OpenLocation':
    case 'CloseLocation':
      return [NAMES_STREAM];
    case 'ChangeLocation':
      return command.input.name === undefined ? [] : [NAMES_STREAM];
    default:
      return [];
  }
}

function decideLocation(state: LocationState, command: LocationCommand): Decision<LocationEvent> {
  if (command.type === 'OpenLocation')
    return state.status === 'unknown' ? open(command) : rejected('LOCATION_EXISTS');
  if (state.status !== 'open') return rejected('LOCATION_CLOSED');
  const locationId = command.id;
  switch (command.type) {
    case 'ChangeLocation':
      return change(state, command);
    case 'SetLocationTaxes': {
      const { taxes } = command.input;
      const twice = rateTwice(taxes);
      if (twice !== null) return twice;
      if (equal(taxes, state.taxes)) return accepted([]);
      return accepted([{ type: 'LocationTaxesSet', data: { locationId, taxes } }]);
    }
    case 'CloseLocation': {
      const { reason } = command.input;
      return accepted([{ type: 'LocationClosed', data: { locationId, reason } }]);
    }
    default:
      return decideParts(state, command satisfies PartCommand);
  }
}

type Named<Type extends LocationCommand['type']> = Extract<LocationCommand, { type: Type }>;

function open({ id, input }: Named<'OpenLocation'>): Decision<LocationEvent> {
  const { name, timeZone, address, country = address?.country } = input;
  const preset = country === undefined ? undefined : presetOf(country);
  if (!isTimeZone(timeZone)) return rejected('TIME_ZONE_UNKNOWN', { timeZone });
  const currency = input.currency ?? preset?.currency;
  if (currency === undefined) return rejected('CURRENCY_MISSING', { country: country ?? null });
  const taxes = input.taxes ?? preset?.taxes ?? null;
  if (taxes === null) return rejected('TAXES_MISSING', { country: country ?? null });
  const twice = rateTwice(taxes);
  if (twice !== null) return twice;
  const { dayCutOff = DAY_CUT_OFF_DEFAULT } = input;
  const languages = input.languages ?? [...(preset?.languages ?? [LANGUAGE_DEFAULT])];
  const place = { locationId: id, name, timeZone, currency, dayCutOff, taxes, languages };
  const data = address === undefined ? place : { ...place, address };
  return accepted([{ type: 'LocationOpened', data }]);
}

function change(state: KnownLocation, command: Named<'ChangeLocation'>): Decision<LocationEvent> {
  const fresh = Object.fromEntries(
    Object.entries(command.input).filter(
      // safe because the schema of the input names fields of the state only
      ([field, value]) => !equal(value, state[field as keyof typeof command.input]),
    ),
  );
  if (Object.keys(fresh).length === 0) return accepted([]);
  return accepted([{ type: 'LocationChanged', data: { locationId: command.id, ...fresh } }]);
}

function rateTwice({ rates }: TaxRegime): Rejected | null {
  const places = rates.map(({ taxClass, channel }) => `${channel ?? '*'}/${taxClass}`);
  const index = places.findIndex((place, at) => places.indexOf(place) !== at);
  const rate = rates[index];
  if (rate === undefined) return null;
  return rejected('TAX_RATE_TWICE', { taxClass: rate.taxClass, channel: rate.channel });
}

/** Plain JSON that was validated by one schema: its members need not stand in the same order. */
function equal(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object') return left === right;
  if (left === null || right === null) return left === right;
  const members = Object.entries(left);
  if (members.length !== Object.keys(right).length) return false;
  const others = new Map<string, unknown>(Object.entries(right));
  return members.every(([name, value]) => equal(value, others.get(name)));
}
