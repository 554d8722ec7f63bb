/** GET /v1/leads/export.csv: leads as a file. What leaves the house is written down before it leaves. */
import type { CsvValue } from '../../core/csv.ts';
import { CSV_ANSWER, streamCsv } from '../../http/modules/csv-answer.ts';
import { camelOf } from '../../http/modules/addresses.ts';
import { conditionParameters, conditionsOf } from '../../http/modules/list-conditions.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { scoped, type Route } from '../../http/route.ts';
import type { ReadRow, RowListQuery } from '../../projections/projections.ts';
import { leadList } from './read-models/lead-list.ts';

const PAGE = 500;
const COLUMNS = Object.keys(leadList.columns);

export function exportRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/leads/export.csv',
    operationId: 'exportLeads',
    tag: 'Leads',
    summary: 'Leads as a file, with the filters of the list',
    access: scoped('leads:read'),
    audit: { class: 'audit', action: 'leads.exported', first: true },
    parameters: [...conditionParameters(leadList), WAIT],
    answers: { 200: CSV_ANSWER },
    errors: ['INPUT_INVALID', 'WAIT_TIMEOUT', 'UNAVAILABLE'],
    async handle(call) {
      const query: RowListQuery = {
        tenant: call.principal.tenant,
        ...conditionsOf(call, leadList),
        limit: PAGE,
      };
      await waitForModel(deps, call, leadList);
      const file = { name: 'leads.csv', header: ['id', ...COLUMNS.map(camelOf)] };
      return streamCsv(call, file, records(deps, query));
    },
  };
}

async function* records(
  { projections }: ModuleRouteDependencies,
  query: RowListQuery,
): AsyncGenerator<readonly CsvValue[]> {
  const reader = projections.reader(leadList);
  let after: string | undefined;
  for (let more = true; more;) {
    const page = await reader.list({ ...query, after });
    for (const item of page.items) yield record(item);
    ({ next: after, more } = page);
  }
}

function record({ key, row }: ReadRow): readonly CsvValue[] {
  return [key, ...COLUMNS.map((column) => cell(row[column]))];
}

function cell(value: unknown): CsvValue {
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return null;
}
