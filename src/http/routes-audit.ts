/** The audit trail over HTTP: questions to it, and its verification. Whoever asks leaves an entry as well. */
import type { Audit } from '../audit/create-audit-trail.ts';
import { AUDIT_CLASSES } from '../audit/chain.ts';
import { PRIVILEGE_ACTIONS, type AuditItem, type AuditQuery } from '../audit/queries.ts';
import type { Verified } from '../audit/verify.ts';
import type { AuditClass } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import { rfc3339Micros } from '../core/event-json.ts';
import { placeIn, placeText } from './audit-cursor.ts';
import { PURPOSE } from './audit-hook.ts';
import {
  AuditPageView,
  AuditVerified,
  AuditVerifyRequest,
  FailedSignInsView,
} from './audit-shapes.ts';
import { invalid, limitOf, microsOf, notListed, typeFilterOf } from './query-input.ts';
import { scoped, type Answer, type Call, type Parameter, type Route } from './route.ts';

export interface AuditRouteDependencies {
  readonly audit: Pick<Audit, 'find' | 'failedSignIns' | 'verify' | 'publicKey'>;
  readonly clock: Clock;
}

const TAG = 'Audit';
const ACCESS = scoped('audit:read');
const LIMIT = { standard: 100, max: 1000 };
/** A few thousand checkpoints of 300 bytes. */
const VERIFY_BYTES_MAX = 2 * 1024 * 1024;
const DAY_MICROS = 86_400_000_000n;
const TEXT = { type: 'string' };

const query = (name: string, description: string, schema: object = TEXT): Parameter => ({
  name,
  in: 'query',
  description,
  schema,
});
const TIME = { type: 'string', format: 'date-time' };
const ACTOR = query('actor', 'Id of a key, or `user:ID`, exactly.');
const FROM = query('from', 'Recorded at this time or later.', TIME);
const TO = query('to', 'Recorded before this time.', TIME);
const LIMIT_PARAMETER = query('limit', 'Most items of a page.', {
  type: 'integer',
  minimum: 1,
  maximum: LIMIT.max,
  default: LIMIT.standard,
});
const PAGE: readonly Parameter[] = [query('after', '`next` of the page before.'), LIMIT_PARAMETER];

export function auditRoutes(deps: AuditRouteDependencies): readonly Route[] {
  return [
    listRoute(deps),
    accessReport(deps),
    privilegeReport(deps),
    signInReport(deps),
    verifyRoute(deps),
  ];
}

/** What listings have in common. */
const LISTING = {
  method: 'GET',
  tag: TAG,
  access: ACCESS,
  audit: { class: 'access', action: 'audit.listed' },
  answers: { 200: { description: 'Newest first', schema: AuditPageView } },
  errors: ['INPUT_INVALID', 'CURSOR_INVALID'],
} as const satisfies Partial<Route>;

function listRoute({ audit }: AuditRouteDependencies): Route {
  return {
    ...LISTING,
    path: '/v1/audit',
    operationId: 'listAuditEntries',
    summary: 'Who did, read or was refused what, newest first',
    description:
      'Three classes: `audit` (changes and exports), `security` (sign-ins, refusals, who may do what), `access` ' +
      '(reads of personal data). Go on with `next` while `more` is true.',
    parameters: [
      query('class', 'Of one class only.', { enum: AUDIT_CLASSES }),
      ACTOR,
      query('action', 'An action, or `prefix.*` for all that begin so.'),
      query('address', 'Address of the client, exactly.'),
      FROM,
      TO,
      ...PAGE,
      PURPOSE,
    ],
    async handle(call) {
      const action = typeFilterOf(call.query.get('action'));
      return page(audit, call, {
        classes: classesOf(call.query.get('class')),
        actor: call.query.get('actor'),
        action: action !== undefined && 'exact' in action ? action.exact : undefined,
        actionPrefixes: action !== undefined && 'prefix' in action ? [action.prefix] : [],
        address: call.query.get('address'),
        fromMicros: microsOf(call.query, 'from'),
        toMicros: microsOf(call.query, 'to'),
      });
    },
  };
}

function accessReport({ audit, clock }: AuditRouteDependencies): Route {
  return {
    ...LISTING,
    path: '/v1/audit/reports/access',
    operationId: 'reportAccess',
    summary: 'Personal data that somebody read, in the last 24 hours',
    parameters: [ACTOR, FROM, TO, ...PAGE, PURPOSE],
    async handle(call) {
      const actor = call.query.get('actor');
      if (actor === undefined)
        throw invalid('actor', 'must say whose access is asked for.', 'REQUIRED');
      const fromMicros = microsOf(call.query, 'from') ?? before(clock, DAY_MICROS);
      const toMicros = microsOf(call.query, 'to');
      return page(audit, call, { classes: ['access'], actor, fromMicros, toMicros });
    },
  };
}

