/**
 * A table of products becomes commands. One row that cannot be used is reported with its line and stops no other; a file
 * that is sent again changes nothing, since a new product's id derives from its name.
 */
import type { Principal } from '../../access/principal.ts';
import { STREAM_ID } from '../../core/aggregate.ts';
import { Failure } from '../../core/errors.ts';
import type { FieldError, FieldFault } from '../../core/field-faults.ts';
import { isRowFault } from '../../core/row-fault.ts';
import { eachRow } from '../../http/modules/each-row.ts';
import {
  newOutcome,
  noteAnswer,
  rejectRow,
  type ImportOutcome,
  type NumberedRow,
} from '../../http/modules/import-parts.ts';
import { waitForLists } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';
import { categoryList } from './categories/read-models/category-list.ts';
import { CATEGORIES_CATEGORY } from './categories/state.ts';
import { PRODUCTS_CATEGORY } from './pricing/price-line.ts';
import { productList } from './products/read-models/product-list.ts';
import { initialState as NO_PRODUCT, type ProductState } from './products/state.ts';
import { digest } from './routes-digest.ts';
import { allCategories, allProducts } from './routes-table-rows.ts';
import { idsByPath, pathKey } from './table/category-paths.ts';
import type { MenuTableRow } from './table/menu-table.ts';

/** Rows whose categories are made before them. */
const PART_MAX = 100;
export type MenuRow = NumberedRow<MenuTableRow>;

interface Importing {
  readonly deps: ModuleRouteDependencies;
  readonly principal: Principal;
  readonly language: string;
  /** By `pathKey` of the name; null for a name that several products have. */
  readonly productIds: ReadonlyMap<string, string | null>;
  /** Products that the list had at the beginning. */
  readonly listed: ReadonlySet<string>;
  readonly categoryIds: Map<string, string>;
  /** Ids taken by rows before, with their lines. */
  readonly lines: Map<string, number>;
  readonly outcome: ImportOutcome;
}

/** Errors: those of the pipeline that are no fault of a row; what was done before stays, and repeating is safe. */
export async function importTable(
  deps: ModuleRouteDependencies,
  rows: { readonly before: readonly MenuRow[]; readonly part: readonly MenuRow[] },
  { principal, language }: { readonly principal: Principal; readonly language: string },
): Promise<ImportOutcome> {
  const { tenant } = principal;
  // What was made a moment ago is found by its name, and not made twice.
  await waitForLists(deps, tenant, [productList, categoryList]);
  const products = await allProducts(deps, tenant);
  const importing: Importing = {
    deps,
    principal,
    language,
    productIds: idsByName(products),
    listed: new Set(products.map(({ id }) => id)),
    categoryIds: idsByPath(await allCategories(deps, tenant)),
    lines: new Map(),
    outcome: newOutcome(),
  };
  for (const each of rows.before) await remember(importing, each);
  const { part } = rows;
  for (let at = 0; at < part.length; at += PART_MAX) {
    const some = part.slice(at, at + PART_MAX);
    // One after another: a row may stand in a category that the row before it made.
    for (const { said } of some)
      if (!isRowFault(said) && said.category !== undefined)
        await addCategories(importing, said.category);
    await eachRow(some, (each) => importRow(importing, each));
  }
  importing.outcome.rejections.sort((a, b) => a.line - b.line);
  return importing.outcome;
}

function idsByName(
  products: readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[],
): ReadonlyMap<string, string | null> {
  const ids = new Map<string, string | null>();
  for (const { id, name } of products)
    for (const key of new Set(Object.values(name).map((text) => pathKey([text]))))
      ids.set(key, ids.has(key) ? null : id);
  return ids;
}

async function importRow(importing: Importing, numbered: MenuRow): Promise<void> {
  const { outcome } = importing;
  const { line, said } = numbered;
  const reject = (code: string, detail: string, errors: readonly FieldError[] = []): void =>
    rejectRow(outcome, numbered, { code, detail, errors });
  const unusable = (message: string, fault: FieldFault): void =>
    reject('INPUT_INVALID', message, [{ at: '', message, ...fault }]);
  if (isRowFault(said)) return reject('INPUT_INVALID', said.fault.message, [said.fault]);
  const id = await idOf(importing, said);
  if (id === null) return unusable('names no product: several have its name', SEVERAL_FIT);
  if (!STREAM_ID.test(id)) return unusable('has an id that cannot be one', { code: 'ID_FORM' });
  const before = importing.lines.get(id);
  // A row that is tried again was here itself.
  if (before !== undefined && before !== line)
    return unusable(`is about the product of line ${before} again`, {
      code: 'ROW_AGAIN',
      params: { line: before },
    });
  importing.lines.set(id, line);
  try {
    const done = await put(importing, id, said);
    if (typeof done === 'string') outcome[done] += 1;
    else reject(done.code, `is refused: ${done.code}`);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'INPUT_INVALID') throw error;
    const [first] = error.errors;
    const what = first === undefined ? 'a value' : `${first.at} ${first.message}`;
    reject('INPUT_INVALID', `has a value that cannot be used: ${what}`, error.errors);
  }
}

