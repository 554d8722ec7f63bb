/**
 * What is wrong with one field, for programs and for words in any language: a code and the values that its sentence needs.
 * Every validator at the border makes its field errors here, from the keyword of JSON Schema that refused. Pure.
 *
 * Values come from the schema, never from the input: they may be shown and logged.
 */

/** Each with what stands in `params`, where anything does. */
export const FIELD_CODES = [
  'REQUIRED',
  'NOT_ACCEPTED',
  /** type: names of JSON types. */
  'WRONG_TYPE',
  /** allowed: the values. */
  'NOT_LISTED',
  /** limit, in characters. */
  'TOO_SHORT',
  'TOO_LONG',
  /** limit, itself allowed. */
  'TOO_SMALL',
  'TOO_GREAT',
  /** limit, itself not allowed. */
  'NOT_ABOVE',
  'NOT_BELOW',
  /** multipleOf. */
  'NOT_A_MULTIPLE',
  /** limit, in items. */
  'TOO_FEW_ITEMS',
  'TOO_MANY_ITEMS',
  'REPEATED_ITEMS',
  'ITEM_MISSING',
  /** limit, in members. */
  'TOO_FEW_FIELDS',
  'TOO_MANY_FIELDS',
  /** pattern. */
  'WRONG_FORM',
  /** format: a name of JSON Schema. */
  'WRONG_FORMAT',
  'NO_SHAPE_FITS',
  'EXCLUDED',
  // Of rules that no schema can say.
  'NO_PHONE_NUMBER',
  'COUNTRY_CODE_MISSING',
  'COUNTRY_UNKNOWN',
  'PASSWORD_COMMON',
  'PASSWORD_PERSONAL',
  'PIN_EASY',
  'CODE_WRONG',
  'CONFIRMATION_WRONG',
  'ID_FORM',
  'ROLE_UNKNOWN',
  'ROLE_TWICE',
  'EMPTY',
  'GIVEN_TWICE',
  /** A value that no other code tells more about. */
  'UNUSABLE',
  /** min, max. */
  'NOT_WHOLE',
  'NO_VERSION',
  'NO_QUOTED_VERSION',
  'NO_HEADER_KEY',
  'NO_PLACE',
  /** others: names of the members beside it. */
  'NOT_WITH',
  'ONLY_WITH',
  /** others: one of them, this one among them. */
  'EXACTLY_ONE',
  /** other: the member that it must lie before. */
  'NOT_BEFORE',
  'IN_PAST',
  'IN_FUTURE',
  'DIGEST_WRONG',
  'SOURCE_NEEDED',
  'PROOF_WRONG',
  'CURRENCY_UNKNOWN',
  /** line. */
  'CSV_QUOTE',
  /** allowed: the columns. */
  'CSV_HEADER',
  // Of rows of a file: a row as a whole, or its cell.
  /** cells, columns: how many. */
  'ROW_CELLS',
  /** others: one of them at least. */
  'ONE_NEEDED',
  /** line: the row before. */
  'ROW_AGAIN',
  'SEVERAL_FIT',
  /** example. */
  'PRICE_FORM',
  'MESSENGER_FORM',
  'NO_ADDRESS',
  'RULES_APART',
  'TYPE_FILTER',
  'URL_REFUSED',
  'DOCUMENTS_COUNT',
  'DOCUMENT_STATE',
  'DOCUMENTS_APART',
  // Of events and schemas that programs send.
  'EVENT_PART',
  'CAUSE_OTHER',
  'SCHEMA_UNBOUNDED',
] as const;
export type FieldCode = (typeof FIELD_CODES)[number];

export interface FieldFault {
  readonly code: FieldCode;
  readonly params?: Readonly<Record<string, FieldValue>>;
}
export type FieldValue =
  string | number | boolean | null | readonly (string | number | boolean | null)[];

/** As ajv reports it. */
export interface SchemaFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
}

/** By keyword: the code, and the parameters of the validator that go with it under the name that callers see. */
export const KEYWORD_FAULTS: Readonly<
  Record<string, readonly [code: FieldCode, params?: Readonly<Record<string, string>>]>
