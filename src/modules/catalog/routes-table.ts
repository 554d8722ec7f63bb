/** Products as a file for spreadsheets: POST /v1/catalog/products/imports and GET /v1/catalog/products/export. */
import { Type } from 'typebox';
import type { CsvValue } from '../../core/csv.ts';
import { Failure } from '../../core/errors.ts';
import { CURRENCIES, currencySchema, type Currency } from '../../core/money.ts';
import { readCsv } from '../../core/read-csv.ts';
import { CSV_ANSWER, streamCsv } from '../../http/modules/csv-answer.ts';
import {
  IMPORT_COUNTS,
  PART_INPUT,
  partOf,
  type PartInput,
} from '../../http/modules/import-parts.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies, ModuleRoutes } from '../../http/modules/services.ts';
import { invalid, NO_LANGUAGE } from '../../http/query-input.ts';
import { scoped, type Call, type Route } from '../../http/route.ts';
import { textIn } from './pricing/texts.ts';
import { productList } from './products/read-models/product-list.ts';
import type { ProductFacts } from './products/state.ts';
import { cursorAt } from './routes-answers.ts';
import { importTable, type MenuRow } from './routes-table-import.ts';
import { allCategories, rowsOf } from './routes-table-rows.ts';
import { namesTo } from './table/category-paths.ts';
import { cellsOf, headerOf, MENU_COLUMNS, rowOf } from './table/menu-table.ts';

/** Twenty thousand rows of two hundred bytes. */
const BYTES_MAX = 4 * 1024 * 1024;
/** A few seconds of work; a larger menu comes in several files. */
const ROWS_MAX = 20_000;

const LANGUAGE = { type: 'string', pattern: '^[a-z]{2}(-[A-Z]{2})?$', default: 'en' };
const IS_LANGUAGE = new RegExp(LANGUAGE.pattern);
/** Says how many digits prices have after the point. */
const CURRENCY = { ...currencySchema, default: 'EUR' };

export const tableRoutes: ModuleRoutes = (deps) => [importRoute(deps), exportRoute(deps)];

const IMPORT_ANSWERS: Route['answers'] = {
  200: { description: 'What became of the rows', schema: Type.Object(IMPORT_COUNTS) },
};

function importRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/catalog/products/imports',
    operationId: 'importProducts',
    tag: 'Catalog',
    summary: 'Adds and changes products from comma-separated values',
    description:
      `The first line names the columns, of ${MENU_COLUMNS.join(', ')}; a row needs an id or a name. A row that ` +
      'cannot be used is reported with its line and stops no other. The same file again changes nothing.',
    access: scoped('catalog:edit'),
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
              language: LANGUAGE,
              currency: CURRENCY,
              ...PART_INPUT,
            },
          },
          example: { csv: 'name,category,price,tax_class\nEspresso,Coffee,2.50,standard\n' },
        },
      },
    },
    answers: IMPORT_ANSWERS,
    audit: { class: 'audit', action: 'catalog.products.imported' },
    errors: ['INPUT_INVALID', 'TOO_LARGE', 'OVERLOADED', 'UNAVAILABLE', 'WAIT_TIMEOUT'],
    async handle({ principal, body }) {
      // safe because the body is valid under the schema above
      const { csv, language = 'en', currency, ...asked } = body as ImportBody;
      const rows = numberedRows(csv, digitsOf('/currency', currency));
      const { next, ...taken } = partOf(rows, asked);
      const { position, ...counts } = await importTable(deps, taken, { principal, language });
      const cursor = cursorAt(deps.log, principal.tenant, position);
      const audited = { count: counts.created + counts.changed };
      return { status: 200, body: { rows: rows.length, ...counts, next, cursor }, audited };
    },
  };
}

interface ImportBody extends PartInput {
  readonly csv: string;
  readonly language?: string;
  readonly currency?: Currency;
}

/** Errors: INPUT_INVALID for a currency that no location can have. */
function digitsOf(at: string, currency: string | null | undefined): number {
  const known = Object.entries(CURRENCIES).find(([name]) => name === (currency ?? 'EUR'));
  if (known === undefined)
    throw invalid(at, 'must be a currency that locations can have.', 'CURRENCY_UNKNOWN');
  return known[1];
}

/** Errors: INPUT_INVALID for a file that is none, or has a header that is none; TOO_LARGE. */
function numberedRows(csv: string, digits: number): readonly MenuRow[] {
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
      `must begin with a line of columns, each once, of ${MENU_COLUMNS.join(', ')}.`,
      { code: 'CSV_HEADER', params: { allowed: MENU_COLUMNS } },
    );
  if (records.length > ROWS_MAX)
    throw new Failure('TOO_LARGE', `A file may have ${ROWS_MAX} rows at most here.`);
  return records.map(({ line, cells }, row) => ({
    line,
    row,
    said: rowOf(columns, cells, digits),
  }));
}

function exportRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/catalog/products/export',
    operationId: 'exportProducts',
    tag: 'Catalog',
    summary: 'All products as comma-separated values, as the import takes them',
    access: scoped('catalog:read'),
    parameters: [
      {
        name: 'language',
        in: 'query',
        description: 'Of names and descriptions, where they have it.',
        schema: LANGUAGE,
      },
      {
        name: 'currency',
        in: 'query',
        description: 'Of prices: it says how many digits they have after the point.',
        schema: CURRENCY,
      },
      WAIT,
    ],
    answers: { 200: CSV_ANSWER },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN', 'WAIT_TIMEOUT'],
    async handle(call) {
      const language = languageAsked(call);
      await waitForModel(deps, call, productList);
      const file = { name: 'products.csv', header: MENU_COLUMNS };
      const digits = digitsOf('currency', call.query.get('currency'));
      return await streamCsv(call, file, exported(deps, call, { language, digits }));
    },
  };
}

/** Errors: INPUT_INVALID. */
function languageAsked({ query }: Call): string {
  const language = query.get('language') ?? LANGUAGE.default;
  if (IS_LANGUAGE.test(language)) return language;
  throw invalid('language', 'must be a language such as pt-BR.', NO_LANGUAGE);
}

async function* exported(
  deps: ModuleRouteDependencies,
  { principal: { tenant } }: Call,
  { language, digits }: { readonly language: string; readonly digits: number },
): AsyncGenerator<readonly CsvValue[]> {
  const categories = new Map((await allCategories(deps, tenant)).map((each) => [each.id, each]));
  for await (const { key, row } of rowsOf(deps, productList, tenant)) {
    // safe because the read model wrote these columns so
    const { name, description, category_id: categoryId, ...rest } = row as unknown as ExportedRow;
    const category = categoryId === null ? undefined : categories.get(categoryId);
    yield cellsOf(
      {
        id: key,
        name: textIn(name, [language]),
        category: category === undefined ? [] : namesTo(category, categories, language),
        price: rest.variants.length > 0 ? null : rest.price,
        taxClass: rest.tax_class,
        stationId: rest.station_id,
        description: description === null ? null : textIn(description, [language]),
        ingredients: rest.ingredients,
        allergens: rest.allergens,
        status: rest.status,
      },
      digits,
    );
  }
}

interface ExportedRow {
  readonly name: ProductFacts['name'];
  readonly description: ProductFacts['name'] | null;
  readonly category_id: string | null;
  readonly price: number;
  readonly variants: ProductFacts['variants'];
  readonly tax_class: string;
  readonly station_id: string | null;
  readonly ingredients: readonly string[];
  readonly allergens: readonly string[];
  readonly status: string;
}
