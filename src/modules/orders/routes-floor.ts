/** The floor of a location as it is now. Changes come from GET /v1/orders/tables/live. */
import { localOf } from '../../core/calendar.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { scoped, type Call, type Route } from '../../http/route.ts';
import { KEYS_PER_READ_MAX } from '../../projections/projections.ts';
import { businessDayAt, type KnownLocation } from '../business/index.ts';
import { dayStream, takenAt, type DayState, type Taken } from '../reservations/index.ts';
import { LOCATION, locationAsked, serverTime } from './routes-location.ts';
import { tableKey } from './tables/decide.ts';
import { floorPlan, RESERVED_AHEAD_MINUTES } from './tables/floor-plan.ts';
import { floorList, type FloorRow } from './tables/read-models/floor-list.ts';

/** Who is expected is read this far ahead: an evening. */
const AHEAD_MS = 12 * 3_600_000;

export function floorRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/orders/floor',
      operationId: 'readFloor',
      tag: 'Orders',
      summary: 'Every table of a location: free, reserved, seated, ordered, bill or dirty',
      description:
        'Follow changes with GET /v1/orders/tables/live and the same locationId: it says nothing of reservations. A free ' +
        `table is \`reserved\` from ${RESERVED_AHEAD_MINUTES} minutes before \`next.from\`, by \`serverTime\`.`,
      access: scoped('orders:read'),
      parameters: [LOCATION, WAIT],
      answers: {
        200: {
          description: 'The floor',
          schema: { type: 'object', required: ['locationId', 'serverTime', 'areas', 'tables'] },
        },
      },
      errors: ['INPUT_INVALID', 'NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'WAIT_TIMEOUT'],
      async handle(call) {
        const location = await locationAsked(deps, call);
        await waitForModel(deps, call, floorList);
        const [rows, taken] = await Promise.all([
          rowsOf(deps, call, location),
          takenSoon(deps, call, location),
        ]);
        const { locationId, areas } = location;
        const rowOf = (tableId: string) => rows.get(tableId);
        const nowMs = deps.clock.nowMs();
        const tables = floorPlan({ location, rowOf, taken, nowMs });
        const body = { locationId, serverTime: serverTime(deps), areas, tables };
        return { status: 200, body };
      },
    },
  ];
}

/** By table. */
async function rowsOf(
  { projections }: ModuleRouteDependencies,
  { principal: { tenant } }: Call,
  { locationId, tables }: KnownLocation,
): Promise<ReadonlyMap<string, FloorRow>> {
  const reader = projections.reader(floorList);
  const found = new Map<string, FloorRow>();
  for (let at = 0; at < tables.length; at += KEYS_PER_READ_MAX) {
    const some = tables.slice(at, at + KEYS_PER_READ_MAX);
    const keys = some.map(({ tableId }) => tableKey({ locationId, tableId }));
    for (const { row } of (await reader.getMany({ tenant, keys })).values()) {
      // safe because rows of this model have its columns
      const held = row as FloorRow;
      found.set(held.table_id, held);
    }
  }
  return found;
}

/** What is taken now or in the coming hours: it stands on its business day and on every later date that it touches. */
async function takenSoon(
  deps: ModuleRouteDependencies,
  { principal: { tenant } }: Call,
  location: KnownLocation,
): Promise<readonly Taken[]> {
  const at = serverTime(deps);
  const later = new Date(deps.clock.nowMs() + AHEAD_MS).toISOString();
  const { locationId, timeZone } = location;
  const dates = new Set([
    businessDayAt(location, at),
    localOf(at, timeZone).slice(0, 10),
    businessDayAt(location, later),
  ]);
  const days = [...dates].map(async (date) => {
    const { category, id } = dayStream(locationId, date);
    // safe because streams of this category are folded by the aggregate of days alone
    return (await deps.pipeline.load(tenant, category, id)).state as DayState;
  });
  const soon = takenAt(await Promise.all(days), at);
  return soon.filter(({ from, to }) => from < later && to > at);
}
