/** GET /v1/guests/{id} and /v1/guests/{id}/timeline: what a house knows of a guest, whichever module it happened in. */
import { Type } from 'typebox';
import { rfc3339Micros } from '../../core/event-json.ts';
import { ID, streamIdOf } from '../../http/modules/command-routes.ts';
import { LIMIT, LIMIT_PARAMETER } from '../../http/modules/list-conditions.ts';
import { itemWriter } from '../../http/modules/item-json.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { listSchema } from '../../http/modules/shapes.ts';
import { unknownId } from '../../http/moments.ts';
import { limitOf, microsOf } from '../../http/query-input.ts';
import { scoped, type Call, type Parameter, type Route } from '../../http/route.ts';
import {
  CUSTOMERS,
  survivorOf,
  type CustomerState,
  type KnownCustomer,
} from '../customers/index.ts';
import { moneySchema, type Money } from '../../core/money.ts';
import { summaries, type SummaryRow } from './read-models/summaries.ts';
import { timeline } from './read-models/timeline.ts';
import { readTogether } from './routes-together.ts';

const ACCESS = scoped('guests:read');
const TAG = 'Guests';
const Nullable = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

const summary = Type.Object({
  id: Type.String(),
  /** Of a customer that was merged: who stands for it now. */
  survivorId: Type.Union([Type.String(), Type.Null()]),
  /** Whom it stands for, and whose visits are counted in. */
  mergedIds: Type.Array(Type.String()),
  visits: Type.Integer(),
  spent: Type.Array(moneySchema),
  firstVisitAt: Nullable,
  lastVisitAt: Nullable,
});

export function guestRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [summaryRoute(deps), timelineRoute(deps)];
}

interface Guest {
  readonly id: string;
  readonly state: KnownCustomer;
  /** The customer and whom it stands for. */
  readonly ids: readonly string[];
}

/** Errors: NOT_FOUND. */
async function guestOf({ pipeline }: ModuleRouteDependencies, call: Call): Promise<Guest> {
  const id = streamIdOf(call);
  const loaded = await pipeline.load(call.principal.tenant, CUSTOMERS, id);
  // safe because the stream of a category has the state of its aggregate
  const state = loaded.state as CustomerState;
  if (state.status === 'unknown') throw unknownId();
  return { id, state, ids: [id, ...state.merges.map(({ otherId }) => otherId)] };
}

function summaryRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/guests/{id}',
    operationId: 'readGuest',
    tag: TAG,
    summary: 'How often a guest came and what they spent',
    description: 'The id is that of the customer; customers merged into it are counted in.',
    access: ACCESS,
    parameters: [ID, WAIT],
    audit: { class: 'access', action: 'guests.read', person: 'id' },
    answers: { 200: { description: 'The guest', schema: summary } },
    errors: ['NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN', 'WAIT_TIMEOUT'],
    async handle(call) {
      const { id, ids, state } = await guestOf(deps, call);
      await waitForModel(deps, call, summaries);
      const { tenant } = call.principal;
      const rows = await deps.projections.reader(summaries).getMany({ tenant, keys: ids });
      // safe because only this read model writes rows of it
      const counted = [...rows.values()].map(({ row }) => row as SummaryRow);
      const firsts = counted.map((row) => row.first_visit_at).filter((at) => at !== null);
      const lasts = counted.map((row) => row.last_visit_at).filter((at) => at !== null);
      const body = {
        id,
        survivorId: survivorOf(state),
        mergedIds: ids.slice(1),
        visits: counted.reduce((sum, { visits }) => sum + visits, 0),
        spent: summed(counted.flatMap(({ spent }) => spent)),
        firstVisitAt: firsts.sort()[0] ?? null,
        lastVisitAt: lasts.sort().at(-1) ?? null,
      };
      return { status: 200, body, audited: { count: 1, subjects: [id] } };
    },
  };
}

function summed(amounts: readonly Money[]): readonly Money[] {
  const sums = new Map<Money['currency'], number>();
  for (const { amount, currency } of amounts)
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}

const bound = (name: string, description: string): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', format: 'date-time' },
});

function timelineRoute(deps: ModuleRouteDependencies): Route {
  const write = itemWriter(timeline);
  return {
    method: 'GET',
    path: '/v1/guests/{id}/timeline',
    operationId: 'listGuestTimeline',
    tag: TAG,
    summary: 'Everything that happened with a guest, newest first',
    description:
      'Entries of customers, orders, loyalty and reservations; `subject` names the stream that says more, and ' +
      '`details` what a title is made of. Entries of customers merged into this one are among them, under their own ' +
      '`customerId`. Go on with `next` while `more` is true.',
    access: ACCESS,
    parameters: [
      ID,
      bound('from', 'Only at or after this.'),
      bound('to', 'Only before this.'),
      {
        name: 'after',
        in: 'query',
        description: '`next` of the page before.',
        schema: { type: 'string' },
      },
      LIMIT_PARAMETER,
      WAIT,
    ],
    audit: { class: 'access', action: 'guests.timeline-read', person: 'id' },
    answers: { 200: { description: 'A page', schema: listSchema(timeline) } },
    errors: [
      'INPUT_INVALID',
      'NOT_FOUND',
      'CURSOR_INVALID',
      'CURSOR_EXPIRED',
      'CURSOR_FOREIGN',
      'WAIT_TIMEOUT',
    ],
    async handle(call) {
      const limit = limitOf(call.query, LIMIT);
      const range = { from: momentOf(call, 'from'), to: momentOf(call, 'to') };
      const { id, ids } = await guestOf(deps, call);
      await waitForModel(deps, call, timeline);
      const { tenant, rules } = call.principal;
      const query = { tenant, range, locations: rules?.locations ?? null };
      const page = await readTogether(deps.projections.reader(timeline), query, {
        ids,
        limit,
        after: call.query.get('after'),
      });
      const body = { ...page, items: page.items.map(write) };
      return { status: 200, body, audited: { count: page.items.length, subjects: [id] } };
    },
  };
}

function momentOf({ query }: Call, name: string): string | undefined {
  const micros = microsOf(query, name);
  return micros === undefined ? undefined : rfc3339Micros(micros);
}
