import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { currencySchema } from '../../../core/money.ts';
import { taxRegimeSchema } from '../../../core/tax.ts';
import { NAME_REFUSALS } from '../names/state.ts';
import { postalAddress } from './events.ts';

/** A place with more is run as several locations; all of them are one state of some tens of kilobytes. */
export const AREAS_MAX = 50;
export const TABLES_MAX = 500;
export const STATIONS_MAX = 50;
/** A longer table is several tables joined. */
export const SEATS_MAX = 50;
/** Most neighbours a table can be pushed against. */
const JOINABLE_MAX = 20;
/** A ticket older than four hours is forgotten, not late. */
const TICKET_SECONDS_MAX = 4 * 3600;

const name = Type.String({ minLength: 1, maxLength: 100 });
/** Chosen by whoever sets up, unique within the location: `bar`, `t12`. */
const partId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$' });
const clock = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
const languages = Type.Array(Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' }), {
  minItems: 1,
  maxItems: 10,
  uniqueItems: true,
});
const address = Type.Object(postalAddress.properties, { additionalProperties: false });
const closedObject = { additionalProperties: false };
const permission = 'settings';

export const openLocation = defineCommand({
  name: 'OpenLocation',
  summary:
    'Opens a location; its country proposes currency, taxes and languages that are not given',
  permission,
  input: Type.Object(
    {
      name,
      timeZone: Type.String({ minLength: 1, maxLength: 64 }),
      country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
      currency: Type.Optional(currencySchema),
      dayCutOff: Type.Optional(clock),
      taxes: Type.Optional(taxRegimeSchema),
      languages: Type.Optional(languages),
      address: Type.Optional(address),
    },
    closedObject,
  ),
  examples: [
    { name: 'Rynek', timeZone: 'Europe/Warsaw', country: 'PL' },
    {
      name: 'Import',
      timeZone: 'UTC',
      currency: 'USD',
      dayCutOff: '00:00',
      taxes: {
        mode: 'inclusive',
        rates: [{ taxClass: 'standard', channel: null, label: 'none', rate: 0 }],
      },
      languages: ['en'],
    },
  ],
});

export const changeLocation = defineCommand({
  name: 'ChangeLocation',
  word: 'change',
  summary:
    'Changes name, cut-off of the business day, languages or address; what is left out stays',
  permission,
  input: Type.Object(
    {
      name: Type.Optional(name),
      dayCutOff: Type.Optional(clock),
      languages: Type.Optional(languages),
      address: Type.Optional(address),
    },
    { ...closedObject, minProperties: 1 },
  ),
  examples: [{ dayCutOff: '04:00' }],
});

export const setLocationTaxes = defineCommand({
  name: 'SetLocationTaxes',
  word: 'set-taxes',
  summary: 'Replaces the tax rates; what was sold before keeps its own',
  permission,
  input: Type.Object({ taxes: taxRegimeSchema }, closedObject),
  examples: [
    {
      taxes: {
        mode: 'exclusive',
        rates: [{ taxClass: 'standard', channel: null, label: 'NYC', rate: 8875 }],
      },
    },
  ],
});

export const setArea = defineCommand({
  name: 'SetArea',
  word: 'set-area',
  summary: 'Adds an area or gives it another name',
  permission,
  input: Type.Object({ areaId: partId, name }, closedObject),
  examples: [
    { areaId: 'hall', name: 'Hall' },
    { areaId: 'garden', name: 'Garden' },
  ],
});

export const removeArea = defineCommand({
  name: 'RemoveArea',
  word: 'remove-area',
  summary: 'Removes an area without tables',
  permission,
  input: Type.Object({ areaId: partId }, closedObject),
  examples: [{ areaId: 'garden' }],
});

export const setTable = defineCommand({
  name: 'SetTable',
  word: 'set-table',
  summary: 'Adds a table or changes it',
  permission,
  input: Type.Object(
    {
      tableId: partId,
      areaId: partId,
      name: Type.String({ minLength: 1, maxLength: 40 }),
      seats: Type.Integer({ minimum: 1, maximum: SEATS_MAX }),
      joinableWith: Type.Optional(
        Type.Array(partId, { maxItems: JOINABLE_MAX, uniqueItems: true }),
      ),
    },
    closedObject,
  ),
  examples: [
    { tableId: 't1', areaId: 'hall', name: '1', seats: 2 },
    { tableId: 't2', areaId: 'hall', name: '2', seats: 4, joinableWith: ['t1'] },
  ],
});

