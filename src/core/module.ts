/** A business module: one folder of pure functions, described once; HTTP, documents, history and rebuilds follow. */
import type { Aggregate } from './aggregate.ts';
import type { Policy } from './policy.ts';
import type { ReadModel } from './read-model.ts';

export interface ModuleAggregate {
  readonly aggregate: Aggregate;
  /** Singular, for people: `customer`. */
  readonly singular: string;
  /** Where it is not what `pluralOf` makes of the singular: `books of price lists`. */
  readonly plural?: string;
  /** The read model that `GET /v1/{module}` lists; it must have `list`. */
  readonly list: ReadModel;
  /**
   * Fields of states and lists that hold minor units of a currency that stands beside them, at their location or nowhere:
   * those beside the ones that inputs mark as such.
   */
  readonly money?: readonly string[];
}

export interface BusinessModule {
  /** The first word of its addresses: `customers`. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences: what the module is for. */
  readonly summary: string;
  /** One whose category is the module's name, or several named `{module}.{aggregate}`. */
  readonly aggregates: readonly ModuleAggregate[];
  /** Every read model, those that are listed included. */
  readonly readModels: readonly ReadModel[];
  readonly policies: readonly Policy[];
}

/** Plural of an English noun, or of the last word of several: `category` is `categories`, `quiz` is `quizzes`. */
export function pluralOf({ singular, plural }: Pick<ModuleAggregate, 'singular' | 'plural'>) {
  if (plural !== undefined) return plural;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  if (/[aeiou]z$/.test(singular)) return `${singular}zes`;
  return /(?:s|x|z|ch|sh)$/.test(singular) ? `${singular}es` : `${singular}s`;
}

/** Words that are addresses of the server itself. */
export const RESERVED_MODULE_NAMES: ReadonlySet<string> = new Set([
  'events',
  'streams',
  'log',
  'keys',
  'tenants',
  'schemas',
  'health',
  'projections',
  'as-of',
  'webhooks',
  'persons',
  'modules',
  'quality',
  'retention',
  'audit',
  'session',
  'documents',
  'access',
  'live',
  // Would share the name of its scopes with the server's own.
  'metrics',
]);

/** Checks the definition. Throws a TypeError that says what to change. */
export function defineModule(module: {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly aggregates: readonly ModuleAggregate[];
  readonly readModels?: readonly ReadModel[];
  readonly policies?: readonly Policy[];
}): BusinessModule {
  const { name, aggregates } = module;
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(name) || RESERVED_MODULE_NAMES.has(name))
    throw new TypeError(`a module cannot be named ${name}`);
  for (const { aggregate, list } of aggregates) {
    const { category } = aggregate;
    if (category !== name && !category.startsWith(`${name}.`))
      throw new TypeError(`${name}: the category ${category} must be ${name} or ${name}.something`);
    if (list.list === undefined)
      throw new TypeError(`${name}: the read model ${list.name} does not say how it is listed`);
  }
  const listed = aggregates.map(({ list }) => list);
  const readModels = [...new Set([...listed, ...(module.readModels ?? [])])];
  return { ...module, readModels, policies: module.policies ?? [] };
}