function privilegeReport({ audit, clock }: AuditRouteDependencies): Route {
  return {
    ...LISTING,
    path: '/v1/audit/reports/privileges',
    operationId: 'reportPrivileges',
    summary: 'Changes of who may do what, in the last 7 days',
    parameters: [FROM, TO, ...PAGE, PURPOSE],
    async handle(call) {
      const fromMicros = microsOf(call.query, 'from') ?? before(clock, 7n * DAY_MICROS);
      const toMicros = microsOf(call.query, 'to');
      const classes = ['security'] as const;
      return page(audit, call, {
        classes,
        actionPrefixes: PRIVILEGE_ACTIONS,
        fromMicros,
        toMicros,
      });
    },
  };
}

function signInReport({ audit, clock }: AuditRouteDependencies): Route {
  return {
    ...LISTING,
    path: '/v1/audit/reports/failed-sign-ins',
    operationId: 'reportFailedSignIns',
    summary: 'Addresses from which sign-ins were refused in the last 24 hours, most frequent first',
    parameters: [FROM, LIMIT_PARAMETER, PURPOSE],
    answers: { 200: { description: 'Most frequent first', schema: FailedSignInsView } },
    async handle(call) {
      const { tenant } = call.principal;
      const fromMicros = microsOf(call.query, 'from') ?? before(clock, DAY_MICROS);
      const limit = limitOf(call.query, LIMIT);
      const found = await audit.failedSignIns({ tenant, fromMicros, limit });
      const items = found.map(({ address, count, firstAtMicros, lastAtMicros }) => ({
        address,
        count,
        firstTime: rfc3339Micros(firstAtMicros),
        lastTime: rfc3339Micros(lastAtMicros),
      }));
      return { status: 200, body: { items }, audited: { count: items.length } };
    },
  };
}

function verifyRoute({ audit }: AuditRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/audit/verify',
    operationId: 'verifyAudit',
    tag: TAG,
    summary: 'Check that nothing in the audit trail was changed, removed, moved, added or cut off',
    description:
      'Goes through every chain of the tenant and compares it with the checkpoints of this server and those given, and ' +
      'names the first entry of each chain that is not as it was written. One verification at a time.',
    access: ACCESS,
    audit: { class: 'access', action: 'audit.verified' },
    body: {
      bytesMax: VERIFY_BYTES_MAX,
      content: { 'application/json': { schema: AuditVerifyRequest, example: {} } },
    },
    answers: { 200: { description: 'What was found', schema: AuditVerified } },
    errors: ['INPUT_INVALID', 'OVERLOADED', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
    async handle({ principal, body }) {
      // safe because the body was validated under AuditVerifyRequest
      const { checkpoints = [] } = body as { readonly checkpoints?: readonly unknown[] };
      const { tenant } = principal;
      const chains = await audit.verify(tenant, checkpoints);
      const ok = chains.every(({ damage, foreign }) => damage === null && foreign === 0);
      const { publicKey } = audit;
      return { status: 200, body: { ok, tenant, chains: chains.map(chainJson), publicKey } };
    },
  };
}

async function page(
  audit: AuditRouteDependencies['audit'],
  { principal, query: given }: Call,
  of: Omit<AuditQuery, 'tenant' | 'limit' | 'before'>,
): Promise<Answer> {
  const { items, next, more } = await audit.find({
    ...of,
    tenant: principal.tenant,
    limit: limitOf(given, LIMIT),
    before: placeIn(given.get('after')),
  });
  const body = { items: items.map(itemJson), next: placeText(next), more };
  return { status: 200, body, audited: { count: items.length } };
}

function classesOf(text: string | undefined): readonly AuditClass[] {
  if (text === undefined) return AUDIT_CLASSES;
  const known = AUDIT_CLASSES.filter((each) => each === text);
  if (known.length === 0)
    throw invalid('class', `must be one of ${AUDIT_CLASSES.join(', ')}.`, notListed(AUDIT_CLASSES));
  return known;
}

function before(clock: Clock, micros: bigint): bigint {
  return BigInt(Math.trunc(clock.nowMs())) * 1000n - micros;
}

function itemJson({ seq, recordedAtMicros, damaged, ...item }: AuditItem): object {
  return {
    ...item,
    seq: Number(seq),
    recordedTime: rfc3339Micros(recordedAtMicros),
    ...(damaged ? { damaged } : {}),
  };
}

function chainJson({ first, last, damage, ...rest }: Verified): object {
  return {
    ...rest,
    first: Number(first),
    last: Number(last),
    damage: damage === null ? null : { ...damage, seq: Number(damage.seq) },
  };
}
