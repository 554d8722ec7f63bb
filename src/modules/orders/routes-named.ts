/** Creating routes whose id follows from what is said: a ticket at a station, a table at a location. */
import { mountedOf } from '../../http/modules/addresses.ts';
import { commandRoutes, withFixedId } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { tableKey, TABLES } from './tables/decide.ts';
import { TICKETS } from './tickets/aggregate.ts';
import { ticketKeyOf } from './tickets/ticket-row.ts';

export function namedRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [
    ...creating(deps, TICKETS, (member) =>
      ticketKeyOf({ ticketId: member('ticketId'), stationId: member('stationId') }),
    ),
    ...creating(deps, TABLES, (member) => {
      const locationId = member('locationId');
      const tableId = member('tableId');
      return locationId === null || tableId === null ? null : tableKey({ locationId, tableId });
    }),
  ];
}

/** The derived route with `id`; null where the input is not valid, which the pipeline will say. */
function creating(
  deps: ModuleRouteDependencies,
  category: string,
  idOf: (member: (name: string) => string | null) => string | null,
): readonly Route[] {
  const pipeline: Pipeline = {
    ...deps.pipeline,
    handle: (request) =>
      deps.pipeline.handle({ ...request, id: idOf((name) => textIn(request.input, name)) }),
  };
  return deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === category)
    .flatMap((mounted) => commandRoutes({ ...deps, pipeline }, mounted))
    .filter(({ path }) => !path.includes('{id}'))
    .map(withFixedId);
}

function textIn(input: unknown, name: string): string | null {
  if (typeof input !== 'object' || input === null) return null;
  // safe because any member of an object may be looked at
  const value = (input as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}
