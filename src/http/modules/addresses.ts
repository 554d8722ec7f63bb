/** Where the aggregates of a module answer, and what their routes are called. Pure. */
import { scopesOfModule } from '../../access/scopes.ts';
import type { ModuleScope } from '../../access/principal.ts';
import type { BusinessModule, ModuleAggregate } from '../../core/module.ts';

/** One aggregate of one module, as its routes and its description see it. */
export interface Mounted extends ModuleAggregate {
  readonly module: BusinessModule;
  /** `/v1/customers`, or `/v1/loyalty/members` where a module has several aggregates. */
  readonly path: string;
  readonly scopes: { readonly read: ModuleScope; readonly write: ModuleScope };
  /** For operation ids: `Customers`, `LoyaltyMembers`. */
  readonly pascal: string;
}

export function mountedOf(module: BusinessModule): readonly Mounted[] {
  const scopes = scopesOfModule(module.name);
  return module.aggregates.map((held) => {
    const { category } = held.aggregate;
    const path = `/v1/${category.replaceAll('.', '/')}`;
    return { ...held, module, path, scopes, pascal: pascalOf(category) };
  });
}

function pascalOf(category: string): string {
  return category
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `registered_at` is `registeredAt` over HTTP. */
export function camelOf(column: string): string {
  return column.replaceAll(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}
