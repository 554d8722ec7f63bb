/**
 * Which JSON Schemas may be registered. A schema comes from a tenant and runs in the process of all tenants, so what
 * cannot be bounded is refused at the door:
 *
 * - size, depth and number of parts;
 * - patterns run on an automaton, in linear time (safe-pattern.ts);
 * - `$ref` reaches into the same document only, and never in a circle: a circle of `anyOf` takes time exponential in
 *   the depth of the data. What the references expand to is bounded too, so one check costs at most
 *   EXPANDED_PARTS_MAX steps for each value of the data;
 * - `uniqueItems` compares every pair, so it wants a `maxItems`.
 */
import { Failure } from '../../core/errors.ts';
import { compilePattern, PatternRefused } from './safe-pattern.ts';

/** A schema that takes more is a catalogue; the largest of the TM Forum resources take 20 to 40 kB. */
export const SCHEMA_BYTES_MAX = 65_536;
const DEPTH_MAX = 32;
const PARTS_MAX = 4_000;
const EXPANDED_PARTS_MAX = 20_000;
/** Pairs that uniqueItems compares: a million for this many, about 50 ms. */
const UNIQUE_ITEMS_MAX = 1_000;
const DIALECTS: ReadonlySet<unknown> = new Set([
  undefined,
  'https://json-schema.org/draft/2020-12/schema',
  'https://json-schema.org/draft/2020-12/schema#',
]);
/** The formats that are checked, by expressions that are anchored and linear; others would pass unchecked. */
export const SCHEMA_FORMATS = [
  'date',
  'time',
  'date-time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'uuid',
] as const;
const REFUSED_KEYWORDS = [
  '$async',
  '$dynamicRef',
  '$recursiveRef',
  '$dynamicAnchor',
  '$recursiveAnchor',
] as const;
/** Members whose names are the tenant's own, not keywords. */
const NAMED_PARTS: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
]);
/** Members whose value is data, never a schema. */
const PLAIN_VALUES: ReadonlySet<string> = new Set([
  'const',
  'enum',
  'default',
  'examples',
  'required',
]);

export function refuseSchema(at: string, detail: string): Failure {
  return new Failure('INPUT_INVALID', detail, {
    errors: [{ at, message: detail, code: 'SCHEMA_UNBOUNDED' }],
  });
}

type Part = Readonly<Record<string, unknown>>;

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Refuses a schema that could cost too much. Errors: INPUT_INVALID with the JSON Pointer of the part at fault. */
export function checkSchemaLimits(schema: unknown): void {
  if (typeof schema === 'boolean') return;
  if (!isPart(schema)) throw refuseSchema('/schema', 'A JSON Schema is an object or a boolean.');
  if (!DIALECTS.has(schema['$schema']))
    throw refuseSchema('/schema/$schema', 'Only the dialect 2020-12 of JSON Schema is supported.');
  let parts = 0;
  walk(schema, (part, pointer) => {
    parts++;
    if (parts > PARTS_MAX)
      throw refuseSchema('/schema', `The schema has more than ${PARTS_MAX} parts.`);
    checkPart(part, pointer);
  });
  // Only now, because a text that is nested too deep cannot be written by JSON.stringify.
  if (Buffer.byteLength(JSON.stringify(schema)) > SCHEMA_BYTES_MAX)
    throw new Failure('TOO_LARGE', `The schema has more than ${SCHEMA_BYTES_MAX} bytes.`);
  expandedParts(schema, schema, new Set());
}

type Visit = (part: Part, pointer: string) => void;

/** Visits every subschema. Unknown keywords are walked too, because references may point there. */
function walk(schema: unknown, visit: Visit, pointer: readonly string[] = []): void {
  const text = pointer.map((token) => `/${escapeToken(token)}`).join('');
  if (pointer.length > DEPTH_MAX)
    throw refuseSchema(`/schema${text}`, `The schema is nested deeper than ${DEPTH_MAX} levels.`);
  if (Array.isArray(schema)) {
    schema.forEach((item, index) => walk(item, visit, [...pointer, String(index)]));
    return;
  }
  if (!isPart(schema)) return;
  visit(schema, text);
  for (const [keyword, value] of Object.entries(schema)) {
    if (PLAIN_VALUES.has(keyword)) requireShallow(value, text);
    else if (NAMED_PARTS.has(keyword) && isPart(value))
      for (const [name, part] of Object.entries(value))
        walk(part, visit, [...pointer, keyword, name]);
    else walk(value, visit, [...pointer, keyword]);
  }
}

/** Values are not schemas, but comparing and writing them takes a stack as deep as they are. */
function requireShallow(value: unknown, pointer: string, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEPTH_MAX)
    throw refuseSchema(
      `/schema${pointer}`,
      `A value in the schema is nested deeper than ${DEPTH_MAX} levels.`,
    );
  for (const inner of Object.values(value)) requireShallow(inner, pointer, depth + 1);
}

function checkPart(part: Part, pointer: string): void {
  for (const keyword of REFUSED_KEYWORDS)
    if (keyword in part)
      throw refuseSchema(
        `/schema${pointer}/${keyword}`,
        `The keyword ${keyword} is not supported.`,
      );
  if (pointer !== '' && '$id' in part)
    throw refuseSchema(`/schema${pointer}/$id`, 'Only the whole schema may have an $id.');
  const format = part['format'];
  if (format !== undefined && !SCHEMA_FORMATS.some((known) => known === format))
    throw refuseSchema(`/schema${pointer}/format`, `The formats are ${SCHEMA_FORMATS.join(', ')}.`);
  const patterns = isPart(part['patternProperties']) ? Object.keys(part['patternProperties']) : [];
  if (typeof part['pattern'] === 'string') patterns.push(part['pattern']);
  for (const pattern of patterns) checkPattern(pattern, pointer);
  const itemsMax = part['maxItems'];
  if (
    part['uniqueItems'] === true &&
    !(typeof itemsMax === 'number' && itemsMax <= UNIQUE_ITEMS_MAX)
  )
    throw refuseSchema(
      `/schema${pointer}/uniqueItems`,
      `uniqueItems needs a maxItems of at most ${UNIQUE_ITEMS_MAX} beside it.`,
    );
}

function checkPattern(pattern: string, pointer: string): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternRefused)) throw error;
    throw refuseSchema(`/schema${pointer}`, `A pattern cannot be used: ${error.message}.`);
  }
}

/** How many parts the schema has with every reference written out. `open` are the references being followed. */
function expandedParts(root: Part, schema: unknown, open: ReadonlySet<string>): number {
  let count = 0;
  walk(schema, (part, pointer) => {
    count++;
    const ref = part['$ref'];
    if (ref === undefined) return;
    if (typeof ref !== 'string' || !/^#(?:\/|$)/.test(ref))
      throw refuseSchema(
        `/schema${pointer}/$ref`,
        '$ref may only point into the same document, as "#/$defs/name".',
      );
    if (open.has(ref) || ref === '#')
      throw refuseSchema(`/schema${pointer}/$ref`, `The reference ${ref} leads back to itself.`);
    count += expandedParts(root, resolve(root, ref), new Set([...open, ref]));
    if (count > EXPANDED_PARTS_MAX)
      throw refuseSchema('/schema', `The schema expands to more than ${EXPANDED_PARTS_MAX} parts.`);
  });
  return count;
}

function resolve(root: Part, ref: string): unknown {
  let value: unknown = root;
  for (const token of decodeURIComponentOr(ref).slice(2).split('/')) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      throw refuseSchema('/schema', `The reference ${ref} points to nothing.`);
    // safe because the own member was just found; what it holds stays unknown
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
