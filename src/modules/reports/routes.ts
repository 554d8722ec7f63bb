/** GET /v1/reports/days: lists, single days with their products, hours and staff, and the accountant's file. */
import { isLocalDate, localOf } from '../../core/calendar.ts';
import type { CsvValue } from '../../core/csv.ts';
import type { ReadModel } from '../../core/read-model.ts';
import { CSV_ANSWER, streamCsv } from '../../http/modules/csv-answer.ts';
import { itemWriter } from '../../http/modules/item-json.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { listSchema } from '../../http/modules/shapes.ts';
import { unknownId } from '../../http/moments.ts';
import { AFTER_PAGE, invalid, limitOf, limitParameter, NO_DATE } from '../../http/query-input.ts';
import { scoped, type Call, type Parameter, type Route } from '../../http/route.ts';
import type { ReadRow, RowListQuery } from '../../projections/projections.ts';
import { LOCATIONS, type LocationState } from '../business/index.ts';
import { dayKey, type DayPlace } from './day-keys.ts';
import { DAY_COLUMNS, dayRecords } from './day-records.ts';
import { dayHours } from './read-models/day-hours.ts';
import { dayProducts } from './read-models/day-products.ts';
import { dayStaff } from './read-models/day-staff.ts';
import { days, type DayRow } from './read-models/days.ts';

const ACCESS = scoped('reports:read');
const TAG = 'Reports';
/** Three years of days at once. */
const LIMIT = { standard: 100, max: 1100 };
/** Rows read at once for a file, and for the parts of a day. */
const PAGE = 500;
/** More products than any menu has: what a day lists is cut there rather than growing without bound. */
const PARTS_MAX = 5000;

export function reportsRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [daysRoute(deps), daysFileRoute(deps), dayRoute(deps)];
}

const LOCATION: Parameter = {
  name: 'locationId',
  in: 'query',
  description: 'Only days of this location.',
  schema: { type: 'string', maxLength: 128 },
};
const FROM: Parameter = {
  name: 'from',
  in: 'query',
  description: 'First business day, inclusive.',
  schema: { type: 'string', format: 'date' },
  example: '2026-11-01',
};
const TO: Parameter = {
  ...FROM,
  name: 'to',
  description: 'Business day to end before, exclusive.',
};
const LIMIT_PARAMETER: Parameter = limitParameter('items', LIMIT);

function daysRoute(deps: ModuleRouteDependencies): Route {
  const reader = deps.projections.reader(days);
  const write = itemWriter(days);
  return {
    method: 'GET',
    path: '/v1/reports/days',
    operationId: 'listDays',
    tag: TAG,
    summary: 'Business days with what was sold, taxed, paid and given back',
    description: 'Oldest first. Go on with `next` while `more` is true.',
    access: ACCESS,
    parameters: [LOCATION, FROM, TO, AFTER_PAGE, LIMIT_PARAMETER, WAIT],
    answers: { 200: { description: 'A page', schema: listSchema(days) } },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'WAIT_TIMEOUT'],
    async handle(call) {
      const query = daysQuery(call, limitOf(call.query, LIMIT));
      await waitForModel(deps, call, days);
      const { items, next, more } = await reader.list({ ...query, after: call.query.get('after') });
      return { status: 200, body: { items: items.map(write), next, more } };
    },
  };
}

/** Errors: INPUT_INVALID for what is no date. Whoever may see some locations only finds none of the others. */
function daysQuery({ principal, query }: Call, limit: number): RowListQuery {
  const locationId = query.get('locationId');
  const locations = principal.rules?.locations ?? null;
  const from = dateOf(query, 'from');
  const to = dateOf(query, 'to');
  const filters = locationId === undefined ? {} : { locationId };
  return { tenant: principal.tenant, filters, limit, range: { from, to }, locations };
}

function dateOf(query: ReadonlyMap<string, string>, name: string): string | undefined {
  const text = query.get(name);
  if (text === undefined || isLocalDate(text)) return text;
  throw invalid(name, 'must be a date such as 2026-11-21.', NO_DATE);
}

function daysFileRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/reports/days.csv',
    operationId: 'exportDays',
    tag: TAG,
    summary: 'Business days as a file for the accountant',
    description:
      'One record for each day and entry; amounts are signed and have a decimal point. Sums of `gross` over a file of ' +
      'whole days: sales + refunds = payments + paid-back + corrections - tips - tips-back.',
    access: ACCESS,
    // What leaves the house is written down before it leaves.
    audit: { class: 'audit', action: 'reports.exported', first: true },
    parameters: [LOCATION, FROM, TO, WAIT],
    answers: { 200: CSV_ANSWER },
    errors: ['INPUT_INVALID', 'WAIT_TIMEOUT', 'UNAVAILABLE'],
    async handle(call) {
      const query = daysQuery(call, PAGE);
      await waitForModel(deps, call, days);
      const file = { name: 'days.csv', header: DAY_COLUMNS };
      return streamCsv(call, file, recordsOf(deps, query));
    },
  };
}

async function* recordsOf(
  deps: ModuleRouteDependencies,
  query: RowListQuery,
): AsyncGenerator<readonly CsvValue[]> {
  // safe because rows of this model have its columns
  for await (const { row } of rowsOf(deps, days, query)) yield* dayRecords(row as DayRow);
}

/** All rows of a list, page after page. */
async function* rowsOf(
  { projections }: ModuleRouteDependencies,
  model: ReadModel,
  query: RowListQuery,
): AsyncGenerator<ReadRow> {
  const reader = projections.reader(model);
  let after = query.after;
  for (let more = true; more;) {
    const page = await reader.list({ ...query, after });
    yield* page.items;
    ({ next: after, more } = page);
  }
}

function dayRoute(deps: ModuleRouteDependencies): Route {
  const reader = deps.projections.reader(days);
  const write = itemWriter(days);
  return {
    method: 'GET',
    path: '/v1/reports/days/{locationId}/{day}',
    operationId: 'readDay',
    tag: TAG,
    summary: 'One business day of a location, with its products, hours and staff',
    access: ACCESS,
    parameters: [
      { ...LOCATION, in: 'path', description: 'The location.' },
      { ...FROM, name: 'day', in: 'path', description: 'The business day.' },
      WAIT,
    ],
    answers: {
      200: {
        description: 'The day; hours are local time of the location, `from` is their beginning',
        schema: { type: 'object', required: ['id', 'products', 'hours', 'staff'] },
      },
    },
    errors: ['NOT_FOUND', 'CURSOR_INVALID', 'WAIT_TIMEOUT'],
    async handle(call) {
      const { tenant, rules } = call.principal;
      const { locationId = '', day: businessDay = '' } = call.params;
      const reached = rules?.locations ?? null;
      if (reached !== null && !reached.includes(locationId)) throw unknownId();
      for (const model of [days, dayProducts, dayHours, dayStaff])
        await waitForModel(deps, call, model);
      const place = { locationId, businessDay };
      const found = await reader.get({ tenant, key: dayKey(place) });
      if (found === null) throw unknownId();
      return { status: 200, body: { ...write(found), ...(await partsOf(deps, tenant, place)) } };
    },
  };
}

async function partsOf(deps: ModuleRouteDependencies, tenant: string, place: DayPlace) {
  const filters = { dayKey: dayKey(place) };
  const read = async (model: ReadModel): Promise<readonly ReadRow[]> => {
    const rows: ReadRow[] = [];
    for await (const row of rowsOf(deps, model, { tenant, filters, limit: PAGE })) {
      rows.push(row);
      if (rows.length === PARTS_MAX) break;
    }
    return rows;
  };
  const [products, hours, staff, found] = await Promise.all([
    read(dayProducts),
    read(dayHours),
    read(dayStaff),
    deps.pipeline.load(tenant, LOCATIONS, place.locationId),
  ]);
  // safe because streams of this category are folded by the aggregate of locations alone
  const location = found.state as LocationState;
  const zone = location.status === 'unknown' ? 'UTC' : location.timeZone;
  return {
    products: products.map(itemWriter(dayProducts)),
    hours: hours.map(({ row }) => hourItem(row, zone)),
    staff: staff.map(itemWriter(dayStaff)),
  };
}

function hourItem(row: ReadRow['row'], zone: string): object {
  const { hour, orders, guests, gross } = row;
  const from = String(hour);
  return { from, local: localOf(from, zone).slice(11, 16), orders, guests, gross };
}
