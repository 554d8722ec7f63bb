/** GET /v1/customers/{id}/merges: whom a customer stands for, and what came of merges that were taken back. */
import { Type } from 'typebox';
import { ID, streamIdOf } from '../../http/modules/command-routes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { scoped, type Route } from '../../http/route.ts';
import { CUSTOMERS, type CustomerState } from './state.ts';

/** What a customer's own stream gets in years; the history has all of them. */
const LATER_EVENTS_MAX = 200;

const Time = Type.String({ format: 'date-time' });
const laterEvent = Type.Object({ version: Type.Integer(), type: Type.String(), at: Time });
const merges = Type.Object({
  mergedInto: Type.Union([Type.String(), Type.Null()]),
  merges: Type.Array(Type.Object({ otherId: Type.String(), at: Time, version: Type.Integer() })),
  undone: Type.Array(
    Type.Object({
      otherId: Type.String(),
      mergedAt: Time,
      at: Time,
      laterEvents: Type.Array(laterEvent),
      /** There are more than are listed. */
      more: Type.Boolean(),
    }),
  ),
});

export function mergesRoute({ pipeline }: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/customers/{id}/merges',
    operationId: 'listMergesOfCustomer',
    tag: 'Customers',
    summary: 'Whom a customer stands for, and what stayed with it when a merge was taken back',
    description:
      'Events of the customer alone; orders, points and reservations of that time are on the timeline of the guest.',
    access: scoped('customers:read'),
    parameters: [ID],
    answers: { 200: { description: 'Merges, oldest first', schema: merges } },
    errors: ['NOT_FOUND'],
    async handle(call) {
      const id = streamIdOf(call);
      const stream = { tenant: call.principal.tenant, category: CUSTOMERS, id };
      const loaded = await pipeline.load(stream.tenant, CUSTOMERS, id);
      // safe because the stream of a category has the state of its aggregate
      const state = loaded.state as CustomerState;
      if (state.status === 'unknown') throw unknownId();
      const undone = state.undoneMerges.map(async (merge) => {
        const { otherId, mergedAt, mergedVersion, at, version } = merge;
        const count = version - mergedVersion - 1;
        const limit = Math.min(count, LATER_EVENTS_MAX);
        const page = { afterVersion: BigInt(mergedVersion), limit };
        const { entries } = limit === 0 ? { entries: [] } : await pipeline.history(stream, page);
        const laterEvents = entries.map((entry) => ({
          version: Number(entry.version),
          type: entry.type,
          at: entry.at,
        }));
        return { otherId, mergedAt, at, laterEvents, more: count > laterEvents.length };
      });
      const body = {
        mergedInto: state.mergedInto,
        merges: state.merges,
        undone: await Promise.all(undone),
      };
      return { status: 200, body };
    },
  };
}