export const removeTable = defineCommand({
  name: 'RemoveTable',
  word: 'remove-table',
  summary: 'Removes a table; those it could be joined with forget it',
  permission,
  input: Type.Object({ tableId: partId }, closedObject),
  examples: [{ tableId: 't1' }],
});

export const setStation = defineCommand({
  name: 'SetStation',
  word: 'set-station',
  summary: 'Adds a station (kitchen, bar, pass) or changes it',
  permission,
  input: Type.Object(
    {
      stationId: partId,
      name,
      slowAfterSeconds: Type.Optional(Type.Integer({ minimum: 30, maximum: TICKET_SECONDS_MAX })),
      lateAfterSeconds: Type.Optional(Type.Integer({ minimum: 30, maximum: TICKET_SECONDS_MAX })),
    },
    closedObject,
  ),
  examples: [
    { stationId: 'kitchen', name: 'Kitchen', slowAfterSeconds: 600, lateAfterSeconds: 1200 },
    { stationId: 'bar', name: 'Bar' },
  ],
});

export const removeStation = defineCommand({
  name: 'RemoveStation',
  word: 'remove-station',
  summary: 'Removes a station',
  permission,
  input: Type.Object({ stationId: partId }, closedObject),
  examples: [{ stationId: 'bar' }],
});

export const closeLocation = defineCommand({
  name: 'CloseLocation',
  word: 'close',
  summary: 'Closes the location for good; history and reports stay',
  permission,
  input: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 200 }) }, closedObject),
  examples: [{ reason: 'The lease ended.' }],
});

export const LOCATION_COMMANDS = [
  openLocation,
  changeLocation,
  setLocationTaxes,
  setArea,
  removeArea,
  setTable,
  removeTable,
  setStation,
  removeStation,
  closeLocation,
] as const;

export type LocationCommand = CommandFor<(typeof LOCATION_COMMANDS)[number]>;

export const LOCATION_REFUSALS = {
  LOCATION_EXISTS: {
    sentence: 'A location with this id is open already.',
    remedy: 'Change the existing location, or open another one.',
  },
  LOCATION_CLOSED: {
    sentence: 'The location was closed.',
    remedy: 'Choose a location that is open.',
  },
  TIME_ZONE_UNKNOWN: {
    sentence: 'The time zone is not one of the IANA database.',
    remedy: 'Give one such as Europe/Warsaw.',
  },
  CURRENCY_MISSING: {
    sentence: 'The location needs a currency, and its country proposes none.',
    remedy: 'Give `currency`.',
  },
  TAXES_MISSING: {
    sentence: 'The location needs tax rates, and its country proposes none.',
    remedy: 'Give `taxes`; ask your accountant which rates hold where you are.',
  },
  TAX_RATE_TWICE: {
    sentence: 'A tax class has two rates for the same channel.',
    remedy: 'Leave one rate for each class and channel.',
  },
  LOCATION_NAME_TAKEN: NAME_REFUSALS.LOCATION_NAME_TAKEN,
  NAME_TAKEN: {
    sentence: 'Another one of this location has this name.',
    remedy: 'Choose another name.',
  },
  AREA_UNKNOWN: {
    sentence: 'The location has no such area.',
    remedy: 'Add the area first, or choose one of the location.',
  },
  AREA_IN_USE: {
    sentence: 'There are tables in the area.',
    remedy: 'Move or remove the tables first.',
  },
  TABLE_UNKNOWN: {
    sentence: 'The location has no such table.',
    remedy: 'Choose a table of the location.',
  },
  STATION_LATE_BEFORE_SLOW: {
    sentence: 'A ticket would be late before it is slow.',
    remedy: 'Make `lateAfterSeconds` greater than `slowAfterSeconds`.',
  },
  LOCATION_FULL: {
    sentence: 'The location has as many of these as it can have.',
    remedy: 'Remove one that is not used, or run a second location.',
  },
} as const satisfies Record<string, Refusal>;
