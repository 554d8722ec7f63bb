/** Policies over HTTP: how far they are, what they could not answer, and what to do about it. */
import { Type } from 'typebox';
import { positionText } from '../core/event-json.ts';
import type { ParkedRow } from '../subscriptions/policies/policy-store.ts';
import type { Policies, PolicyStatus } from '../subscriptions/policies/policies.ts';
import { limitOf, limitParameter } from './query-input.ts';
import { scoped, type Parameter, type Route } from './route.ts';

const PAGE = { standard: 100, max: 1_000 };
/** Tenant and lane, with room for the longest names. */
const BODY_BYTES_MAX = 16 * 1024;
const TEXT = { type: 'string' };

const LaneBody = Type.Object(
  {
    tenant: Type.String({ minLength: 1 }),
    lane: Type.String({ minLength: 1, description: '`lane` of a parked event.' }),
  },
  { additionalProperties: false },
);
const LANE_EXAMPLE = { tenant: 'default', lane: 'orders/01J9Z5N6T8' };

const PolicyView = Type.Object({
  name: Type.String(),
  lagSeconds: Type.Number({
    description: 'Age of the oldest event not handled; 0 when up to date.',
  }),
  behindEvents: Type.Number(),
  suspended: Type.Boolean({
    description: 'It made no progress for 7 days; resume it when repaired.',
  }),
  parked: Type.Number({ description: 'Events and timers that wait for a person.' }),
  timers: Type.Number({ description: 'Timers that are set.' }),
  done: Type.Number({ description: 'Commands carried out since it began.' }),
  refused: Type.Number({ description: 'Commands that the business refused.' }),
  lastRefusal: Type.Union([Type.String(), Type.Null()]),
});
const PolicyList = Type.Object({ items: Type.Array(PolicyView) });

const ParkedView = Type.Object({
  tenant: Type.String(),
  bucket: Type.Integer(),
  position: Type.String({ description: '20 decimal digits.' }),
  lane: Type.String({
    description: 'The stream of the event, or the key of the process manager it belongs to.',
  }),
  timer: Type.Union([Type.String(), Type.Null()]),
  type: Type.String(),
  reason: Type.String({ description: 'A code; `behind` when it waits for another of its lane.' }),
  attempts: Type.Integer(),
  parkedAt: Type.String({ format: 'date-time' }),
});
const ParkedList = Type.Object({ items: Type.Array(ParkedView) });
const LeftView = Type.Object({ left: Type.Integer({ description: 'Still parked in the lane.' }) });

const NAME: Parameter = {
  name: 'name',
  in: 'path',
  description: 'Name of the policy.',
  schema: TEXT,
  example: 'loyalty.earn-on-order',
};

const COMMON = { tag: 'Policies', access: scoped('projections:write') } as const;

/** All routes speak of every tenant: they need an installation-wide scope. */
export function policyRoutes(deps: { readonly policies: Policies }): readonly Route[] {
  return [...readingRoutes(deps), ...repairingRoutes(deps), resumeRoute(deps)];
}

function readingRoutes({ policies }: { readonly policies: Policies }): readonly Route[] {
  return [
    {
      ...COMMON,
      method: 'GET',
      path: '/v1/policies',
      operationId: 'listPolicies',
      summary: 'Policies: how far they are and what became of their commands',
      answers: { 200: { description: 'All policies', schema: PolicyList } },
      async handle() {
        return { status: 200, body: { items: (await policies.status()).map(statusView) } };
      },
    },
    {
      ...COMMON,
      method: 'GET',
      path: '/v1/policies/{name}/parked',
      operationId: 'listParkedOfPolicy',
      summary: 'Events and timers that the policy could not answer, oldest first',
      parameters: [NAME, limitParameter('entries', PAGE)],
      answers: { 200: { description: 'What is parked', schema: ParkedList } },
      errors: ['NOT_FOUND', 'INPUT_INVALID'],
      async handle({ params, query }) {
        const rows = await policies.parked(params['name'] ?? '', limitOf(query, PAGE));
        return { status: 200, body: { items: rows.map(parkedView) } };
      },
    },
  ];
}

function repairingRoutes({ policies }: { readonly policies: Policies }): readonly Route[] {
  const body = {
    bytesMax: BODY_BYTES_MAX,
    content: { 'application/json': { schema: LaneBody, example: LANE_EXAMPLE } },
  };
  const common = {
    ...COMMON,
    method: 'POST',
    parameters: [NAME],
    body,
    answers: { 200: { description: 'How many are left', schema: LeftView } },
    errors: ['NOT_FOUND', 'INPUT_INVALID', 'UNSUPPORTED_MEDIA_TYPE', 'OVERLOADED'],
  } as const;
  return [
    {
      ...common,
      path: '/v1/policies/{name}/retry',
      operationId: 'retryParkedOfPolicy',
      audit: { class: 'audit', action: 'policy.retried', keepsBody: true },
      summary: 'Answer what is parked in a lane, in order, until one fails again',
      async handle({ params, body: lane }) {
        // safe because the body is valid under LaneBody
        const { tenant, lane: name } = lane as { tenant: string; lane: string };
        return {
          status: 200,
          body: await policies.retry(params['name'] ?? '', { tenant, lane: name }),
        };
      },
    },
    {
      ...common,
      path: '/v1/policies/{name}/skip',
      operationId: 'skipParkedOfPolicy',
      audit: { class: 'audit', action: 'policy.skipped', keepsBody: true },
      summary: 'Give up the first parked event of a lane and answer those behind it',
      async handle({ params, body: lane }) {
        // safe because the body is valid under LaneBody
        const { tenant, lane: name } = lane as { tenant: string; lane: string };
        return {
          status: 200,
          body: await policies.skip(params['name'] ?? '', { tenant, lane: name }),
        };
      },
    },
  ];
}

function resumeRoute({ policies }: { readonly policies: Policies }): Route {
  return {
    ...COMMON,
    method: 'POST',
    path: '/v1/policies/{name}/resume',
    operationId: 'resumePolicy',
    summary: 'Go on with a policy that was suspended because it made no progress for 7 days',
    parameters: [NAME],
    answers: { 204: { description: 'It goes on within seconds' } },
    audit: { class: 'audit', action: 'policy.resumed' },
    errors: ['NOT_FOUND'],
    async handle({ params }) {
      await policies.resume(params['name'] ?? '');
      return { status: 204 };
    },
  };
}

function statusView({ behindEvents, ...status }: PolicyStatus): object {
  return { ...status, behindEvents: Number(behindEvents) };
}

function parkedView({ position, timer, ...row }: ParkedRow): object {
  return { ...row, position: positionText(position), timer: timer === '' ? null : timer };
}
