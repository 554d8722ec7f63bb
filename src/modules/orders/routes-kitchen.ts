/** Boards of stations: tickets with their age, all-day counts, paper. Changes come from GET /v1/orders/tickets/live. */
import { isLocalDate } from '../../core/calendar.ts';
import { ID, streamIdOf } from '../../http/modules/command-routes.ts';
import { itemWriter } from '../../http/modules/item-json.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { invalid, NO_DATE, notListed } from '../../http/query-input.ts';
import { scoped, type Call, type Parameter, type Route } from '../../http/route.ts';
import type { ReadRow } from '../../projections/projections.ts';
import { businessDayAt, type KnownLocation } from '../business/index.ts';
import { PAPER_COLUMNS } from './paper.ts';
import { LOCATION, locationAsked, locationWithin, serverTime } from './routes-location.ts';
import { ageOf, allDay } from './tickets/board.ts';
import { ticketLines } from './tickets/print.ts';
import { ticketList } from './tickets/read-models/ticket-list.ts';
import type { TicketRow } from './tickets/ticket-row.ts';

const ACCESS = scoped('orders:read');
const TAG = 'Orders';
/** What a kitchen cannot look through any more; `more` says that there are others. */
const TICKETS_MAX = 1000;

export function kitchenRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [boardRoute(deps), allDayRoute(deps), ticketRoute(deps), printRoute(deps)];
}

const STATION: Parameter = {
  name: 'stationId',
  in: 'query',
  description: 'Only this station.',
  schema: { type: 'string', maxLength: 128 },
};
const DAY: Parameter = {
  name: 'businessDay',
  in: 'query',
  description: 'Today where the location is, unless it is said.',
  schema: { type: 'string', format: 'date' },
};
const PARAMETERS = [LOCATION, STATION, DAY, WAIT];
const ERRORS = [
  'INPUT_INVALID',
  'NOT_FOUND',
  'CURSOR_INVALID',
  'CURSOR_EXPIRED',
  'WAIT_TIMEOUT',
] as const;

interface Board {
  readonly location: KnownLocation;
  readonly businessDay: string;
  readonly items: readonly ReadRow[];
  readonly more: boolean;
}

/** Open tickets of one day, the oldest first. */
async function boardAsked(deps: ModuleRouteDependencies, call: Call): Promise<Board> {
  const location = await locationAsked(deps, call);
  const { query, principal } = call;
  const { locationId } = location;
  const businessDay = query.get('businessDay') ?? businessDayAt(location, serverTime(deps));
  if (!isLocalDate(businessDay))
    throw invalid('businessDay', 'must be a date such as 2026-11-21.', NO_DATE);
  await waitForModel(deps, call, ticketList);
  const stationId = query.get('stationId');
  const station = stationId === undefined ? {} : { stationId };
  const filters = { locationId, businessDay, status: 'open', ...station };
  const reader = deps.projections.reader(ticketList);
  const page = await reader.list({ tenant: principal.tenant, filters, limit: TICKETS_MAX });
  return { location, businessDay, items: page.items, more: page.more };
}

function rowOf({ row }: ReadRow): TicketRow {
  // safe because rows of this model have its columns
  return row as TicketRow;
}

function boardRoute(deps: ModuleRouteDependencies): Route {
  const write = itemWriter(ticketList);
  return {
    method: 'GET',
    path: '/v1/orders/kitchen/board',
    operationId: 'readBoard',
    tag: TAG,
    summary: 'Open tickets of a location, the oldest first, with their age',
    description:
      'Follow them with GET /v1/orders/tickets/live and the same locationId, stationId and businessDay. `serverTime` is ' +
      "the clock that ages count by: `fresh`, then `slow` and `late` by the thresholds of the ticket's station.",
    access: ACCESS,
    parameters: PARAMETERS,
    answers: {
      200: {
        description: 'The board',
        schema: {
          type: 'object',
          required: ['serverTime', 'businessDay', 'stations', 'tickets', 'more'],
        },
      },
    },
    errors: ERRORS,
    async handle(call) {
      const { location, businessDay, items, more } = await boardAsked(deps, call);
      const nowMs = deps.clock.nowMs();
      const tickets = items.map((item) => ({ ...write(item), ...aged(item, location, nowMs) }));
      const { stations } = location;
      const body = { serverTime: serverTime(deps), businessDay, stations, tickets, more };
      return { status: 200, body };
    },
  };
}

