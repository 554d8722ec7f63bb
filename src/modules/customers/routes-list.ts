/** GET /v1/customers: the derived list; with a phone, e-mail or messenger id it finds whoever has it among theirs. */
import { personsOfRows } from '../../http/modules/audited.ts';
import { itemWriter } from '../../http/modules/item-json.ts';
import { LIST_AS_OF, queryRoutes } from '../../http/modules/query-routes.ts';
import { readAsOf } from '../../http/modules/read-as-of.ts';
import { waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { invalid, microsOf } from '../../http/query-input.ts';
import type { Answer, Call, Parameter, Route } from '../../http/route.ts';
import type { ReadRow } from '../../projections/projections.ts';
import { customerList } from './read-models/customer-list.ts';
import { identifierRows } from './read-models/identifiers.ts';
import { idsWith, mountedCustomers, rowOf, survivingRows, type LookUp } from './routes-lookup.ts';

const MESSENGER: Parameter = {
  name: 'messenger',
  in: 'query',
  description: 'Only those with this messenger id, `CHANNEL:ID`.',
  schema: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}:\\S+$' },
  example: 'telegram:40112233',
};

export function listRoute(deps: ModuleRouteDependencies): Route {
  const mounted = mountedCustomers(deps);
  const derived = queryRoutes(deps, mounted).find(({ path }) => path === mounted.path);
  const list = derived?.handle;
  if (derived === undefined || list === undefined)
    throw new TypeError('the module customers has no list');
  return {
    ...derived,
    description:
      'Go on with `next` while `more` is true. With `phone`, `email` or `messenger`: whoever has it among their ' +
      `identifiers; for a customer that was merged, the survivor. ${LIST_AS_OF}`,
    parameters: [...(derived.parameters ?? []), MESSENGER],
    handle(call) {
      const asked = lookUpOf(call);
      return asked.length === 0 ? list(call) : found(deps, call, asked);
    },
  };
}

/** Errors: INPUT_INVALID for a messenger id without its channel. */
function lookUpOf({ principal: { tenant }, query }: Call): readonly LookUp[] {
  const asOfMicros = microsOf(query, 'at');
  const phone = query.get('phone');
  const email = query.get('email');
  const messenger = query.get('messenger');
  const colon = messenger?.indexOf(':') ?? -1;
  if (messenger !== undefined && colon < 1)
    throw invalid(
      'messenger',
      'must be a channel and an id, such as telegram:40112233.',
      'MESSENGER_FORM',
    );
  const asked: LookUp[] = [];
  // A plus sign that was not percent-encoded arrives as a space.
  if (phone !== undefined) {
    const value = phone.replace(/^ /, '+').replaceAll(/[\s().-]/g, '');
    asked.push({ tenant, kind: 'phone', value, asOfMicros });
  }
  if (email !== undefined) asked.push({ tenant, kind: 'email', value: email, asOfMicros });
  if (messenger !== undefined) {
    const parts = { channel: messenger.slice(0, colon), value: messenger.slice(colon + 1) };
    asked.push({ tenant, kind: 'messenger', ...parts, asOfMicros });
  }
  return asked;
}

/** Few enough for one page: there is nothing to go on with. */
async function found(
  deps: ModuleRouteDependencies,
  call: Call,
  asked: readonly LookUp[],
): Promise<Answer> {
  await waitForModel(deps, call, identifierRows);
  await waitForModel(deps, call, customerList);
  const { path } = mountedCustomers(deps);
  const models = [identifierRows, customerList];
  const sets = await readAsOf(deps, call, { path, models, read: () => rowsOfEach(deps, asked) });
  const [first = new Map<string, ReadRow>(), ...others] = sets;
  const items = [...first.values()]
    .filter(({ key }) => others.every((set) => set.has(key)))
    .filter((read) => matches(call, read))
    .sort((a, b) => (rowOf(a).registered_at < rowOf(b).registered_at ? 1 : -1));
  const body = { items: items.map(itemWriter(customerList)), next: '', more: false };
  const about = personsOfRows(customerList, items);
  return about === undefined ? { status: 200, body } : { status: 200, body, audited: about };
}

/** For each of what was asked, who has it. */
async function rowsOfEach(
  deps: ModuleRouteDependencies,
  asked: readonly LookUp[],
): Promise<readonly ReadonlyMap<string, ReadRow>[]> {
  const sets: ReadonlyMap<string, ReadRow>[] = [];
  for (const each of asked) {
    const { tenant, asOfMicros } = each;
    const ids = await idsWith(deps, each);
    const rows = await survivingRows(deps, { tenant, ids, asOfMicros });
    sets.push(new Map(rows.map((row) => [row.key, row])));
  }
  return sets;
}

function matches({ query }: Call, read: ReadRow): boolean {
  const row = rowOf(read);
  const from = microsOf(query, 'from');
  const to = microsOf(query, 'to');
  const at = BigInt(Date.parse(row.registered_at)) * 1000n;
  return (
    ['status', 'kind', 'language'].every((name) => (query.get(name) ?? row[name]) === row[name]) &&
    (from === undefined || at >= from) &&
    (to === undefined || at < to)
  );
}
