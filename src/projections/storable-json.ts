/** JSON values as `jsonb` gives them back: members sorted by length and bytes, no undefined, storable text. */

/** What a read model gave cannot be stored: a defect of its `keys` or `project`. */
export class RowInvalid extends TypeError {
  override readonly name = 'RowInvalid';
}

/** PostgreSQL has no U+0000 and no lone surrogates; JSON from outside may hold both. */
export function storableText(text: string): string {
  const formed = text.isWellFormed() ? text : text.toWellFormed();
  return formed.includes('\0') ? formed.replaceAll('\0', '\uFFFD') : formed;
}

/** Deeper values are refused rather than risking the stack. */
const DEPTH_MAX = 64;

/** Throws RowInvalid for what JSON cannot hold. */
export function storableJson(value: unknown, depth = 0): unknown {
  if (depth > DEPTH_MAX) throw new RowInvalid('a JSON value is nested too deeply');
  switch (typeof value) {
    case 'string':
      return storableText(value);
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new RowInvalid('a number is not finite');
      return value === 0 ? 0 : value;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return storableArray(value, depth);
      return storableObject(value, depth);
    default:
      throw new RowInvalid(`JSON holds no ${typeof value}`);
  }
}

/** As it is when nothing about it has to change, which is so for most: then no copy is made. */
function storableArray(values: readonly unknown[], depth: number): readonly unknown[] {
  let made: unknown[] | null = null;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    const storable = storableJson(value ?? null, depth + 1);
    if (made === null && !Object.is(storable, value)) made = values.slice(0, index);
    made?.push(storable);
  }
  return made ?? values;
}

type Members = Readonly<Record<string, unknown>>;

/** The same. Only a plain object can be left as it is: of others, only what they enumerate is stored. */
function storableObject(value: object, depth: number): object {
  // safe because members are read by the names that the object itself gives
  const members = value as Members;
  if (isPlain(value) && isInOrder(members)) return storableMembers(members, depth);
  const made: Record<string, unknown> = {};
  for (const name of sortedNames(members))
    put(made, storableText(name), storableJson(members[name], depth + 1));
  return made;
}

/** Of an object whose names may stay as they are: itself, unless a member has to change. */
function storableMembers(members: Members, depth: number): object {
  let made: Record<string, unknown> | null = null;
  for (const name in members) {
    const member = members[name];
    const storable = storableJson(member, depth + 1);
    if (made === null && Object.is(storable, member)) continue;
    made ??= membersBefore(members, name);
    put(made, name, storable);
  }
  return made ?? members;
}

function membersBefore(members: Members, end: string): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const name in members) {
    if (name === end) break;
    put(made, name, members[name]);
  }
  return made;
}

/** A member called __proto__ would be lost by assigning to it. */
function put(made: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') made[name] = value;
  else
    Object.defineProperty(made, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

/** Whether the members are in the order of jsonb and have values and storable names; makes no list of them. */
function isInOrder(members: Members): boolean {
  let previous: string | null = null;
  for (const name in members) {
    if (members[name] === undefined || !Object.hasOwn(members, name)) return false;
    if (previous !== null && compareNames(previous, name) >= 0) return false;
    if (storableText(name) !== name) return false;
    previous = name;
  }
  return true;
}

/** Names of the members that have a value, in the order of jsonb; in place, since there are a handful. */
function sortedNames(members: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(members).filter((name) => members[name] !== undefined);
  if (names.length > FEW) return names.sort(compareTexts);
  for (let end = 1; end < names.length; end += 1) {
    const name = names[end] ?? '';
    let at = end;
    for (; at > 0 && compareTexts(names[at - 1] ?? '', name) > 0; at -= 1)
      names[at] = names[at - 1] ?? '';
    names[at] = name;
  }
  return names;
}

/** Up to here moving names one by one takes less than the engine's sort, which makes lists of its own. */
const FEW = 20;

function compareTexts(left: string, right: string): number {
  return compareNames(storableText(left), storableText(right));
}

export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const ASCII = /^[\0-\x7f]*$/;

/** The order of jsonb: shorter names first, then by bytes. */
function compareNames(left: string, right: string): number {
  if (ASCII.test(left) && ASCII.test(right))
    return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
  const [one, two] = [Buffer.from(left), Buffer.from(right)];
  return one.length - two.length || one.compare(two);
}

/** Whether two values in canonical form are equal, members and their order included. Stops at the first difference. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right))
    return false;
  const names = Object.keys(left);
  const others = Object.keys(right);
  return (
    names.length === others.length &&
    names.every((name, index) => name === others[index] && sameJson(left[name], right[name]))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
