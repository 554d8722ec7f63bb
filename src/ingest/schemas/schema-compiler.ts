/** From a definition to a function over the data of an event, by ajv (JSON Schema 2020-12) and our rules. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { DataKind, type EventDraft } from '../../core/event.ts';
import { compileRule } from './rules.ts';
import { compilePattern } from './safe-pattern.ts';
import type { SchemaDefinition } from './schema-definition.ts';
import { refuseSchema, SCHEMA_FORMATS } from './schema-limits.ts';

/** The kinds of checks that are counted for the quality report. */
export const CHECKS = ['schema', 'required', 'types', 'rules'] as const;
export type Check = (typeof CHECKS)[number];

export interface Verdict {
  readonly failed: readonly Check[];
  /** What does not match: JSON Pointers and keywords, never values. Empty when everything matches. */
  readonly detail: string;
}

export type EventCheck = (draft: EventDraft) => Verdict;

const MATCHES: Verdict = { failed: [], detail: '' };
const decoder = new TextDecoder();

export interface SchemaCompiler {
  /** Errors: INPUT_INVALID when the schema is not valid under its dialect. */
  compile(definition: SchemaDefinition): EventCheck;
}

export function createSchemaCompiler(): SchemaCompiler {
  const ajv = new Ajv2020({
    // The first fault is enough, and collecting all of a hostile body would take unbounded memory.
    allErrors: false,
    strict: false,
    addUsedSchema: false,
    logger: false,
    code: { regExp: Object.assign(regExpOf, { code: 'safePattern' }) },
  });
  ajvFormats.default(ajv, { mode: 'fast', formats: [...SCHEMA_FORMATS] });

  function compile({ schema, rules }: SchemaDefinition): EventCheck {
    const { $id: _id, ...own } = typeof schema === 'boolean' ? {} : schema;
    const compiled = typeof schema === 'boolean' ? schema : own;
    const validate = withoutTrace(ajv, compiled);
    const tests = rules.map(({ name, expression }) => ({ name, holds: compileRule(expression) }));
    return (draft) => {
      if (draft.dataKind !== DataKind.json)
        return { failed: ['schema'], detail: 'The event has no JSON data.' };
      // safe because the bytes were scanned as JSON when the event arrived
      const data: unknown = JSON.parse(
        decoder.decode(draft.dataBytes.subarray(draft.dataStart, draft.dataEnd)),
      );
      const fault = validate(data) ? null : (validate.errors?.[0] ?? null);
      const broken = tests.filter(({ holds }) => !holds(data)).map(({ name }) => name);
      return fault === null && broken.length === 0 ? MATCHES : verdictOf(fault, broken);
    };
  }

  return { compile };
}

function withoutTrace(ajv: Ajv2020, schema: Record<string, unknown> | boolean) {
  try {
    return ajv.compile(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 300) : 'unknown reason';
    throw refuseSchema('/schema', `The schema cannot be used: ${reason}.`);
  } finally {
    // ajv keeps what it compiled under the schema object; the registry decides what is kept here.
    if (typeof schema !== 'boolean') ajv.removeSchema(schema);
  }
}

/** What ajv calls for every pattern; the key by which it tells patterns apart is their text. */
function regExpOf(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = compilePattern(pattern);
  return { test: (text) => compiled.test(text), toString: () => `/${pattern}/u` };
}

function verdictOf(fault: ErrorObject | null, broken: readonly string[]): Verdict {
  const failed: Check[] = [];
  const details: string[] = [];
  if (fault !== null) {
    failed.push('schema');
    if (fault.keyword === 'required') failed.push('required');
    if (fault.keyword === 'type') failed.push('types');
    details.push(
      `${fault.instancePath === '' ? 'The data' : fault.instancePath} ${fault.message ?? 'does not match'}`,
    );
  }
  if (broken.length > 0) {
    failed.push('rules');
    details.push(`the rule "${broken.join('", "')}" does not hold`);
  }
  return { failed, detail: shown(`${details.join('; ')}.`) };
}

/** Names of members come from the data: bounded, and without the characters that a database or a log would refuse. */
function shown(detail: string): string {
  return detail.slice(0, DETAIL_LENGTH_MAX).replace(/[\p{Cc}\p{Cs}]/gu, '?');
}

const DETAIL_LENGTH_MAX = 500;
