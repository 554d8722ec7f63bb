import type { Static } from 'typebox';
import type { Currency } from '../../../core/money.ts';
import type { TaxRegime } from '../../../core/tax.ts';
import type { LocationEvent, postalAddress } from './events.ts';

export interface Area {
  readonly areaId: string;
  readonly name: string;
}

export interface Table {
  readonly tableId: string;
  readonly areaId: string;
  readonly name: string;
  readonly seats: number;
  readonly joinableWith: readonly string[];
}

export interface Station {
  readonly stationId: string;
  readonly name: string;
  readonly slowAfterSeconds: number;
  readonly lateAfterSeconds: number;
}

export interface KnownLocation {
  readonly status: 'open' | 'closed';
  readonly locationId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly dayCutOff: string;
  readonly taxes: TaxRegime;
  readonly languages: readonly string[];
  readonly address: Static<typeof postalAddress> | null;
  readonly areas: readonly Area[];
  readonly tables: readonly Table[];
  readonly stations: readonly Station[];
}

export type LocationState = { readonly status: 'unknown' } | KnownLocation;

export const initialState: LocationState = { status: 'unknown' };

export function evolve(state: LocationState, event: LocationEvent): LocationState {
  if (event.type === 'LocationOpened') {
    const { locationId, name, timeZone, currency, dayCutOff } = event.data;
    const { taxes, languages, address = null } = event.data;
    const terms = { timeZone, currency, dayCutOff, taxes, languages, address };
    return { status: 'open', locationId, name, ...terms, areas: [], tables: [], stations: [] };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'LocationChanged': {
      const { name = state.name, dayCutOff = state.dayCutOff } = event.data;
      const { languages = state.languages, address = state.address } = event.data;
      return { ...state, name, dayCutOff, languages, address };
    }
    case 'LocationTaxesSet':
      return { ...state, taxes: event.data.taxes };
    case 'AreaSet': {
      const { areaId, name } = event.data;
      return { ...state, areas: replaced(state.areas, 'areaId', { areaId, name }) };
    }
    case 'AreaRemoved': {
      const { areaId } = event.data;
      return { ...state, areas: state.areas.filter((area) => area.areaId !== areaId) };
    }
    case 'TableSet': {
      const { tableId, areaId, name, seats, joinableWith } = event.data;
      const table = { tableId, areaId, name, seats, joinableWith };
      return { ...state, tables: replaced(state.tables, 'tableId', table) };
    }
    case 'TableRemoved': {
      const { tableId } = event.data;
      return { ...state, tables: state.tables.filter((table) => table.tableId !== tableId) };
    }
    case 'StationSet': {
      const { stationId, name, slowAfterSeconds, lateAfterSeconds } = event.data;
      const station = { stationId, name, slowAfterSeconds, lateAfterSeconds };
      return { ...state, stations: replaced(state.stations, 'stationId', station) };
    }
    case 'StationRemoved': {
      const { stationId } = event.data;
      return {
        ...state,
        stations: state.stations.filter((station) => station.stationId !== stationId),
      };
    }
    case 'LocationClosed':
      return { ...state, status: 'closed' };
  }
}

/** In its old place where the list has it, at the end otherwise. */
function replaced<Item, Key extends keyof Item>(
  items: readonly Item[],
  key: Key,
  item: Item,
): readonly Item[] {
  const known = items.some((held) => held[key] === item[key]);
  return known ? items.map((held) => (held[key] === item[key] ? item : held)) : [...items, item];
}
