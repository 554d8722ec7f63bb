/**
 * Types of events that modules decide. A released type never changes: a change is the next version with an upcaster,
 * so that `evolve`, read models and policies see the newest version only.
 */
import type { Static, TSchema } from 'typebox';

/** Which fields tell about a person, and who it is. Values of marked fields read as null once the person is erased. */
export interface PersonalMarks {
  /** JSON Pointer (RFC 6901) into the data to the id of the person, such as `/customerId`. */
  readonly person: string;
  /** JSON Pointers to the marked fields; one may point to an object or array as a whole. */
  readonly fields: readonly string[];
  /** CloudEvents type of the events, to which sealed fields are bound; `defineEvent` sets it. */
  readonly type?: string;
}

/**
 * Whether a JSON Pointer lies at or under a name that sealing escapes (`$sealed`, `$$sealed` ...): no field there can be
 * marked, since the place it is bound to would read otherwise once it is stored.
 */
export function liesUnderSealed(pointer: string): boolean {
  return /\/\$+sealed(?:\/|$)/.test(pointer);
}

/** Turns the data of one version into that of the next. Pure and total over what that version allowed. */
export type Upcaster = (data: unknown) => unknown;

export interface EventType<Name extends string = string, Schema extends TSchema = TSchema> {
  /** As in code: `CustomerRegistered`. */
  readonly name: Name;
  /** On the wire, without its version: `comptoir.customer.registered`. */
  readonly wireName: string;
  /** Newest version, from 1. */
  readonly version: number;
  /** Of the newest version. */
  readonly data: Schema;
  readonly personal: PersonalMarks | null;
  /** By the version they read; one for each version before the newest. */
  readonly upcasters: Readonly<Record<number, Upcaster>>;
}

/** The union member that `decide` and `evolve` see. */
export type EventOf<Type extends EventType> =
  Type extends EventType<infer Name, infer Schema>
    ? { readonly type: Name; readonly data: Static<Schema> }
    : never;

/** Throws when an upcaster is missing: that is a mistake of the module, found when it is loaded. */
export function defineEvent<const Name extends string, Schema extends TSchema>(options: {
  readonly name: Name;
  readonly wireName: string;
  readonly version?: number;
  readonly data: Schema;
  readonly personal?: PersonalMarks;
  readonly upcasters?: Readonly<Record<number, Upcaster>>;
}): EventType<Name, Schema> {
  const { name, wireName, version = 1, data, personal = null, upcasters = {} } = options;
  if (!/^comptoir(\.[a-z][a-z0-9-]*)+$/.test(wireName))
    throw new TypeError(`${name}: the wire name must start with "comptoir.", not ${wireName}`);
  if (personal?.fields.some(liesUnderSealed) === true)
    throw new TypeError(`${name}: a personal field cannot lie under the name $sealed`);
  for (let older = 1; older < version; older += 1)
    if (upcasters[older] === undefined)
      throw new TypeError(`${name}: an upcaster from version ${older} is missing`);
  const marks = personal === null ? null : { ...personal, type: `${wireName}.v${version}` };
  return { name, wireName, version, data, personal: marks, upcasters };
}

/** The CloudEvents type: `comptoir.customer.registered.v1`. */
export function wireType(type: EventType, version = type.version): string {
  return `${type.wireName}.v${version}`;
}

/** Every CloudEvents type under which events of this type may be stored, oldest first. */
export function wireTypes(type: EventType): readonly string[] {
  return Array.from({ length: type.version }, (_, index) => wireType(type, index + 1));
}

/** Data of `version` as data of the newest version. Throws what an upcaster throws. */
export function upcast(type: EventType, version: number, data: unknown): unknown {
  let current = data;
  for (let at = version; at < type.version; at += 1) current = type.upcasters[at]?.(current);
  return current;
}
