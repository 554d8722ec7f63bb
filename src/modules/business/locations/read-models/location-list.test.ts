import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../../../test/support/given.ts';
import type { LocationEvent } from '../events.ts';
import { locationList } from './location-list.ts';

const locationId = 'loc-1';
const opened: LocationEvent = {
  type: 'LocationOpened',
  data: {
    locationId,
    name: 'Rynek',
    timeZone: 'Europe/Warsaw',
    currency: 'PLN',
    dayCutOff: '05:00',
    languages: ['pl'],
    taxes: { mode: 'inclusive', rates: [] },
  },
};
const rowOf = (...events: readonly LocationEvent[]) => rowAfter(locationList, locationId, events);

test('an open location is a row with what a choice needs', () => {
  expect(rowOf(opened)).toEqual({
    location_id: locationId,
    name: 'Rynek',
    status: 'open',
    time_zone: 'Europe/Warsaw',
    currency: 'PLN',
    day_cut_off: '05:00',
    tax_mode: 'inclusive',
    languages: ['pl'],
    country: null,
    opened_at: AT,
  });
});

test('changes, taxes and the end are seen; tables are not its business', () => {
  const address = { lines: ['Rynek 1'], city: 'Kraków', country: 'PL' };
  const changed: LocationEvent = {
    type: 'LocationChanged',
    data: { locationId, dayCutOff: '04:00', address },
  };
  const taxed: LocationEvent = {
    type: 'LocationTaxesSet',
    data: { locationId, taxes: { mode: 'exclusive', rates: [] } },
  };
  const area: LocationEvent = { type: 'AreaSet', data: { locationId, areaId: 'a', name: 'A' } };
  const closed: LocationEvent = { type: 'LocationClosed', data: { locationId, reason: 'r' } };
  expect(rowOf(opened, changed, taxed, area, closed)).toMatchObject({
    name: 'Rynek',
    day_cut_off: '04:00',
    country: 'PL',
    tax_mode: 'exclusive',
    status: 'closed',
  });
  expect(rowOf(changed, taxed, closed)).toBeNull();
});
