import { describe, expect, test } from 'vitest';
import { givenEvents } from '../../../../test/support/given.ts';
import type { TaxRegime } from '../../../core/tax.ts';
import { initialState as noNames, NAMES_STREAM } from '../names/state.ts';
import { SEATS_MAX, TABLES_MAX } from './commands.ts';
import { decide } from './decide.ts';
import type { LocationEvent } from './events.ts';
import { evolve, initialState } from './state.ts';

const given = (...events: readonly LocationEvent[]) =>
  givenEvents({ initialState, decide, evolve }, ...events).around(NAMES_STREAM, noNames);

const locationId = 'id-1';
const taxes: TaxRegime = {
  mode: 'inclusive',
  rates: [{ taxClass: 'food', channel: null, label: 'B', rate: 8000 }],
};
const opened: LocationEvent = {
  type: 'LocationOpened',
  data: {
    locationId,
    name: 'Rynek',
    timeZone: 'Europe/Warsaw',
    currency: 'PLN',
    taxes,
    dayCutOff: '05:00',
    languages: ['pl'],
  },
};
const closed: LocationEvent = { type: 'LocationClosed', data: { locationId, reason: 'moved' } };
const area = (areaId: string, name = areaId): LocationEvent => ({
  type: 'AreaSet',
  data: { locationId, areaId, name },
});
const table = (tableId: string, joinableWith: string[] = []): LocationEvent => ({
  type: 'TableSet',
  data: { locationId, tableId, areaId: 'hall', name: tableId, seats: 4, joinableWith },
});

describe('opening', () => {
  test('takes currency, taxes and languages from the country, and five in the morning as cut-off', () => {
    const input = { name: 'Rynek', timeZone: 'Europe/Warsaw', country: 'PL' };
    expect(given().when({ type: 'OpenLocation', input })).toMatchObject([
      { data: { locationId, currency: 'PLN', dayCutOff: '05:00', languages: ['pl', 'en'] } },
    ]);
  });

  test('the country of the address counts where none is given', () => {
    const address = { lines: ['Rua A 1'], city: 'São Paulo', country: 'BR' };
    const input = { name: 'Centro', timeZone: 'America/Sao_Paulo', address };
    expect(given().when({ type: 'OpenLocation', input })).toMatchObject([
      { data: { currency: 'BRL', address } },
    ]);
  });

  test('what is given wins over the country', () => {
    const own = { currency: 'EUR', taxes, dayCutOff: '00:00', languages: ['de'] } as const;
    const input = { ...own, languages: ['de'], name: 'x', timeZone: 'UTC', country: 'PL' };
    expect(given().when({ type: 'OpenLocation', input })).toMatchObject([{ data: own }]);
  });

  test.each([
    [{ timeZone: 'Mars/Olympus', country: 'PL' }, 'TIME_ZONE_UNKNOWN'],
    [{ timeZone: 'UTC' }, 'CURRENCY_MISSING'],
    [{ timeZone: 'UTC', country: 'KR' }, 'CURRENCY_MISSING'],
    [{ timeZone: 'UTC', country: 'US' }, 'TAXES_MISSING'],
    [{ timeZone: 'UTC', currency: 'USD' as const }, 'TAXES_MISSING'],
  ])('with %j is refused: %s', (input, code) => {
    expect(given().when({ type: 'OpenLocation', input: { name: 'x', ...input } })).toBe(code);
  });

  test('B1: a location is opened once', () => {
    const input = { name: 'x', timeZone: 'UTC', country: 'PL' };
    expect(given(opened).when({ type: 'OpenLocation', input })).toBe('LOCATION_EXISTS');
    expect(given(opened, closed).when({ type: 'OpenLocation', input })).toBe('LOCATION_EXISTS');
  });
});

