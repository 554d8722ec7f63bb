/** Reads the JSON Schemas of commands as fields of a form. Pure. */

export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly title?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export type Kind =
  | { readonly kind: 'text'; readonly isLong: boolean }
  | { readonly kind: 'number'; readonly isInteger: boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'moment' }
  | { readonly kind: 'date' }
  | { readonly kind: 'choice'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'money' }
  | { readonly kind: 'minor-units' }
  | { readonly kind: 'object'; readonly fields: readonly ObjectField[] }
  | { readonly kind: 'record'; readonly value: Schema; readonly isLanguages: boolean }
  | { readonly kind: 'list'; readonly item: Schema }
  | { readonly kind: 'variants'; readonly variants: readonly Schema[] }
  | { readonly kind: 'nullable'; readonly inner: Schema }
  | { readonly kind: 'json' };

export interface ObjectField {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** How the server marks whole numbers that are amounts. */
const MINOR_UNITS = 'Minor units';
/** Texts longer than this are written in several lines. */
const LONG_TEXT = 400;
/** How the schemas say a moment without a format: RFC 3339, its zone optional. */
const MOMENT_PATTERN = /T\[0-9\]\{2\}|T\\d\{2\}/;
const DATE_PATTERN = /^\^?\[0-9\]\{4\}-\[0-9\]\{2\}-\[0-9\]\{2\}\$?$/;

export function kindOf(schema: Schema): Kind {
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return kindOfVariants(variants);
  const values = valuesOf(schema);
  if (values !== null) return { kind: 'choice', values };
  if (Array.isArray(schema.type)) return kindOfTypes(schema, schema.type);
  switch (schema.type) {
    case 'string':
      return kindOfText(schema);
    case 'integer':
    case 'number':
      if (schema.title === MINOR_UNITS) return { kind: 'minor-units' };
      return { kind: 'number', isInteger: schema.type === 'integer' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return schema.items === undefined ? { kind: 'json' } : { kind: 'list', item: schema.items };
    case 'object':
      return kindOfObject(schema);
    default:
      return { kind: 'json' };
  }
}

function kindOfText({ format, pattern = '', maxLength = 0 }: Schema): Kind {
  if (format === 'date-time' || MOMENT_PATTERN.test(pattern)) return { kind: 'moment' };
  if (format === 'date' || DATE_PATTERN.test(pattern)) return { kind: 'date' };
  return { kind: 'text', isLong: maxLength > LONG_TEXT };
}

function kindOfObject(schema: Schema): Kind {
  const { properties, patternProperties, required = [] } = schema;
  if (properties === undefined) {
    const [pattern, value] = Object.entries(patternProperties ?? {})[0] ?? [];
    if (value === undefined) return { kind: 'json' };
    return { kind: 'record', value, isLanguages: pattern?.startsWith('^[a-z]{2}(') ?? false };
  }
  const names = Object.keys(properties);
  if (names.length === 2 && names.includes('amount') && names.includes('currency'))
    return { kind: 'money' };
  return {
    kind: 'object',
    fields: Object.entries(properties).map(([name, field]) => ({
      name,
      schema: field,
      isRequired: required.includes(name),
    })),
  };
}

function kindOfTypes(schema: Schema, types: readonly string[]): Kind {
  const others = types.filter((type) => type !== 'null');
  const [only] = others;
  if (only === undefined || others.length > 1) return { kind: 'json' };
  const inner = { ...schema, type: only };
  return others.length === types.length ? kindOf(inner) : { kind: 'nullable', inner };
}

function kindOfVariants(variants: readonly Schema[]): Kind {
  const others = variants.filter(({ type }) => type !== 'null');
  const [only] = others;
  if (others.length < variants.length)
    return {
      kind: 'nullable',
      inner: others.length === 1 && only !== undefined ? only : { anyOf: others },
    };
  const values = variants.map((variant) => valuesOf(variant));
  if (values.every((each) => each !== null)) return { kind: 'choice', values: values.flat() };
  if (only !== undefined && others.length === 1) return kindOf(only);
  const kinds = others.map((variant) => kindOf(variant));
  // An amount may come with its currency or bare: with it, nothing has to be guessed.
  const money = kinds.find(({ kind }) => kind === 'money');
  const isAmount = ({ kind }: Kind): boolean =>
    kind === 'money' || kind === 'number' || kind === 'minor-units';
  if (money !== undefined && kinds.every(isAmount)) return money;
  // A listed value or any other text is a text; ranges of numbers are numbers.
  if (kinds.every(({ kind }) => kind === 'choice' || kind === 'text'))
    return { kind: 'text', isLong: false };
  const [first] = kinds;
  if (first !== undefined && isAmount(first) && kinds.every(({ kind }) => kind === first.kind))
    return first;
  return { kind: 'variants', variants: others };
}

/** The values that a schema lists; null when it lists none. */
function valuesOf(schema: Schema): readonly (string | number | boolean)[] | null {
  const listed = schema.const === undefined ? schema.enum : [schema.const];
  const values = listed?.filter(
    (value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  );
  return values === undefined || values.length !== listed?.length ? null : values;
}

/** What a field begins with when it must be there; undefined where the person has to say. */
export function initialOf(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default;
  const kind = kindOf(schema);
  switch (kind.kind) {
    case 'object':
      return Object.fromEntries(
        kind.fields
          .filter(({ isRequired }) => isRequired)
          .map(({ name, schema: field }) => [name, initialOf(field)])
          .filter(([, value]) => value !== undefined),
      );
    case 'record':
      return {};
    case 'list':
      return Array.from({ length: schema.minItems ?? 0 }, () => initialOf(kind.item));
    case 'choice':
      return kind.values.length === 1 ? kind.values[0] : undefined;
    case 'variants':
      return initialOf(kind.variants[0] ?? {});
    case 'boolean':
      return false;
    default:
      return undefined;
  }
}

/** Which of several shapes a value has: the one whose required names and fixed values it holds. */
export function variantOf(variants: readonly Schema[], value: unknown): number {
  const fits = variants.findIndex((variant) => {
    const { required = [], properties = {}, type } = variant;
    if (!isObject(value))
      return type === typeOf(value) || (type === 'integer' && typeof value === 'number');
    return (
      type === 'object' &&
      required.every((name) => name in value) &&
      Object.entries(properties).every(
        ([name, { const: fixed }]) =>
          fixed === undefined || !(name in value) || value[name] === fixed,
      )
    );
  });
  return fits === -1 ? 0 : fits;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without what was left empty: undefined fields go, lists lose their holes. */
export function withoutGaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== undefined).map(withoutGaps);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => [name, withoutGaps(each)]),
  );
}
