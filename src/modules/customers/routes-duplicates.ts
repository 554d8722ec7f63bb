/** GET /v1/customers/duplicates: active customers that share a phone, an e-mail or a messenger id. */
import { Type } from 'typebox';
import { auditedList } from '../../http/modules/audited.ts';
import { invalid, limitOf, limitParameter } from '../../http/query-input.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { scoped, type Call, type Route } from '../../http/route.ts';
import { customerList } from './read-models/customer-list.ts';
import { FINGERPRINTS, identifierRows, type IdentifierRow } from './read-models/identifiers.ts';
import { mountedCustomers, rowOf } from './routes-lookup.ts';

const PAGE = 1000;
/** A tenth of a second of work; `next` goes on where it ended. */
const SCANNED_ROWS_MAX = 10_000;
/** A number that a till puts in for everybody says nothing about any of them. */
const MEMBERS_SHOWN_MAX = 100;
/** Nor is such a number counted further than this. */
const GROUP_ROWS_MAX = 20_000;
const LIMIT = { standard: 100, max: 500 };

const duplicates = Type.Object({
  items: Type.Array(
    Type.Object({
      reason: Type.Union([Type.Literal('phone'), Type.Literal('email'), Type.Literal('messenger')]),
      value: Type.String(),
      customers: Type.Array(
        Type.Object({ id: Type.String(), name: Type.Union([Type.String(), Type.Null()]) }),
      ),
      /** How many have it; the first of them are listed. */
      count: Type.Integer(),
    }),
  ),
  next: Type.String(),
  more: Type.Boolean(),
});

interface Group {
  readonly reason: IdentifierRow['kind'];
  readonly value: string;
  readonly ids: readonly string[];
}

export function duplicatesRoute(deps: ModuleRouteDependencies): Route {
  const { more: told, ...audited } = auditedList(mountedCustomers(deps), 'listed');
  return {
    method: 'GET',
    path: '/v1/customers/duplicates',
    operationId: 'listDuplicateCustomers',
    tag: 'Customers',
    summary: 'Customers that share a phone, an e-mail or a messenger id',
    description:
      'Go on with `next` while `more` is true, also after a page without items: a request looks at a bounded number ' +
      'of customers.',
    access: scoped('customers:read'),
    parameters: [
      {
        name: 'after',
        in: 'query',
        description: '`next` of the page before.',
        schema: { type: 'string', pattern: '^[0-9]{1,7}$' },
      },
      limitParameter('groups', LIMIT),
      WAIT,
      ...told,
    ],
    ...audited,
    answers: { 200: { description: 'A page', schema: duplicates } },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN', 'WAIT_TIMEOUT'],
    async handle(call) {
      const limit = limitOf(call.query, LIMIT);
      const from = placeOf(call);
      await waitForModel(deps, call, identifierRows);
      await waitForModel(deps, call, customerList);
      const { tenant } = call.principal;
      const { groups, next } = await scan(deps, { tenant, from, limit });
      const items = (await Promise.all(groups.map((group) => shown(deps, tenant, group)))).flat();
      const body = { items, next: String(next ?? FINGERPRINTS), more: next !== null };
      const subjects = [...new Set(items.flatMap((item) => item.customers.map(({ id }) => id)))];
      return { status: 200, body, audited: { count: items.length, subjects } };
    },
  };
}

/** The cursor is a fingerprint: it holds nothing of anybody. */
function placeOf({ query }: Call): number {
  const text = query.get('after') ?? '0';
  if (!/^[0-9]{1,7}$/.test(text))
    throw invalid('after', 'must be `next` of the page before.', 'NO_PLACE');
  return Number(text);
}

/** Equal values have equal fingerprints, so they stand together. `next`: the first fingerprint not looked at. */
async function scan(
  deps: ModuleRouteDependencies,
  asked: { readonly tenant: string; readonly from: number; readonly limit: number },
): Promise<{ readonly groups: readonly Group[]; readonly next: number | null }> {
  const groups: Group[] = [];
  let held: IdentifierRow[] = [];
  let scanned = 0;
  for await (const row of rowsFrom(deps, asked)) {
    scanned += 1;
    const before = held[0]?.fingerprint ?? row.fingerprint;
    if (before !== row.fingerprint) {
      groups.push(...groupsOf(held));
      held = [];
      const isEnough = groups.length >= asked.limit || scanned >= SCANNED_ROWS_MAX;
      if (isEnough) return { groups, next: row.fingerprint };
    }
    if (held.length < GROUP_ROWS_MAX) held.push(row);
  }
  return { groups: [...groups, ...groupsOf(held)], next: null };
}

/** In the order of their fingerprints; those of erased persons have none. */
async function* rowsFrom(
  { projections }: ModuleRouteDependencies,
  { tenant, from }: { readonly tenant: string; readonly from: number },
): AsyncGenerator<IdentifierRow> {
  const reader = projections.reader(identifierRows);
  const range = { from: String(from) };
  for (let after: string | undefined; ;) {
    const page = await reader.list({ tenant, filters: {}, range, limit: PAGE, after });
    // safe because only this read model writes rows of it
    for (const { row } of page.items) yield row as IdentifierRow;
    if (!page.more) return;
    after = page.next;
  }
}

/** Of rows with one fingerprint: those whose values are equal, where several customers have them. */
export function groupsOf(rows: readonly IdentifierRow[]): readonly Group[] {
  const ids = new Map<string, { readonly row: IdentifierRow; readonly ids: Set<string> }>();
  for (const row of rows) {
    const name = JSON.stringify([row.kind, row.channel, row.value]);
    const group = ids.get(name) ?? { row, ids: new Set() };
    group.ids.add(row.customer_id);
    ids.set(name, group);
  }
  return [...ids.values()]
    .filter((group) => group.ids.size > 1)
    .map(({ row, ids: found }) => ({ reason: row.kind, value: row.value ?? '', ids: [...found] }));
}

/** Without those that are archived or stand for nobody any more; nothing when fewer than two are left. */
async function shown(
  { projections }: ModuleRouteDependencies,
  tenant: string,
  { reason, value, ids }: Group,
) {
  const customers: { id: string; name: string | null }[] = [];
  for (let at = 0; at < ids.length; at += PAGE) {
    const keys = ids.slice(at, at + PAGE);
    const rows = await projections.reader(customerList).getMany({ tenant, keys });
    for (const [id, read] of rows) {
      const { status, name } = rowOf(read);
      if (status === 'active') customers.push({ id, name });
    }
  }
  if (customers.length < 2) return [];
  customers.sort((a, b) => (a.id < b.id ? -1 : 1));
  const count = customers.length;
  return [{ reason, value, customers: customers.slice(0, MEMBERS_SHOWN_MAX), count }];
}
