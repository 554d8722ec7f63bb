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
      if (Array.isArray(value)) return value.map((each) => storableJson(each ?? null, depth + 1));
      return storableObject(value, depth);
    default:
      throw new RowInvalid(`JSON holds no ${typeof value}`);
  }
}

function storableObject(value: object, depth: number): Record<string, unknown> {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => ({ name: storableText(name), member }));
  if (members.length > 1)
    members.sort((left, right) => compareNames(Buffer.from(left.name), Buffer.from(right.name)));
  // A member called __proto__ would be lost by assigning to it.
  const made: Record<string, unknown> = {};
  for (const { name, member } of members)
    Object.defineProperty(made, name, {
      value: storableJson(member, depth + 1),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return made;
}

/** The order of jsonb: shorter names first, then by bytes. */
function compareNames(left: Buffer, right: Buffer): number {
  return left.length - right.length || left.compare(right);
}