> = {
  required: ['REQUIRED'],
  dependentRequired: ['REQUIRED'],
  dependencies: ['REQUIRED'],
  additionalProperties: ['NOT_ACCEPTED'],
  unevaluatedProperties: ['NOT_ACCEPTED'],
  propertyNames: ['NOT_ACCEPTED'],
  'false schema': ['NOT_ACCEPTED'],
  type: ['WRONG_TYPE', { type: 'type' }],
  enum: ['NOT_LISTED', { allowedValues: 'allowed' }],
  const: ['NOT_LISTED', { allowedValue: 'allowed' }],
  discriminator: ['NO_SHAPE_FITS'],
  minLength: ['TOO_SHORT', { limit: 'limit' }],
  maxLength: ['TOO_LONG', { limit: 'limit' }],
  minimum: ['TOO_SMALL', { limit: 'limit' }],
  maximum: ['TOO_GREAT', { limit: 'limit' }],
  exclusiveMinimum: ['NOT_ABOVE', { limit: 'limit' }],
  exclusiveMaximum: ['NOT_BELOW', { limit: 'limit' }],
  multipleOf: ['NOT_A_MULTIPLE', { multipleOf: 'multipleOf' }],
  minItems: ['TOO_FEW_ITEMS', { limit: 'limit' }],
  maxItems: ['TOO_MANY_ITEMS', { limit: 'limit' }],
  additionalItems: ['TOO_MANY_ITEMS', { limit: 'limit' }],
  items: ['TOO_MANY_ITEMS', { limit: 'limit' }],
  unevaluatedItems: ['TOO_MANY_ITEMS', { limit: 'limit' }],
  uniqueItems: ['REPEATED_ITEMS'],
  contains: ['ITEM_MISSING'],
  minProperties: ['TOO_FEW_FIELDS', { limit: 'limit' }],
  maxProperties: ['TOO_MANY_FIELDS', { limit: 'limit' }],
  pattern: ['WRONG_FORM', { pattern: 'pattern' }],
  format: ['WRONG_FORMAT', { format: 'format' }],
  anyOf: ['NO_SHAPE_FITS'],
  oneOf: ['NO_SHAPE_FITS'],
  if: ['NO_SHAPE_FITS'],
  not: ['EXCLUDED'],
};

/** Names of members come from the caller. */
const POINTER_LENGTH_MAX = 200;
/** A sentence lists no more. */
const ALLOWED_MAX = 50;

/** A form shows this many faults at once; more would only make the answer long. */
const FAULTS_MAX = 20;

/** The faults of a validator as the field errors of a problem document; the values that a field may have are one of them. */
export function fieldErrorsOf(
  faults: readonly SchemaFault[] | null | undefined,
): readonly FieldError[] {
  const found = new Map<string, FieldError>();
  for (const fault of faults ?? []) {
    const error = fieldErrorOf(fault);
    const key = `${error.at} ${error.message}`;
    const before = found.get(key);
    if (before === undefined && found.size === FAULTS_MAX) break;
    found.set(key, before === undefined ? error : together(before, error));
  }
  return [...found.values()];
}

/** Constants of a union are refused one by one. */
function together(before: FieldError, error: FieldError): FieldError {
  const lists = [before, error].map(({ params }) => params?.['allowed']);
  const allowed = lists.flatMap((list) => (Array.isArray(list) ? list : []));
  if (error.code !== 'NOT_LISTED') return before;
  return { ...before, params: { allowed: [...new Set(allowed)].slice(0, ALLOWED_MAX) } };
}

function fieldErrorOf(fault: SchemaFault): FieldError {
  const { keyword, params, message = 'does not match' } = fault;
  const at = pointerOf(fault).slice(0, POINTER_LENGTH_MAX);
  const known = Object.hasOwn(KEYWORD_FAULTS, keyword) ? KEYWORD_FAULTS[keyword] : undefined;
  if (known === undefined) return { at, message, code: 'UNUSABLE' };
  const [code, names = {}] = known;
  const values = Object.entries(names).flatMap(([name, shown]) => {
    const value = valueOf(shown, params[name]);
    return value === undefined ? [] : [[shown, value] as const];
  });
  const shown = values.length === 0 ? {} : { params: Object.fromEntries(values) };
  return { at, message, code, ...shown };
}

function valueOf(name: string, value: unknown): FieldValue | undefined {
  if (isPlain(value)) return name === 'allowed' ? [value] : value;
  if (!Array.isArray(value) || !value.every((each) => isPlain(each))) return undefined;
  return value.slice(0, ALLOWED_MAX);
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** JSON Pointer to the member that is wrong: also to one that is missing or that nobody asked for. */
function pointerOf({ instancePath, params }: SchemaFault): string {
  const member =
    params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  if (typeof member !== 'string') return instancePath;
  return `${instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** One field or attribute that was not accepted. */
export interface FieldError {
  /** JSON Pointer into the body, or the name of a header, attribute or parameter. */
  readonly at: string;
  /** In English. */
  readonly message: string;
  /** What is wrong, for programs and for words in other languages. */
  readonly code: FieldCode;
  /** What the words of the code need: of the schema, never of the input. */
  readonly params?: NonNullable<FieldFault['params']>;
}
