/** Which fields of an aggregate are amounts without a currency: those that its inputs mark, and those it names. Pure. */
import { MINOR_UNITS, MONEY_TITLE } from '../../core/money.ts';
import type { ModuleAggregate } from '../../core/module.ts';

/** In the order of the alphabet, each once. */
export function moneyFields({
  aggregate,
  money = [],
}: Pick<ModuleAggregate, 'money'> & {
  readonly aggregate: { readonly commands: readonly { readonly input: object }[] };
}): string[] {
  const found = new Set(money);
  for (const { input } of aggregate.commands) collect(input, { name: null, found });
  return [...found].sort();
}

function collect(
  schema: unknown,
  at: { readonly name: string | null; readonly found: Set<string> },
): void {
  if (typeof schema !== 'object' || schema === null) return;
  if (Array.isArray(schema)) {
    for (const each of schema) collect(each, at);
    return;
  }
  const { title } = isTitled(schema) ? schema : { title: undefined };
  // An amount beside its own currency needs no other.
  if (title === MONEY_TITLE) return;
  if (title === MINOR_UNITS.title && at.name !== null) at.found.add(at.name);
  for (const [keyword, value] of Object.entries(schema))
    if (keyword !== 'properties') collect(value, at);
    else for (const [name, each] of Object.entries(value ?? {})) collect(each, { ...at, name });
}

function isTitled(schema: object): schema is { readonly title: unknown } {
  return Object.hasOwn(schema, 'title');
}
