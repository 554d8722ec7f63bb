/** Customers as a file for spreadsheets: POST /v1/customers/imports and GET /v1/customers/export.csv. */
import { Type } from 'typebox';
import type { CsvValue } from '../../core/csv.ts';
import { encodeCursor } from '../../core/cursor.ts';
import { Failure } from '../../core/errors.ts';
import { readCsv } from '../../core/read-csv.ts';
import { CSV_ANSWER, streamCsv } from '../../http/modules/csv-answer.ts';
import {
  IMPORT_COUNTS,
  PART_INPUT,
  partOf,
  type PartInput,
} from '../../http/modules/import-parts.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { invalid } from '../../http/query-input.ts';
import { scoped, type Call, type Route } from '../../http/route.ts';
import { customerList } from './read-models/customer-list.ts';
import { rowOf } from './routes-lookup.ts';
import { importCustomers, type CustomerRow } from './routes-table-import.ts';
import { cellsOf, CUSTOMER_COLUMNS, headerOf, tableRowOf } from './table/customer-table.ts';

/** Twenty thousand rows of two hundred bytes. */
const BYTES_MAX = 4 * 1024 * 1024;
/** Some seconds of work; the command line sends a longer file in parts. */
const ROWS_MAX = 20_000;
const PAGE = 1000;

export function tableRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [importRoute(deps), exportRoute(deps)];
}

function importRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/customers/imports',
    operationId: 'importCustomers',
    tag: 'Customers',
    summary: 'Adds and completes customers from comma-separated values',
    description:
      `The first line names the columns, of ${CUSTOMER_COLUMNS.join(', ')}. A row is known by its id, else by its ` +
      'phone, else by its e-mail: who has it already gets what is missing, and only a row with an id changes a name, ' +
      'language or kind. A row that cannot be used is reported with its line and stops no other. The same file again ' +
      'changes nothing.',
    access: scoped('customers:write'),
    audit: { class: 'audit', action: 'customers.imported' },
    body: {
      bytesMax: BYTES_MAX,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['csv'],
            additionalProperties: false,
            properties: {
              csv: { type: 'string', minLength: 1 },
              country: {
                type: 'string',
                pattern: '^[A-Z]{2}$',
                description: 'Of phones that are written without their country code.',
              },
              ...PART_INPUT,
            },
          },
          example: { csv: 'name,phone,email\nAna Souza,+5511987654321,ana@example.com\n' },
        },
      },
    },
    answers: {
      200: { description: 'What became of the rows', schema: Type.Object(IMPORT_COUNTS) },
    },
    errors: ['INPUT_INVALID', 'TOO_LARGE', 'OVERLOADED', 'UNAVAILABLE', 'WAIT_TIMEOUT'],
    async handle({ principal, body }) {
      // safe because the body is valid under the schema above
      const { csv, country, ...asked } = body as ImportBody;
      const rows = numberedRows(csv);
      const { next, ...taken } = partOf(rows, asked);
      const outcome = await importCustomers(deps, taken, { principal, country });
      const { position, ...counts } = outcome;
      const { incarnation } = deps.log;
      const bucket = deps.log.bucketOf(principal.tenant);
      const cursor = encodeCursor({ incarnation, bucket, position });
      const audited = { count: counts.created + counts.changed };
      return { status: 200, body: { rows: rows.length, ...counts, next, cursor }, audited };
    },
  };
}

interface ImportBody extends PartInput {
  readonly csv: string;
  readonly country?: string;
}

/** Errors: INPUT_INVALID for a file that is none, or has a header that is none; TOO_LARGE. */
function numberedRows(csv: string): readonly CustomerRow[] {
  const read = readCsv(csv);
  if (read.outcome === 'broken')
    throw invalid(
      '/csv',
      `has a quote in the record of line ${read.line} that does not close it.`,
      { code: 'CSV_QUOTE', params: { line: read.line } },
    );
  const [head, ...records] = read.records;
  const columns = headerOf(head?.cells ?? []);
  if (columns === null)
    throw invalid(
      '/csv',
      `must begin with a line of columns, each once, of ${CUSTOMER_COLUMNS.join(', ')}, with id, phone or email.`,
      { code: 'CSV_HEADER', params: { allowed: CUSTOMER_COLUMNS } },
    );
  if (records.length > ROWS_MAX)
    throw new Failure('TOO_LARGE', `A file may have ${ROWS_MAX} rows at most here.`);
  return records.map(({ line, cells }, row) => ({ line, row, said: tableRowOf(columns, cells) }));
}

/** Needs more than a look at a list: whoever takes all contacts along may hand them on. */
function exportRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/customers/export.csv',
    operationId: 'exportCustomers',
    tag: 'Customers',
    summary: 'All customers as comma-separated values, as the import takes them',
    access: scoped('persons:read'),
    parameters: [WAIT],
    audit: { class: 'audit', action: 'customers.exported', first: true },
    answers: { 200: CSV_ANSWER },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN', 'WAIT_TIMEOUT'],
    async handle(call) {
      await waitForModel(deps, call, customerList);
      const file = { name: 'customers.csv', header: CUSTOMER_COLUMNS };
      return await streamCsv(call, file, exported(deps, call));
    },
  };
}

/** Merged records are left out: their survivor stands for them. */
async function* exported(
  { projections }: ModuleRouteDependencies,
  { principal: { tenant } }: Call,
): AsyncGenerator<readonly CsvValue[]> {
  const reader = projections.reader(customerList);
  for (let after: string | undefined; ;) {
    const page = await reader.list({ tenant, filters: {}, limit: PAGE, after });
    for (const read of page.items) {
      const row = rowOf(read);
      if (row.status !== 'merged') yield cellsOf(read.key, row);
    }
    if (!page.more) return;
    after = page.next;
  }
}
