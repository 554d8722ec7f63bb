/**
 * A table of customers becomes commands. One row that cannot be used is reported with its line and stops no other; a file
 * that is sent again changes nothing, since whoever a row is about is looked up first, and the id of a new customer
 * derives from what the row is known by.
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
  type Rejection,
} from '../../http/modules/import-parts.ts';
import { waitForLists } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';
import { identifierWith, lookUpValue } from './identifiers.ts';
import { identifierRows } from './read-models/identifiers.ts';
import { customerList } from './read-models/customer-list.ts';
import { createImportIds, type ImportIds } from './routes-import-ids.ts';
import { readKnownIds, type KnownIds } from './routes-import-known.ts';
import { survivingRows } from './routes-lookup.ts';
import { phoneOf } from './routes-phones.ts';
import { CUSTOMERS, type CustomerState, type KnownCustomer } from './state.ts';
import type { CustomerTableRow } from './table/customer-table.ts';

export type CustomerRow = NumberedRow<CustomerTableRow>;

interface Importing {
  readonly deps: ModuleRouteDependencies;
  readonly principal: Principal;
  readonly country: string | undefined;
  readonly ids: ImportIds;
  readonly known: KnownIds;
  /** What rows before are known by, with their lines. */
  readonly lines: Map<string, number>;
  readonly outcome: ImportOutcome;
}

/** Errors: those of the pipeline that are no fault of a row; what was done before stays, and repeating is safe. */
export async function importCustomers(
  deps: ModuleRouteDependencies,
  rows: { readonly before: readonly CustomerRow[]; readonly part: readonly CustomerRow[] },
  given: { readonly principal: Principal; readonly country: string | undefined },
): Promise<ImportOutcome> {
  const { tenant } = given.principal;
  // Whoever was registered before the import is found by it.
  await waitForLists(deps, tenant, [identifierRows, customerList]);
  const importing: Importing = {
    deps,
    ...given,
    ids: await createImportIds(deps.linkSecret, tenant),
    known: await readKnownIds(deps, tenant),
    lines: new Map(),
    outcome: newOutcome(),
  };
  for (const each of rows.before) remember(importing, each);
  await eachRow(rows.part, (each) => importRow(importing, each));
  importing.outcome.rejections.sort((a, b) => a.line - b.line);
  return importing.outcome;
}

type Done = 'created' | 'changed' | 'unchanged';

async function importRow(importing: Importing, numbered: CustomerRow): Promise<void> {
  const { outcome } = importing;
  const { line, said } = numbered;
  try {
    if (isRowFault(said)) throw unusable(said.fault);
    const done = await put(importing, line, withPhone(importing, said));
    outcome[done] += 1;
  } catch (error) {
    rejectRow(outcome, numbered, faultOf(error));
  }
}

/** Says why a row is not taken; its message goes on after "Line 7". */
class UnusableRow extends Error {
  readonly code: string;
  readonly errors: readonly FieldError[];

  constructor(code: string, message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.code = code;
    this.errors = errors;
  }
}

function unusable(fault: FieldError): UnusableRow {
  return new UnusableRow('INPUT_INVALID', fault.message, [fault]);
}

/** Of the row as a whole. */
function unusableRow(message: string, said: FieldFault): UnusableRow {
  return unusable({ at: '', message, ...said });
}

/** Throws what is no fault of the row. */
function faultOf(error: unknown): Pick<Rejection, 'code' | 'detail' | 'errors'> {
  if (error instanceof UnusableRow)
    return { code: error.code, detail: error.message, errors: error.errors };
  if (error instanceof Failure && error.code === 'PERSON_ERASED')
    return { code: error.code, detail: 'is about a person who was erased', errors: [] };
  if (!(error instanceof Failure) || error.code !== 'INPUT_INVALID') throw error;
  const [first] = error.errors;
  const what = first === undefined ? 'a value' : `${first.at} ${first.message}`;
  return {
    code: error.code,
    detail: `has a value that cannot be used: ${what.replace(/\.$/, '')}`,
    errors: error.errors,
  };
}

function withPhone({ country }: Importing, said: CustomerTableRow): CustomerTableRow {
  const { phone } = said;
  return phone === undefined ? said : { ...said, phone: phoneOf(phone, { at: 'phone', country }) };
}

async function put(importing: Importing, line: number, row: CustomerTableRow): Promise<Done> {
  const { id: named, name, kind, phone, email, language } = row;
  checkOnce(importing, line, row);
  const found = named ?? (await knownId(importing, row));
  const id = found ?? (await importing.ids(keyOf(row)));
  if (!STREAM_ID.test(id))
    throw unusable({ at: '/id', message: 'has an id that cannot be one', code: 'ID_FORM' });
  const before = await load(importing, id);
  if (before.state.status !== 'unknown') return complete(importing, { id, row, ...before });
  if (name === undefined)
    throw unusable({
      at: '/name',
      message: 'is about a new customer and has no name',
      code: 'REQUIRED',
    });
  const input = present({ name, kind, phone, email, language });
  const answer = await give(importing, { command: 'RegisterCustomer', id, input });
  // Somebody else sent the same file a moment ago.
  if (answer.status === 'refused' && answer.code === 'CUSTOMER_EXISTS')
    return complete(importing, { id, row, ...(await load(importing, id)) });
  if (answer.status === 'refused') throw refused(answer.code);
  const { tags } = row;
  if (tags.length > 0) await must(importing, { command: 'TagCustomer', id, input: { tags } });
  return 'created';
}

