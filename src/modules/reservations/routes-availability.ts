/** What is free on a business day, exactly: from the streams that decide, not from a read model. */
import { Failure } from '../../core/errors.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { invalid, NO_DATE, notWhole } from '../../http/query-input.ts';
import { scoped, type Call, type Parameter, type Route } from '../../http/route.ts';
import { STREAM_ID, type StreamReference, type Surroundings } from '../../core/aggregate.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { durationMsOf, PARTY_SIZE_MAX } from './calendars/settings.ts';
import { openSlots, takenAt } from './days/occupancy.ts';
import type { DayState } from './days/state.ts';
import { dayStream, floorOf, houseFrom, houseStreams, type House } from './floor.ts';
import { partyFault } from './placing.ts';
import { hoursOf, slotsOf } from './slots.ts';
import { datesOf, isDate, isoOf } from './times.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const PARAMETERS: readonly Parameter[] = [
  {
    name: 'locationId',
    in: 'query',
    description: 'Where.',
    schema: { type: 'string' },
    example: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E',
  },
  {
    name: 'date',
    in: 'query',
    description: 'Business day.',
    schema: { type: 'string', format: 'date' },
    example: '2026-11-21',
  },
  {
    name: 'partySize',
    in: 'query',
    description: 'How many guests.',
    schema: { type: 'integer', minimum: 1, maximum: PARTY_SIZE_MAX },
    example: 4,
  },
  {
    name: 'areaId',
    in: 'query',
    description: 'Only tables there.',
    schema: { type: 'string' },
    example: 'garden',
  },
];

export function availabilityRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/reservations/availability',
    operationId: 'reservationAvailability',
    tag: 'Reservations',
    summary: 'Every start of a business day and whether a party of this size could have it',
    description: 'Holds that have run out count as free. What is free may be taken a moment later.',
    access: scoped('reservations:read'),
    parameters: PARAMETERS,
    answers: {
      200: {
        description: 'Starts in order; `tableIds` are those that a reservation would get now',
        example: {
          locationId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E',
          date: '2026-11-21',
          partySize: 4,
          timeZone: 'Europe/Warsaw',
          durationMinutes: 90,
          reason: null,
          hours: [{ opens: '12:00', closes: '23:00' }],
          slots: [{ startsAt: '2026-11-21T18:00:00.000Z', localTime: '19:00', available: true }],
        },
      },
    },
    errors: ['INPUT_INVALID', 'NOT_FOUND'],
    handle: async (call) => ({ status: 200, body: await availability(deps, call) }),
  };
}

async function availability(deps: ModuleRouteDependencies, call: Call) {
  const { tenant, rules } = call.principal;
  const asked = askedOf(call);
  const ours = rules?.locations ?? null;
  if (ours !== null && !ours.includes(asked.locationId)) throw unknownId();
  return availabilityOf(deps, tenant, asked);
}

export interface AvailabilityQuestion {
  readonly locationId: string;
  /** Business day. */
  readonly date: string;
  readonly partySize: number;
  readonly areaId: string | null;
  /** A reservation that would give up what it has. */
  readonly except?: string;
}

export type Availability = Awaited<ReturnType<typeof availabilityOf>>;

