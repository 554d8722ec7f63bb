/** Puts a menu into the catalog over HTTP: what is there by its name stays as it is, whoever made or changed it. */
import { createHash } from 'node:crypto';
import { ask } from '../answers.ts';
import { CliError, EXIT } from '../command.ts';
import type { HttpClient } from '../http-client.ts';
import { listMember, textMember } from '../json.ts';
import { allItems } from './all-items.ts';
import { idFromName, type MenuGroup, type OrderMenu } from './order-menu.ts';

/** The texts of these files have no language of their own. */
const LANGUAGE = 'en';

export interface CatalogIds {
  product(name: string): string;
  /** Of a choice of a product: its group, where it has one, and its id there. */
  option(
    product: string,
    choice: { readonly part: 0 | 1; readonly name: string },
  ): { readonly groupId?: string; readonly optionId: string };
}

interface Place {
  readonly client: HttpClient;
  readonly taxClass: string;
}

/** Errors: CliError. */
export async function putIntoCatalog(menu: OrderMenu, place: Place): Promise<CatalogIds> {
  const groups = await putGroups(menu.groups, place);
  const products = await putProducts(menu, place, groups);
  return {
    product(name) {
      const id = products.get(name);
      if (id === undefined) throw new CliError(EXIT.failed, `The catalog has no ${name}.`);
      return id;
    },
    option(product, { part, name }) {
      const group = menu.groups.find((each) => each.part === part && each.products.has(product));
      const known = group === undefined ? undefined : groups.get(group.name);
      const optionId = known?.options.get(name) ?? idFromName(name);
      return known === undefined ? { optionId } : { groupId: known.id, optionId };
    },
  };
}

interface KnownGroup {
  readonly id: string;
  /** Ids by name. */
  readonly options: ReadonlyMap<string, string>;
}

async function putGroups(
  groups: readonly MenuGroup[],
  { client }: Place,
): Promise<ReadonlyMap<string, KnownGroup>> {
  const known = new Map<string, KnownGroup>();
  for await (const item of allItems(client, '/v1/catalog/groups')) {
    const options = listMember(item, 'options').flatMap((option) => {
      const optionId = textMember(option, 'optionId') ?? '';
      return namesOf(option).map((name) => [name, optionId] as const);
    });
    const id = textMember(item, 'id') ?? '';
    for (const name of namesOf(item)) known.set(name, { id, options: new Map(options) });
  }
  for (const { name, min, max, options } of groups) {
    if (known.has(name)) continue;
    const input = {
      name: { [LANGUAGE]: name },
      min,
      max,
      options: options.map((option) => ({
        optionId: option.optionId,
        name: { [LANGUAGE]: option.name },
        price: 0,
      })),
    };
    const id = await create(client, '/v1/catalog/groups', input);
    known.set(name, { id, options: new Map(options.map((each) => [each.name, each.optionId])) });
  }
  return known;
}

async function putProducts(
  { products }: OrderMenu,
  { client, taxClass }: Place,
  groups: ReadonlyMap<string, KnownGroup>,
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  for await (const item of allItems(client, '/v1/catalog/products'))
    for (const name of namesOf(item)) known.set(name, textMember(item, 'id') ?? '');
  for (const { name, price, groups: held } of products) {
    if (known.has(name)) continue;
    const groupIds = held.flatMap((group) => groups.get(group)?.id ?? []);
    const input = { name: { [LANGUAGE]: name }, price, taxClass, groupIds };
    known.set(name, await create(client, '/v1/catalog/products', input));
  }
  return known;
}

/**
 * The key derives from what is made, so that an import that was cut and repeated, or two at once, make it once although
 * the list is behind.
 */
export async function create(client: HttpClient, path: string, input: object): Promise<string> {
  const body = JSON.stringify(input);
  const digest = createHash('sha256').update(`${path}\n${body}`).digest('hex');
  const answer = await ask(client, {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', 'idempotency-key': `"import-${digest}"` },
    body,
  });
  return textMember(answer, 'id') ?? '';
}

/** In every language. */
function namesOf(item: unknown): readonly string[] {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : null;
  if (typeof name !== 'object' || name === null) return [];
  return Object.values(name).filter((text) => typeof text === 'string');
}
