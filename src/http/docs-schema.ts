/** A JSON Schema as rows of a table: one for each field, however deep, with its path. */

/** The keywords of JSON Schema 2020-12 that descriptions of routes use. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
}

export interface FieldRow {
  /** Names from the outside in; `[]` for the items of a list, `*` for any name. */
  readonly path: readonly string[];
  /** In words, such as `string or null`. */
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  /** The only values there are; empty where the type says enough. */
  readonly values: readonly unknown[];
  /** Such as `1 to 128 characters`. */
  readonly limits: string;
}

/** Of ids in paths and bodies: so frequent that it is a word of its own, told on the overview. */
const ID_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._~-]*$';
/** What is nested deeper stands in /openapi.json: nobody reads it in a table. */
const DEPTH_MAX = 6;

/** The fields of an object, of the items of a list, or of each object that it may be. */
export function fieldRows(schema: Schema, path: readonly string[] = []): readonly FieldRow[] {
  if (path.length >= DEPTH_MAX) return [];
  const choices = choicesOf(schema);
  if (choices.length > 1) return mergedRows(choices.map((choice) => fieldRows(choice, path)));
  const { properties = {}, required = [], items, patternProperties, additionalProperties } = schema;
  const any = [
    ...Object.values(patternProperties ?? {}),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
  const named: readonly (readonly [string, Schema, boolean])[] = [
    ...Object.entries(properties).map(
      ([name, each]) => [name, each, required.includes(name)] as const,
    ),
    ...required.filter((name) => !(name in properties)).map((name) => [name, {}, true] as const),
    ...any.map((each) => ['*', each, false] as const),
  ];
  return [
    ...named.flatMap(([name, each, isRequired]) => [
      rowOf(each, [...path, name], isRequired),
      ...fieldRows(each, [...path, name]),
    ]),
    ...(items === undefined || items === false ? [] : fieldRows(items, listPath(path))),
  ];
}

/** `lines` becomes `lines[]`; a list in a list has no name to carry the brackets. */
function listPath(path: readonly string[]): readonly string[] {
  const last = path.at(-1);
  return last === undefined ? ['[]'] : [...path.slice(0, -1), `${last}[]`];
}

function rowOf(schema: Schema, path: readonly string[], required: boolean): FieldRow {
  return {
    path,
    type: typeWords(schema),
    required,
    description: schema.description ?? '',
    values: valuesOf(schema),
    limits: limitWords(schema),
  };
}

/** A field of several shapes is one row, and required only where every shape with fields requires it. */
function mergedRows(shapes: readonly (readonly FieldRow[])[]): readonly FieldRow[] {
  const withFields = shapes.filter((rows) => rows.length > 0);
  const byPath = Map.groupBy(withFields.flat(), ({ path }) => path.join('.'));
  return [...byPath.values()].map((rows) => {
    const merged = rows.reduce(unionRow);
    return rows.length === withFields.length ? merged : { ...merged, required: false };
  });
}

function unionRow(a: FieldRow, b: FieldRow): FieldRow {
  return {
    ...a,
    type: [...new Set([...a.type.split(' or '), ...b.type.split(' or ')])].join(' or '),
    required: a.required && b.required,
    description: a.description === '' ? b.description : a.description,
    values: [...new Set([...a.values, ...b.values])],
    limits: a.limits === b.limits ? a.limits : '',
  };
}

/** The shapes that a value may have; one for a schema that is no union. */
function choicesOf(schema: Schema): readonly Schema[] {
  const choices = schema.anyOf ?? schema.oneOf;
  return choices === undefined ? [schema] : choices.flatMap((choice) => choicesOf(choice));
}

export function typeWords(schema: Schema): string {
  return [...new Set(choicesOf(schema).flatMap(oneType))].join(' or ');
}

function oneType(schema: Schema): readonly string[] {
  const { type, format, items } = schema;
  if (schema.$ref !== undefined) return [schema.$ref.split('/').at(-1) ?? ''];
  if (schema.const !== undefined) return [jsonType(schema.const)];
  if (schema.enum !== undefined) return schema.enum.map(jsonType);
  if (type === 'array') {
    const of = items === undefined || items === false ? 'anything' : typeWords(items);
    return [`list of ${of.includes(' or ') ? `(${of})` : of}`];
  }
  if (schema.pattern === ID_PATTERN) return ['id'];
  if (type === undefined) return [schema.properties === undefined ? 'anything' : 'object'];
  if (typeof type !== 'string') return type.map((each) => withFormat(each, format));
  return [withFormat(type, format)];
}

function withFormat(type: string, format: string | undefined): string {
  return type === 'string' && format !== undefined ? format : type;
}

function jsonType(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

function valuesOf(schema: Schema): readonly unknown[] {
  const choices = choicesOf(schema);
  const isClosed = choices.every(
    (choice) => choice.const !== undefined || choice.enum !== undefined || choice.type === 'null',
  );
  if (!isClosed) return [];
  return choices.flatMap((choice) =>
    choice.const === undefined ? (choice.enum ?? []) : [choice.const],
  );
}

export function limitWords(schema: Schema): string {
  const choices = choicesOf(schema).filter(({ type }) => type !== 'null');
  const [only, second] = choices;
  if (only === undefined || second !== undefined) return '';
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, pattern } = only;
  if (pattern === ID_PATTERN) return '';
  const byDefault = schema.default ?? only.default;
  return [
    range(minLength, maxLength, 'characters'),
    range(minimum, maximum, ''),
    range(minItems, maxItems, 'items'),
    ...(pattern === undefined ? [] : [`matches \`${pattern}\``]),
    ...(byDefault === undefined ? [] : [`by default \`${JSON.stringify(byDefault)}\``]),
  ]
    .filter((words) => words !== '')
    .join('; ');
}

function range(min: number | undefined, max: number | undefined, what: string): string {
  const unit = what === '' ? '' : ` ${what}`;
  const shown = (value: number): string => value.toLocaleString('en');
  if (min !== undefined && max !== undefined && max < Number.MAX_SAFE_INTEGER)
    return min === max ? `${shown(min)}${unit}` : `${shown(min)} to ${shown(max)}${unit}`;
  if (max !== undefined && max < Number.MAX_SAFE_INTEGER) return `at most ${shown(max)}${unit}`;
  return min === undefined ? '' : `at least ${shown(min)}${unit}`;
}
