/**
 * What people call the things, fields, commands and values of a module, by the identifiers of its description.
 * Each name is a tuple of English, Polish and Brazilian Portuguese, so that a missing language is a type error.
 */
export type Name = readonly [en: string, pl: string, pt: string];
export type NameTable = Readonly<Record<string, Name>>;

export interface ModuleNames {
  readonly title: Name;
  readonly summary: Name;
  /** By category: one of them, and all of them. */
  readonly aggregates: Readonly<Record<string, { readonly one: Name; readonly many: Name }>>;
  readonly commands: NameTable;
  /** What a command does, in Polish and Portuguese; English says it in the description itself. */
  readonly about: Readonly<Record<string, readonly [pl: string, pt: string]>>;
  /** `within/field` is taken before `field`, where within is a command, an aggregate or the field that holds it. */
  readonly fields: NameTable;
  /** Units and consequences, by the same keys as fields. */
  readonly hints: NameTable;
  /** Of fields with listed values, by the same keys as fields, then by value. */
  readonly values: Readonly<Record<string, NameTable>>;
  /** By the type without `comptoir.` and version: `order.placed`. */
  readonly events: NameTable;
}

/** What a screen looks names up in: those of a module over those of all; of a module that has none, those of all. */
export interface Dictionary extends Omit<ModuleNames, 'title' | 'summary'> {
  readonly title: Name | null;
  readonly summary: Name | null;
  /** The values that the module itself lists: what a filter offers. */
  readonly choices: ModuleNames['values'];
}
