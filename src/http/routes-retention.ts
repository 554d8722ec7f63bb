/** How long received events of a type are held, over HTTP. */
import { RetentionPage, RetentionRule } from '../contract.ts';
import { invalid } from './query-input.ts';
import { type Parameter, type Route, scoped } from './route.ts';

/** What sets and lists the ages; the log does. */
export interface Retention {
  setRetention(tenant: string, type: string, ageSeconds: number | null): Promise<void>;
  retention(tenant: string): Promise<readonly { type: string; ageSeconds: number }[]>;
}

const BODY_BYTES_MAX = 1024;
const TAG = 'Retention';
const TYPE: Parameter = {
  name: 'type',
  in: 'path',
  description: 'Type of the events, exactly.',
  schema: { type: 'string' },
};
const EXAMPLE = { ageSeconds: 2_592_000 };

export function retentionRoutes(retention: Retention): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/retention',
      operationId: 'listRetention',
      tag: TAG,
      summary: 'Types whose received events are removed after an age',
      access: scoped('events:read'),
      answers: { 200: { description: 'The rules', schema: RetentionPage } },
      async handle({ principal }) {
        const rules = await retention.retention(principal.tenant);
        const items = rules.map(({ type, ageSeconds }) => ({ type, ageSeconds }));
        return { status: 200, body: { items } };
      },
    },
    {
      method: 'PUT',
      path: '/v1/retention/{type}',
      operationId: 'setRetention',
      tag: TAG,
      summary: 'Remove received events of a type after an age',
      description:
        'Removed events keep their positions and readers step over them. Decided events are never removed. The age is ' +
        'at least the dedupe window.',
      access: scoped('admin'),
      parameters: [TYPE],
      body: {
        bytesMax: BODY_BYTES_MAX,
        content: { 'application/json': { schema: RetentionRule, example: EXAMPLE } },
      },
      answers: { 204: { description: 'The rule stands; it is applied within a minute or two' } },
      audit: { class: 'audit', action: 'retention.set' },
      errors: ['INPUT_INVALID', 'UNSUPPORTED_MEDIA_TYPE'],
      async handle({ principal, params, body }) {
        const type = typeOf(params);
        const before = await ruleOf(retention, principal.tenant, type);
        await retention.setRetention(principal.tenant, type, ageOf(body));
        return { status: 204, audited: { before, after: { ageSeconds: ageOf(body) } } };
      },
    },
    {
      method: 'DELETE',
      path: '/v1/retention/{type}',
      operationId: 'liftRetention',
      tag: TAG,
      summary: 'Hold events of a type for good again',
      access: scoped('admin'),
      parameters: [TYPE],
      answers: { 204: { description: 'There is no rule for the type any more' } },
      audit: { class: 'audit', action: 'retention.lifted' },
      async handle({ principal, params }) {
        const type = typeOf(params);
        const before = await ruleOf(retention, principal.tenant, type);
        await retention.setRetention(principal.tenant, type, null);
        return { status: 204, audited: { before, after: { ageSeconds: null } } };
      },
    },
  ];
}

/** Types of our own are decided, and decided events are never removed. */
function typeOf(params: Readonly<Record<string, string>>): string {
  const type = params['type'] ?? '';
  if (type === '' || type.startsWith('comptoir.'))
    throw invalid(
      'type',
      'must be a type received from outside: only those have an age.',
      'UNUSABLE',
    );
  return type;
}

/** What the audit trail keeps of the rule before a change. */
async function ruleOf(retention: Retention, tenant: string, type: string) {
  const rule = (await retention.retention(tenant)).find((each) => each.type === type);
  return { ageSeconds: rule?.ageSeconds ?? null };
}

function ageOf(body: unknown): number {
  // safe because the route's schema was checked before
  const { ageSeconds } = body as RetentionRule;
  return ageSeconds;
}
