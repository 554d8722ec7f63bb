/** Creating routes whose id follows from what is said: an invoice of an order, a series of a year. */
import { mountedOf } from '../../http/modules/addresses.ts';
import { commandRoutes } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import type { CommandRequest, Pipeline } from '../../pipeline/pipeline.ts';
import { INVOICES, invoiceIdOf, SERIES } from './invoice-terms.ts';
import type { InvoiceState } from './state.ts';

/** Who issued, credited and issued again that often has another problem. */
const TURNS_MAX = 50;

export function invoiceRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [
    ...creating(deps, INVOICES, (request) => nextInvoiceId(deps.pipeline, request)),
    ...creating(deps, SERIES, async ({ input }) => {
      const series = memberOf(input, 'series');
      const year = memberOf(input, 'year');
      return typeof series === 'string' && typeof year === 'number' ? `${series}-${year}` : null;
    }),
  ];
}

/** The derived route with `id`; null where the input is not valid, which the pipeline will say. */
function creating(
  deps: ModuleRouteDependencies,
  category: string,
  idOf: (request: CommandRequest) => Promise<string | null>,
): readonly Route[] {
  const pipeline: Pipeline = {
    ...deps.pipeline,
    handle: async (request) => deps.pipeline.handle({ ...request, id: await idOf(request) }),
  };
  return deps.modules
    .flatMap(mountedOf)
    .filter(({ aggregate }) => aggregate.category === category)
    .flatMap((mounted) => commandRoutes({ ...deps, pipeline }, mounted))
    .filter(({ path }) => !path.includes('{id}'));
}

/**
 * The id behind those that were credited whole. One that is in force is answered with its own id, so that `decide` refuses:
 * with an Idempotency-Key the first answer is given again before that.
 */
async function nextInvoiceId(
  pipeline: Pipeline,
  { principal, input }: CommandRequest,
): Promise<string | null> {
  const orderId = memberOf(input, 'orderId');
  if (typeof orderId !== 'string') return null;
  for (let turn = 1; ; turn += 1) {
    const id = invoiceIdOf(orderId, turn);
    // safe because streams of this category are folded by the aggregate of invoices alone
    const state = (await pipeline.load(principal.tenant, INVOICES, id)).state as InvoiceState;
    if (state.status !== 'credited' || turn === TURNS_MAX) return id;
  }
}

function memberOf(input: unknown, member: string): unknown {
  if (typeof input !== 'object' || input === null) return undefined;
  // safe because any member of an object may be looked at
  return (input as Readonly<Record<string, unknown>>)[member];
}