/** What is free for a party on a business day. Errors: NOT_FOUND for a location that is unknown or closed. */
export async function availabilityOf(
  deps: Pick<ModuleRouteDependencies, 'pipeline' | 'clock'>,
  tenant: string,
  { locationId, date, partySize, areaId, except }: AvailabilityQuestion,
) {
  const around = await loaded(deps.pipeline, tenant, houseStreams(locationId));
  const house = houseFrom(around, locationId);
  if (house === null) throw unknownId();
  const { settings, location } = house;
  const wish = { partySize, areaId, wholeArea: false, tableIds: null };
  const fault = settings.takesBookings ? partyFault(house, wish) : { code: 'BOOKINGS_STOPPED' };
  const slots = slotsOf(settings, location, date);
  const nowMs = deps.clock.nowMs();
  const bounds = { notBeforeMs: nowMs + settings.leadMinutes * MINUTE_MS };
  const free =
    fault !== null
      ? []
      : openSlots(
          floorOf(house, await takenOf(deps, tenant, { house, slots, partySize, except })),
          date,
          { wish, ...bounds },
        );
  const lastMs = nowMs + settings.aheadDays * DAY_MS;
  const tables = new Map(free.map(({ startMs, tableIds }) => [startMs, tableIds]));
  return {
    locationId,
    date,
    partySize,
    timeZone: location.timeZone,
    durationMinutes: durationMsOf(settings, partySize).stay / MINUTE_MS,
    /** Why nothing can be had, where that is not for want of tables. */
    reason: fault?.code ?? null,
    hours: hoursOf(settings, date),
    slots: slots.map((startMs) => {
      const tableIds = startMs <= lastMs ? tables.get(startMs) : undefined;
      const localTime = localTimeOf(startMs, location.timeZone);
      const slot = { startsAt: isoOf(startMs), localTime, available: tableIds !== undefined };
      return tableIds === undefined ? slot : { ...slot, tableIds };
    }),
  };
}

/** Errors: INPUT_INVALID, also for a parameter that is missing; NOT_FOUND for an id that none can be. */
function askedOf({ query }: Call) {
  const needed = (name: string): string => {
    const value = query.get(name);
    if (value === undefined) throw invalid(name, 'must be given.', 'REQUIRED');
    return value;
  };
  const locationId = needed('locationId');
  const date = needed('date');
  const size = needed('partySize');
  if (!isDate(date)) throw invalid('date', 'must be a date such as 2026-11-21.', NO_DATE);
  const partySize = /^\d{1,3}$/.test(size) ? Number(size) : 0;
  if (partySize < 1 || partySize > PARTY_SIZE_MAX)
    throw invalid(
      'partySize',
      `must be from 1 to ${PARTY_SIZE_MAX}.`,
      notWhole({ min: 1, max: PARTY_SIZE_MAX }),
    );
  if (!STREAM_ID.test(locationId)) throw unknownId();
  return { locationId, date, partySize, areaId: query.get('areaId') ?? null };
}

/** The streams of all dates that any start of the day touches: one for most houses, two where a party stays past midnight. */
async function takenOf(
  { pipeline, clock }: Pick<ModuleRouteDependencies, 'pipeline' | 'clock'>,
  tenant: string,
  day: {
    readonly house: House;
    readonly slots: readonly number[];
    readonly partySize: number;
    readonly except: string | undefined;
  },
) {
  const { locationId, location, settings } = day.house;
  const { taken } = durationMsOf(settings, day.partySize);
  const first = day.slots[0];
  const last = day.slots.at(-1);
  if (first === undefined || last === undefined) return [];
  const dates = datesOf({ fromMs: first, toMs: last + taken }, location);
  const streams = dates.map((date) => dayStream(locationId, date));
  const around = await loaded(pipeline, tenant, streams);
  // safe because the streams are of the category
  const days = streams.map((stream) => around.stateOf(stream) as DayState);
  return takenAt(days, isoOf(clock.nowMs()), day.except);
}

export async function loaded(
  pipeline: Pipeline,
  tenant: string,
  streams: readonly StreamReference[],
): Promise<Surroundings> {
  const found = await Promise.all(
    streams.map(async ({ category, id }) => {
      const { state, version } = await pipeline.load(tenant, category, id);
      return [`${category}/${id}`, { state, version: Number(version) }] as const;
    }),
  );
  const byName = new Map(found);
  const held = ({ category, id }: StreamReference) => {
    const stream = byName.get(`${category}/${id}`);
    if (stream === undefined) throw new Failure('INTERNAL', 'A stream was not loaded.');
    return stream;
  };
  return { stateOf: (stream) => held(stream).state, versionOf: (stream) => held(stream).version };
}

function localTimeOf(ms: number, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  return local.toPlainTime().toString({ smallestUnit: 'minute' });
}