const SEVERAL_FIT: FieldFault = { code: 'SEVERAL_FIT' };

/** Of a row that an earlier part took: what it is known by. */
async function remember(importing: Importing, { line, said }: MenuRow): Promise<void> {
  if (isRowFault(said)) return;
  const id = await idOf(importing, said);
  if (id !== null && !importing.lines.has(id)) importing.lines.set(id, line);
}

async function idOf(importing: Importing, { id, name }: MenuTableRow): Promise<string | null> {
  if (id !== null || name === undefined) return id;
  const key = pathKey([name]);
  const known = importing.productIds.get(key);
  return known === undefined ? `product-${await digest(key)}` : known;
}

type Done = 'created' | 'changed' | 'unchanged' | { readonly code: string };

/** Adds the product, or changes what the row says otherwise. */
async function put(importing: Importing, id: string, row: MenuTableRow): Promise<Done> {
  const { name, price, taxClass } = row;
  const isWhole = name !== undefined && price !== undefined && taxClass !== undefined;
  // The list may be behind, so a whole row of a product that it does not have is tried as a new one first.
  if (isWhole && !importing.listed.has(id)) {
    const added = await give(importing, { command: 'AddProduct', id, row, state: NO_PRODUCT });
    if (added.status === 'done') return 'created';
    if (added.code !== 'PRODUCT_EXISTS') return { code: added.code };
  }
  const { tenant } = importing.principal;
  const read = await importing.deps.pipeline.load(tenant, PRODUCTS_CATEGORY, id);
  // safe because this category has states of this type
  const state = read.state as ProductState;
  const isNew = state.status === 'unknown';
  const command = isNew ? 'AddProduct' : 'ChangeProduct';
  const answer = await give(importing, { command, id, row, state });
  if (answer.status === 'refused') return { code: answer.code };
  if (isNew) return 'created';
  return answer.version > read.version ? 'changed' : 'unchanged';
}

async function give(
  importing: Importing,
  asked: {
    readonly command: 'AddProduct' | 'ChangeProduct';
    readonly id: string;
    readonly row: MenuTableRow;
    readonly state: ProductState;
  },
): Promise<CommandAnswer> {
  const { command, id, row, state } = asked;
  const { deps, principal, outcome } = importing;
  const input = inputOf(importing, row, state);
  const category = PRODUCTS_CATEGORY;
  const answer = await deps.pipeline.handle({ principal, category, command, id, input });
  noteAnswer(outcome, answer);
  return answer;
}

/** Only what the row says; texts in other languages stay. */
function inputOf(
  { language, categoryIds }: Importing,
  row: MenuTableRow,
  product: ProductState,
): object {
  const known = product.status === 'unknown' ? null : product;
  const { name, description, category, price, taxClass, stationId, ingredients, allergens } = row;
  const key = pathKey(category ?? []);
  // A path whose category could not be added has no id: it is named as it stands, and refused.
  const categoryId = key === '' ? null : (categoryIds.get(key) ?? `unknown-category`);
  // A product whose variants have the prices has none of its own.
  const own = known !== null && known.variants.length > 0 ? undefined : price;
  const given = {
    name: name === undefined ? undefined : { ...known?.name, [language]: name },
    description:
      description === undefined ? undefined : { ...known?.description, [language]: description },
    categoryId: category === undefined ? undefined : categoryId,
    price: own,
    taxClass,
    stationId,
    ingredients,
    allergens,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The categories of a path that are not there yet, from the top down. */
async function addCategories(importing: Importing, names: readonly string[]): Promise<void> {
  const { categoryIds, deps, principal, language, outcome } = importing;
  let parentId: string | null = null;
  for (let depth = 1; depth <= names.length; depth += 1) {
    const key = pathKey(names.slice(0, depth));
    let id = categoryIds.get(key);
    if (id === undefined) {
      id = `category-${await digest(key)}`;
      const input = { name: { [language]: names[depth - 1] }, parentId };
      const category = CATEGORIES_CATEGORY;
      const command = 'AddCategory';
      const done = await addOrFault({ deps, principal, category, command, id, input });
      if (done === null) return;
      noteAnswer(outcome, done);
      categoryIds.set(key, id);
    }
    parentId = id;
  }
}

/** Null for a category that cannot be: its rows are then refused with CATEGORY_UNKNOWN. */
async function addOrFault(asked: {
  readonly deps: ModuleRouteDependencies;
  readonly principal: Principal;
  readonly category: string;
  readonly command: string;
  readonly id: string;
  readonly input: unknown;
}): Promise<CommandAnswer | null> {
  const { deps, ...request } = asked;
  try {
    const answer = await deps.pipeline.handle(request);
    const isThere = answer.status === 'done' || answer.code === 'CATEGORY_EXISTS';
    return isThere ? answer : null;
  } catch (error) {
    if (error instanceof Failure && error.code === 'INPUT_INVALID') return null;
    throw error;
  }
}
