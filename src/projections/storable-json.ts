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

/** The same. Only a plain object can be left as it is: of others, only what they enumerate is stored. */
function storableObject(value: object, depth: number): object {
  const members = Object.entries(value);
  let isStorable = isPlain(value);
  let previous: string | null = null;
  for (const member of members) {
    const [name, before] = member;
    if (before === undefined) isStorable = false;
    else {
      const text = storableText(name);
      const after = storableJson(before, depth + 1);
      isStorable &&= Object.is(after, before) && text === name && isBehind(previous, name);
      member[0] = text;
      member[1] = after;
    }
    previous = name;
  }
  return isStorable ? value : sortedObject(members);
}

function sortedObject(members: readonly (readonly [string, unknown])[]): object {
  const kept = members.filter(([, member]) => member !== undefined);
  kept.sort(([left], [right]) => compareNames(left, right));
  const made: Record<string, unknown> = {};
  for (const [name, value] of kept)
    // A member called __proto__ would be lost by assigning to it.
    if (name === '__proto__')
      Object.defineProperty(made, name, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    else made[name] = value;
  return made;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isBehind(previous: string | null, name: string): boolean {
  return previous === null || compareNames(previous, name) < 0;
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