function aged(item: ReadRow, { stations }: KnownLocation, nowMs: number) {
  const row = rowOf(item);
  const station = stations.find(({ stationId }) => stationId === row.station_id);
  return ageOf(row, station, nowMs);
}

function allDayRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/orders/kitchen/all-day',
    operationId: 'countAllDay',
    tag: TAG,
    summary: 'How much of each product is to be made, over all open tickets',
    access: ACCESS,
    parameters: PARAMETERS,
    answers: {
      200: {
        description: 'The largest count first',
        schema: { type: 'object', required: ['serverTime', 'businessDay', 'items', 'more'] },
      },
    },
    errors: ERRORS,
    async handle(call) {
      const { businessDay, items, more } = await boardAsked(deps, call);
      const counts = allDay(items.map(rowOf));
      return {
        status: 200,
        body: { serverTime: serverTime(deps), businessDay, items: counts, more },
      };
    },
  };
}

/** Errors: NOT_FOUND, also for a ticket at a location that is none of the caller's. */
async function ticketAsked(deps: ModuleRouteDependencies, call: Call) {
  const key = streamIdOf(call);
  await waitForModel(deps, call, ticketList);
  const { tenant } = call.principal;
  const item = await deps.projections.reader(ticketList).get({ tenant, key });
  if (item === null) throw unknownId();
  const row = rowOf(item);
  return { item, row, location: await locationWithin(deps, call, row.location_id) };
}

function ticketRoute(deps: ModuleRouteDependencies): Route {
  const write = itemWriter(ticketList);
  return {
    method: 'GET',
    path: '/v1/orders/tickets/{id}',
    operationId: 'readTicket',
    tag: TAG,
    summary: 'One ticket with its age',
    access: ACCESS,
    parameters: [ID, WAIT],
    answers: { 200: { description: 'The ticket', schema: { type: 'object', required: ['id'] } } },
    errors: ERRORS,
    async handle(call) {
      const { item, location } = await ticketAsked(deps, call);
      const age = aged(item, location, deps.clock.nowMs());
      return { status: 200, body: { serverTime: serverTime(deps), ...write(item), ...age } };
    },
  };
}

const TEXT = 'text/plain; charset=utf-8';
const FORMAT: Parameter = {
  name: 'format',
  in: 'query',
  description: '`text`, or `json` for the rows one by one.',
  schema: { type: 'string', enum: ['text', 'json'], default: 'text' },
};

function printRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/orders/kitchen/tickets/{id}/print',
    operationId: 'printTicket',
    tag: TAG,
    summary: `A ticket for paper of 80 mm: ${PAPER_COLUMNS} columns`,
    description: 'No character of it is a command of a printer, whatever people called a product.',
    access: ACCESS,
    parameters: [ID, FORMAT, WAIT],
    answers: { 200: { description: 'What is to be made', contentType: TEXT } },
    errors: ERRORS,
    async handle(call) {
      const format = call.query.get('format') ?? 'text';
      if (format !== 'text' && format !== 'json')
        throw invalid('format', 'must be text or json.', notListed(['text', 'json']));
      const { row, location } = await ticketAsked(deps, call);
      const lines = ticketLines(row, factsOf(row, location));
      if (format === 'json') return { status: 200, body: { columns: PAPER_COLUMNS, lines } };
      return { status: 200, contentType: TEXT, body: `${lines.join('\n')}\n` };
    },
  };
}

function factsOf(row: TicketRow, { timeZone, languages, stations, tables }: KnownLocation) {
  const station = stations.find(({ stationId }) => stationId === row.station_id);
  const table = tables.find(({ tableId }) => tableId === row.table_id);
  return {
    timeZone,
    language: languages[0] ?? 'en',
    station: station?.name ?? row.station_id,
    table: table?.name ?? row.table_id,
  };
}
