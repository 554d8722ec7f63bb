/** Many orders of the past at once: they go to the pipeline in the small units that one append can hold. */
import { Type, type Static } from 'typebox';
import { COMMAND_BYTES_MAX } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { refusalOf } from '../../http/problem.ts';
import type { Answer, Call, Route } from '../../http/route.ts';
import { currencySchema } from '../../core/money.ts';
import { importBatchAggregate } from './import-batches/aggregate.ts';
import { importedOrder, importOrders, ORDERS_PER_BATCH_MAX } from './import-batches/commands.ts';
import { IMPORT_BATCHES } from './import-batches/decide.ts';
import { idInput } from './inputs.ts';

/** Of one request: some seconds of work, so that a client sees it move. */
export const IMPORT_ORDERS_MAX = 500;
/** Orders of a few lines each take half a kilobyte. */
const BYTES_MAX = 16 * COMMAND_BYTES_MAX;

const body = Type.Object(
  {
    locationId: idInput,
    currency: currencySchema,
    orders: Type.Array(importedOrder, { minItems: 1, maxItems: IMPORT_ORDERS_MAX }),
  },
  { additionalProperties: false },
);

export function importRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/orders/imports',
    operationId: 'importManyOrders',
    tag: 'Orders',
    summary: 'Takes in orders of the past; those that are there already stay as they are',
    description:
      'Repeat it unchanged after an error: orders that were taken in are counted as unchanged.',
    access: {
      kind: 'command',
      scope: 'orders:import',
      impliedBy: 'orders:write',
      approvable: importOrders.approvable,
    },
    body: {
      bytesMax: BYTES_MAX,
      content: { 'application/json': { schema: body, example: importOrders.examples[0] } },
    },
    answers: {
      200: {
        description: 'How many orders were taken in, and how many were there before',
        schema: {
          type: 'object',
          required: ['created', 'unchanged'],
          properties: { created: { type: 'integer' }, unchanged: { type: 'integer' } },
        },
        example: { created: 500, unchanged: 0 },
      },
    },
    audit: { class: 'audit', action: 'orders.imported' },
    errors: ['INPUT_INVALID', 'FORBIDDEN', 'TOO_LARGE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    refusals: importBatchAggregate.refusals,
    handle: (call) => importAll(deps, call),
  };
}

async function importAll({ pipeline }: ModuleRouteDependencies, call: Call): Promise<Answer> {
  // safe because the route validated the body against this schema
  const { orders, ...where } = call.body as Static<typeof body>;
  let created = 0;
  for (let from = 0; from < orders.length; from += ORDERS_PER_BATCH_MAX) {
    const answer = await pipeline.handle({
      principal: call.principal,
      category: IMPORT_BATCHES,
      command: importOrders.name,
      id: null,
      input: { ...where, orders: orders.slice(from, from + ORDERS_PER_BATCH_MAX) },
    });
    if (answer.status === 'refused') return refused(answer, call);
    created += Number(answer.members['created'] ?? 0);
  }
  const done = { created, unchanged: orders.length - created };
  return { status: 200, body: done, audited: { count: created } };
}

function refused(
  { code, details }: { readonly code: string; readonly details: Readonly<Record<string, unknown>> },
  { traceId }: Call,
): Answer {
  const refusal = importBatchAggregate.refusals[code];
  if (refusal === undefined) throw new TypeError(`${code} is no refusal of imports`);
  const { status, headers, problem } = refusalOf({ code, details, refusal }, traceId);
  return { status, contentType: headers['content-type'] ?? '', body: problem };
}
