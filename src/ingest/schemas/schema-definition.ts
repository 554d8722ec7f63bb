/** What is registered for one version of one type, parsed from the body of PUT /v1/schemas/{type}/{version}. */
import { liesUnderSealed } from '../../core/event-type.ts';
import { checkType } from '../attributes.ts';
import { RuleSyntaxError } from './rule-parser.ts';
import { compileRule, type RuleDefinition } from './rules.ts';
import { checkSchemaLimits, refuseSchema } from './schema-limits.ts';

/** strict: an event that does not match is refused and becomes a dead letter. observe: it is stored and counted. */
export type SchemaMode = 'strict' | 'observe';

export interface SchemaDefinition {
  readonly mode: SchemaMode;
  /** JSON Schema 2020-12 of `data`. */
  readonly schema: Readonly<Record<string, unknown>> | boolean;
  /** JSON Pointers of the personal fields of `data`. */
  readonly personal: readonly string[];
  /** JSON Pointer of the field that names the person; null when the subject of the event does. */
  readonly person: string | null;
  readonly rules: readonly RuleDefinition[];
}

export interface SchemaName {
  readonly type: string;
  /** 1 to 32 letters, digits, dots, hyphens and underscores. */
  readonly version: string;
}

/** Rules of one schema; each is evaluated for every event of the type. */
const RULES_MAX = 20;
const POINTERS_MAX = 64;
const POINTER = /^(?:\/(?:[^~/]|~[01]){0,128}){1,16}$/u;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;
const RULE_NAME = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/;

/** Errors: INPUT_INVALID, EVENT types that this server reserves included. */
export function checkSchemaName({ type, version }: SchemaName): void {
  const { problem, flag } = checkType(type);
  if (problem !== null) throw refuseSchema('type', `The type ${problem}.`);
  if (flag)
    throw refuseSchema(
      'type',
      `The type "${type}" is reserved for events that this server decides.`,
    );
  if (!VERSION.test(version))
    throw refuseSchema(
      'version',
      'A version is 1 to 32 letters, digits, dots, hyphens and underscores.',
    );
}

/**
 * Parses a body: `{schema, mode?, personal?, person?, rules?}`, or the JSON Schema itself with these members beside its
 * keywords. The mode is strict unless said. Errors: INPUT_INVALID, TOO_LARGE.
 */
export function parseDefinition(body: unknown): SchemaDefinition {
  if (!isRecord(body))
    throw refuseSchema('', 'The body is a JSON object with the member "schema".');
  const { mode = 'strict', personal = [], person = null, rules = [], ...rest } = body;
  const wrapped = 'schema' in rest;
  const unknown = wrapped ? Object.keys(rest).find((name) => name !== 'schema') : undefined;
  if (unknown !== undefined)
    throw refuseSchema(`/${unknown}`, `The member "${unknown}" is not known.`);
  const schema = wrapped ? rest['schema'] : rest;
  if (!isRecord(schema) && typeof schema !== 'boolean')
    throw refuseSchema('/schema', 'A JSON Schema is an object or a boolean.');
  if (mode !== 'strict' && mode !== 'observe')
    throw refuseSchema('/mode', 'The mode is "strict" or "observe".');
  if (!Array.isArray(personal) || personal.length > POINTERS_MAX || !personal.every(isPointer))
    throw refuseSchema(
      '/personal',
      `"personal" is a list of at most ${POINTERS_MAX} JSON Pointers.`,
    );
  if (person !== null && !isPointer(person))
    throw refuseSchema('/person', '"person" is a JSON Pointer.');
  checkSchemaLimits(schema);
  return { mode, schema, personal, person, rules: parseRules(rules) };
}

function parseRules(rules: unknown): RuleDefinition[] {
  if (!Array.isArray(rules) || rules.length > RULES_MAX)
    throw refuseSchema('/rules', `"rules" is a list of at most ${RULES_MAX} rules.`);
  const names = new Set<string>();
  return rules.map((rule: unknown, index) => {
    const at = `/rules/${index}`;
    if (!isRecord(rule)) throw refuseSchema(at, 'A rule is {name, expression}.');
    const { name, expression } = rule;
    if (typeof name !== 'string' || !RULE_NAME.test(name) || names.has(name))
      throw refuseSchema(
        `${at}/name`,
        'A rule has a name of its own of 1 to 64 letters, digits, spaces, . _ and -.',
      );
    if (typeof expression !== 'string')
      throw refuseSchema(`${at}/expression`, 'The expression is a string.');
    names.add(name);
    try {
      compileRule(expression);
    } catch (error) {
      if (error instanceof RuleSyntaxError) throw refuseSchema(`${at}/expression`, error.message);
      throw error;
    }
    return { name, expression };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPointer(value: unknown): value is string {
  return typeof value === 'string' && POINTER.test(value) && !liesUnderSealed(value);
}

/** JSON text that does not depend on the order of members: equal definitions have equal text. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join(',')}}`;
}

export interface RegisteredSchema extends SchemaName, SchemaDefinition {
  /** RFC 3339. */
  readonly createdAt: string;
}