describe('changing', () => {
  test('only what is new is in the event, and nothing when nothing is', () => {
    const input = { name: 'Rynek', dayCutOff: '04:00' };
    expect(given(opened).when({ type: 'ChangeLocation', input })).toEqual([
      { type: 'LocationChanged', data: { locationId, dayCutOff: '04:00' } },
    ]);
    const same = { name: 'Rynek', languages: ['pl'] };
    expect(given(opened).when({ type: 'ChangeLocation', input: same })).toEqual([]);
  });

  test('new taxes replace the old ones; the same ones, however written, change nothing', () => {
    const input = { taxes: { ...taxes, mode: 'exclusive' as const } };
    expect(given(opened).when({ type: 'SetLocationTaxes', input })).toEqual([
      { type: 'LocationTaxesSet', data: { locationId, ...input } },
    ]);
    const [{ rate, label, channel, taxClass }] = taxes.rates as [TaxRegime['rates'][0]];
    const turned = { rates: [{ rate, label, channel, taxClass }], mode: 'inclusive' as const };
    expect(given(opened).when({ type: 'SetLocationTaxes', input: { taxes: turned } })).toEqual([]);
  });

  test('B2: a tax class has one rate for a channel', () => {
    const twice = { ...taxes, rates: [...taxes.rates, { ...taxes.rates[0]!, rate: 5000 }] };
    const apart = {
      ...taxes,
      rates: [...taxes.rates, { ...taxes.rates[0]!, channel: 'delivery' as const }],
    };
    const set = (regime: TaxRegime) =>
      given(opened).when({ type: 'SetLocationTaxes', input: { taxes: regime } });
    expect(set(twice)).toBe('TAX_RATE_TWICE');
    expect(set(apart)).toHaveLength(1);
    const input = { name: 'x', timeZone: 'UTC', country: 'PL', taxes: twice };
    expect(given().when({ type: 'OpenLocation', input })).toBe('TAX_RATE_TWICE');
  });
});

describe('areas and tables', () => {
  const hall = area('hall', 'Hall');

  test('a table stands in an area of the location', () => {
    const input = { tableId: 't1', areaId: 'hall', name: '1', seats: 2 };
    expect(given(opened).when({ type: 'SetTable', input })).toBe('AREA_UNKNOWN');
    expect(given(opened, hall).when({ type: 'SetTable', input })).toEqual([
      { type: 'TableSet', data: { locationId, ...input, joinableWith: [] } },
    ]);
  });

  test('B3: names of areas, of tables and of stations are unique', () => {
    const setArea = { areaId: 'other', name: 'Hall' };
    expect(given(opened, hall).when({ type: 'SetArea', input: setArea })).toBe('NAME_TAKEN');
    const setTable = { tableId: 't2', areaId: 'hall', name: 't1', seats: 2 };
    const withTable = given(opened, hall, table('t1'));
    expect(withTable.when({ type: 'SetTable', input: setTable })).toBe('NAME_TAKEN');
    const station: LocationEvent = {
      type: 'StationSet',
      data: {
        locationId,
        stationId: 'bar',
        name: 'Bar',
        slowAfterSeconds: 60,
        lateAfterSeconds: 120,
      },
    };
    const setStation = { stationId: 'pub', name: 'Bar' };
    expect(given(opened, station).when({ type: 'SetStation', input: setStation })).toBe(
      'NAME_TAKEN',
    );
  });

  test('the same again changes nothing, another name changes the area in its place', () => {
    expect(
      given(opened, hall).when({ type: 'SetArea', input: { areaId: 'hall', name: 'Hall' } }),
    ).toEqual([]);
    const renamed = given(opened, hall, area('garden'), area('hall', 'Big hall'));
    expect(renamed.state).toMatchObject({
      areas: [
        { areaId: 'hall', name: 'Big hall' },
        { areaId: 'garden', name: 'garden' },
      ],
    });
    const input = { tableId: 't1', areaId: 'hall', name: 't1', seats: 4 };
    expect(given(opened, hall, table('t1')).when({ type: 'SetTable', input })).toEqual([]);
  });

  test('B4: a table is joinable with tables that there are', () => {
    const input = { tableId: 't2', areaId: 'hall', name: '2', seats: 4 };
    const join = (joinableWith: string[]) =>
      given(opened, hall, table('t1')).when({
        type: 'SetTable',
        input: { ...input, joinableWith },
      });
    expect(join(['t9'])).toBe('TABLE_UNKNOWN');
    expect(join(['t2'])).toBe('TABLE_UNKNOWN');
    expect(join(['t1'])).toHaveLength(1);
  });

  test('B4: tables that could be joined with a removed one forget it', () => {
    const before = given(opened, hall, table('t1'), table('t2', ['t1']), table('t3', ['t2']));
    expect(before.when({ type: 'RemoveTable', input: { tableId: 't1' } })).toEqual([
      table('t2', []),
      { type: 'TableRemoved', data: { locationId, tableId: 't1' } },
    ]);
    expect(before.when({ type: 'RemoveTable', input: { tableId: 't7' } })).toEqual([]);
  });

  test('B5: an area with tables stays', () => {
    const input = { areaId: 'hall' };
    const full = given(opened, hall, table('t1'));
    expect(full.when({ type: 'RemoveArea', input })).toBe('AREA_IN_USE');
    const removed: LocationEvent = { type: 'AreaRemoved', data: { locationId, areaId: 'hall' } };
    expect(given(opened, hall).when({ type: 'RemoveArea', input })).toEqual([removed]);
    expect(given(opened, hall, removed).state).toMatchObject({ areas: [] });
    expect(given(opened).when({ type: 'RemoveArea', input })).toEqual([]);
  });

  test('a location has a bounded number of tables, of which each can still be changed', () => {
    const tables = Array.from({ length: TABLES_MAX }, (_, index) => table(`t${index}`));
    const full = given(opened, hall, ...tables);
    const input = { tableId: 'one-more', areaId: 'hall', name: 'x', seats: 1 };
    expect(full.when({ type: 'SetTable', input })).toBe('LOCATION_FULL');
    const known = { ...input, tableId: 't1', seats: SEATS_MAX };
    expect(full.when({ type: 'SetTable', input: known })).toHaveLength(1);
  });
});

