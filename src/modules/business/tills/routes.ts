/** X report: what the open session of a till comes to at this moment. Z reports: what closed ones came to, for good. */
import { Failure } from '../../../core/errors.ts';
import { ID, streamIdOf } from '../../../http/modules/command-routes.ts';
import { itemWriter } from '../../../http/modules/item-json.ts';
import { WAIT, waitForModel } from '../../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../../http/modules/services.ts';
import { listSchema } from '../../../http/modules/shapes.ts';
import { unknownId } from '../../../http/moments.ts';
import { AFTER_PAGE, limitOf, limitParameter } from '../../../http/query-input.ts';
import { scoped, type Call, type Parameter, type Route } from '../../../http/route.ts';
import { sessionReport } from './events.ts';
import { zReportKey, zReports } from './read-models/z-reports.ts';
import { TILLS } from './ring-on-till.ts';
import { reportOf } from './session-report.ts';
import type { KnownTill, TillState } from './state.ts';

/** Who counts should not read what to expect, so these are a manager's: staff has no `reports:read`. */
const ACCESS = scoped('reports:read');
const TAG = 'Business';
const LIMIT = { standard: 100, max: 1000 };

export function tillRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [xReportRoute(deps), zReportsRoute(deps), zReportRoute(deps)];
}

function xReportRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/business/tills/{id}/x-report',
    operationId: 'readXReport',
    tag: TAG,
    summary: 'What the open session of a till comes to now; changes nothing',
    access: ACCESS,
    parameters: [ID],
    answers: {
      200: {
        description: 'The report, and when and at which version of the till it was made',
        schema: {
          type: 'object',
          required: ['at', 'version', ...Object.keys(sessionReport.properties)],
          properties: { at: AT_SCHEMA, version: VERSION_SCHEMA, ...sessionReport.properties },
        },
      },
    },
    errors: ['NOT_FOUND'],
    async handle(call) {
      const { till, version } = await tillOf(deps, call);
      if (till.session === null) throw new Failure('NOT_FOUND', 'No session is open at this till.');
      const at = new Date(deps.clock.nowMs()).toISOString();
      return { status: 200, body: { at, version, ...reportOf(till, till.session) } };
    },
  };
}

const AT_SCHEMA = { type: 'string', format: 'date-time' };
const VERSION_SCHEMA = { type: 'integer', minimum: 1 };
const LIMIT_PARAMETER: Parameter = limitParameter('items', LIMIT);

/** The till as the log has it. Errors: NOT_FOUND, with the same words for a foreign one and one elsewhere. */
async function tillOf(
  { pipeline }: ModuleRouteDependencies,
  call: Call,
): Promise<{ readonly till: KnownTill; readonly version: number }> {
  const found = await pipeline.load(call.principal.tenant, TILLS, streamIdOf(call));
  // safe because streams of this category are folded by the aggregate of tills alone
  const till = found.state as TillState;
  const reached = call.principal.rules?.locations ?? null;
  if (till.status === 'unknown') throw unknownId();
  if (reached !== null && !reached.includes(till.locationId)) throw unknownId();
  return { till, version: Number(found.version) };
}

function zReportsRoute(deps: ModuleRouteDependencies): Route {
  const reader = deps.projections.reader(zReports);
  const write = itemWriter(zReports);
  return {
    method: 'GET',
    path: '/v1/business/tills/{id}/z-reports',
    operationId: 'listZReports',
    tag: TAG,
    summary: 'Z reports of a till, the newest first',
    access: ACCESS,
    parameters: [ID, AFTER_PAGE, LIMIT_PARAMETER, WAIT],
    answers: { 200: { description: 'A page', schema: listSchema(zReports) } },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'WAIT_TIMEOUT'],
    async handle(call) {
      const { tenant } = call.principal;
      const { till } = await tillOf(deps, call);
      await waitForModel(deps, call, zReports);
      const { items, next, more } = await reader.list({
        tenant,
        filters: { tillId: till.tillId },
        limit: limitOf(call.query, LIMIT),
        after: call.query.get('after'),
      });
      return { status: 200, body: { items: items.map(write), next, more } };
    },
  };
}

function zReportRoute(deps: ModuleRouteDependencies): Route {
  const reader = deps.projections.reader(zReports);
  const write = itemWriter(zReports);
  return {
    method: 'GET',
    path: '/v1/business/tills/{id}/z-reports/{number}',
    operationId: 'readZReport',
    tag: TAG,
    summary: 'One Z report of a till',
    access: ACCESS,
    parameters: [
      ID,
      {
        name: 'number',
        in: 'path',
        description: 'Counts the reports of the till from 1.',
        schema: { type: 'integer', minimum: 1 },
        example: 1,
      },
      WAIT,
    ],
    answers: {
      200: { description: 'The report', schema: { type: 'object', required: ['id', 'report'] } },
    },
    errors: ['NOT_FOUND', 'CURSOR_INVALID', 'WAIT_TIMEOUT'],
    async handle(call) {
      const { till } = await tillOf(deps, call);
      const number = Number(call.params['number']);
      await waitForModel(deps, call, zReports);
      const key = zReportKey({ tillId: till.tillId, number });
      const found = await reader.get({ tenant: call.principal.tenant, key });
      if (found === null) throw unknownId();
      return { status: 200, body: write(found) };
    },
  };
}
