import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { currencySchema } from '../../../core/money.ts';
import { taxRegimeSchema } from '../../../core/tax.ts';

const locationId = Type.String();

/** Postal address of a business, not of a person. */
export const postalAddress = Type.Object({
  lines: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 4 }),
  postalCode: Type.Optional(Type.String({ maxLength: 20 })),
  city: Type.String({ minLength: 1, maxLength: 100 }),
  /** ISO 3166-1 alpha-2. */
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
});

export const locationOpened = defineEvent({
  name: 'LocationOpened',
  wireName: 'comptoir.location.opened',
  data: Type.Object({
    locationId,
    name: Type.String(),
    /** IANA time zone. */
    timeZone: Type.String(),
    currency: currencySchema,
    /** `HH:MM`, local: sales before it belong to the day before. */
    dayCutOff: Type.String(),
    taxes: taxRegimeSchema,
    /** BCP 47, the first one is the standard. */
    languages: Type.Array(Type.String()),
    address: Type.Optional(postalAddress),
  }),
});

/** Currency and time zone of a location that has sold something stay: reports of past days rest on them. */
export const locationChanged = defineEvent({
  name: 'LocationChanged',
  wireName: 'comptoir.location.changed',
  data: Type.Object({
    locationId,
    name: Type.Optional(Type.String()),
    dayCutOff: Type.Optional(Type.String()),
    languages: Type.Optional(Type.Array(Type.String())),
    address: Type.Optional(postalAddress),
  }),
});

export const locationTaxesSet = defineEvent({
  name: 'LocationTaxesSet',
  wireName: 'comptoir.location.taxes-set',
  data: Type.Object({ locationId, taxes: taxRegimeSchema }),
});

export const areaSet = defineEvent({
  name: 'AreaSet',
  wireName: 'comptoir.location.area-set',
  data: Type.Object({ locationId, areaId: Type.String(), name: Type.String() }),
});

export const areaRemoved = defineEvent({
  name: 'AreaRemoved',
  wireName: 'comptoir.location.area-removed',
  data: Type.Object({ locationId, areaId: Type.String() }),
});

/** Adds a table or changes it. */
export const tableSet = defineEvent({
  name: 'TableSet',
  wireName: 'comptoir.location.table-set',
  data: Type.Object({
    locationId,
    tableId: Type.String(),
    areaId: Type.String(),
    name: Type.String(),
    seats: Type.Integer(),
    /** Tables it can be joined with; either of the two may name the other. */
    joinableWith: Type.Array(Type.String()),
  }),
});

export const tableRemoved = defineEvent({
  name: 'TableRemoved',
  wireName: 'comptoir.location.table-removed',
  data: Type.Object({ locationId, tableId: Type.String() }),
});

/** A place that prepares or hands out: kitchen, bar, pass. */
export const stationSet = defineEvent({
  name: 'StationSet',
  wireName: 'comptoir.location.station-set',
  data: Type.Object({
    locationId,
    stationId: Type.String(),
    name: Type.String(),
    /** Seconds after which a ticket counts as slow, and as late. */
    slowAfterSeconds: Type.Integer(),
    lateAfterSeconds: Type.Integer(),
  }),
});

export const stationRemoved = defineEvent({
  name: 'StationRemoved',
  wireName: 'comptoir.location.station-removed',
  data: Type.Object({ locationId, stationId: Type.String() }),
});

export const locationClosed = defineEvent({
  name: 'LocationClosed',
  wireName: 'comptoir.location.closed',
  data: Type.Object({ locationId, reason: Type.String() }),
});

export const LOCATION_EVENTS = [
  locationOpened,
  locationChanged,
  locationTaxesSet,
  areaSet,
  areaRemoved,
  tableSet,
  tableRemoved,
  stationSet,
  stationRemoved,
  locationClosed,
] as const;

export type LocationEvent = EventOf<(typeof LOCATION_EVENTS)[number]>;