/** What new customers are known by, for the id and within the file. */
function keyOf({ phone, email }: CustomerTableRow): string {
  return phone === undefined ? `email:${lookUpValue('email', email ?? '')}` : `phone:${phone}`;
}

/** Of a row that an earlier part took: what it is known by. What was wrong with it was told then. */
function remember(importing: Importing, { line, said }: CustomerRow): void {
  if (isRowFault(said)) return;
  try {
    checkOnce(importing, line, withPhone(importing, said));
  } catch (error) {
    faultOf(error);
  }
}

/** Two rows about one customer would each undo what the other says. */
function checkOnce({ lines }: Importing, line: number, row: CustomerTableRow): void {
  const { id, phone, email } = row;
  const keys = [
    ...(id === undefined ? [] : [`id:${id}`]),
    ...(phone === undefined ? [] : [`phone:${phone}`]),
    ...(email === undefined ? [] : [`email:${lookUpValue('email', email)}`]),
  ];
  const before = keys.map((key) => lines.get(key)).find((each) => each !== undefined);
  // Rows with ids of their own may share a phone, as families do.
  // A row that is tried again was here itself.
  if (before !== undefined && before !== line && (id === undefined || lines.has(`id:${id}`)))
    throw unusableRow(`is about the customer of line ${before} again`, {
      code: 'ROW_AGAIN',
      params: { line: before },
    });
  for (const key of keys) lines.set(key, line);
}

/** Whoever has the phone, else whoever has the e-mail. */
async function knownId(
  { deps, known, principal: { tenant } }: Importing,
  { phone, email }: CustomerTableRow,
): Promise<string | undefined> {
  const asked = [
    { kind: 'phone', value: phone },
    { kind: 'email', value: email },
  ] as const;
  for (const { kind, value } of asked) {
    if (value === undefined) continue;
    const ids = await known(kind, value);
    const rows = ids.length === 0 ? [] : await survivingRows(deps, { tenant, ids });
    const active = rows.filter(({ row }) => row['status'] === 'active');
    if (active.length > 1)
      throw unusable({
        at: `/${kind}`,
        message: `is about nobody in particular: several have its ${kind}`,
        code: 'SEVERAL_FIT',
      });
    if (active[0] !== undefined) return active[0].key;
  }
  return undefined;
}

interface Known {
  readonly id: string;
  readonly row: CustomerTableRow;
  readonly state: CustomerState;
  readonly version: bigint;
}

/** Adds what is missing; changes only what a row with an id says otherwise. */
async function complete(importing: Importing, known: Known): Promise<Done> {
  const { id, row, state, version } = known;
  if (state.status !== 'active')
    throw refused(state.status === 'merged' ? 'CUSTOMER_MERGED' : 'CUSTOMER_ARCHIVED');
  let reached = version;
  const does = async (command: string, input: object): Promise<void> => {
    const answer = await must(importing, { command, id, input });
    if (answer > reached) reached = answer;
  };
  const { name, kind, language } = row;
  const contact = row.id === undefined ? {} : present({ name, kind, language });
  if (Object.keys(contact).length > 0) await does('ChangeContact', contact);
  for (const identifier of missingOf(row, state)) await does('AddCustomerIdentifier', identifier);
  if (row.tags.some((tag) => !state.tags.includes(tag)))
    await does('TagCustomer', { tags: row.tags });
  return reached > version ? 'changed' : 'unchanged';
}

function missingOf(row: CustomerTableRow, state: KnownCustomer): readonly object[] {
  return (['phone', 'email'] as const).flatMap((kind) => {
    const value = row[kind];
    if (value === undefined) return [];
    return identifierWith(state, { kind, channel: null, value }) === undefined
      ? [{ kind, value }]
      : [];
  });
}

async function load({ deps, principal }: Importing, id: string) {
  const { state, version } = await deps.pipeline.load(principal.tenant, CUSTOMERS, id);
  // safe because the stream of a category has the state of its aggregate
  return { state: state as CustomerState, version };
}

interface Asked {
  readonly command: string;
  readonly id: string;
  readonly input: object;
}

async function give(
  { deps, principal, outcome }: Importing,
  { command, id, input }: Asked,
): Promise<CommandAnswer> {
  const category = CUSTOMERS;
  const answer = await deps.pipeline.handle({ principal, category, command, id, input });
  noteAnswer(outcome, answer);
  return answer;
}

/** The version afterwards. */
async function must(importing: Importing, asked: Asked): Promise<bigint> {
  const answer = await give(importing, asked);
  if (answer.status === 'refused') throw refused(answer.code);
  return answer.version;
}

function refused(code: string): UnusableRow {
  return new UnusableRow(code, `is refused: ${code}`);
}

function present(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