describe('stations', () => {
  test('have usual thresholds, and keep their own when only the name changes', () => {
    const input = { stationId: 'bar', name: 'Bar' };
    const first = given(opened).when({ type: 'SetStation', input });
    expect(first).toMatchObject([{ data: { slowAfterSeconds: 600, lateAfterSeconds: 1200 } }]);
    const own: LocationEvent = {
      type: 'StationSet',
      data: { locationId, ...input, slowAfterSeconds: 60, lateAfterSeconds: 90 },
    };
    const renamed = { stationId: 'bar', name: 'Bar 2' };
    expect(given(opened, own).when({ type: 'SetStation', input: renamed })).toMatchObject([
      { data: { slowAfterSeconds: 60, lateAfterSeconds: 90 } },
    ]);
    expect(given(opened, own).when({ type: 'SetStation', input })).toEqual([]);
  });

  test('a ticket is slow before it is late', () => {
    const input = { stationId: 'bar', name: 'Bar', slowAfterSeconds: 1200 };
    expect(given(opened).when({ type: 'SetStation', input })).toBe('STATION_LATE_BEFORE_SLOW');
  });

  test('one that is removed twice is gone once', () => {
    const input = { stationId: 'bar' };
    expect(given(opened).when({ type: 'RemoveStation', input })).toEqual([]);
  });
});

describe('closing', () => {
  test.each([
    { type: 'ChangeLocation', input: { name: 'x' } },
    { type: 'SetLocationTaxes', input: { taxes } },
    { type: 'SetArea', input: { areaId: 'a', name: 'A' } },
    { type: 'RemoveArea', input: { areaId: 'a' } },
    { type: 'SetTable', input: { tableId: 't', areaId: 'a', name: 't', seats: 1 } },
    { type: 'RemoveTable', input: { tableId: 't' } },
    { type: 'SetStation', input: { stationId: 's', name: 's' } },
    { type: 'RemoveStation', input: { stationId: 's' } },
    { type: 'CloseLocation', input: { reason: 'again' } },
  ] as const)('B6: a closed location takes no $type', (command) => {
    expect(given(opened, closed).when(command)).toBe('LOCATION_CLOSED');
  });
});
