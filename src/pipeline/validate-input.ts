/** Inputs of commands against their schemas: JSON Schema 2020-12 by ajv, compiled once, formats checked. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { FieldError } from '../core/errors.ts';

/** A form shows this many faults at once; more would only make the answer long. */
const FAULTS_MAX = 20;
/** Characters of JSON up to which all faults are collected: a large hostile input has one fault for every few bytes. */
const COLLECTED_LENGTH_MAX = 16 * 1024;
/** Names of members come from the caller. */
const POINTER_LENGTH_MAX = 200;

type Compile = (name: string, schema: object) => (input: unknown) => readonly FieldError[];

/** Nothing is coerced, defaulted or removed: what `decide` sees is what was sent. */
export function createInputValidators(): Compile {
  const quick = createAjv(false);
  const thorough = createAjv(true);
  return (name, schema) => {
    const accepts = compiled(quick, name, schema);
    // Few inputs are wrong, so the validator that collects everything is compiled when the first one is.
    let collect: ReturnType<typeof compiled> | undefined;
    return (input) => {
      if (accepts(input)) return [];
      if ((JSON.stringify(input)?.length ?? 0) > COLLECTED_LENGTH_MAX)
        return fieldErrors(accepts.errors);
      collect ??= compiled(thorough, name, schema);
      collect(input);
      return fieldErrors(collect.errors);
    };
  };
}

function createAjv(allErrors: boolean): Ajv2020 {
  const ajv = new Ajv2020({ allErrors, strict: true, logger: false, addUsedSchema: false });
  ajvFormats.default(ajv, { mode: 'fast' });
  return ajv;
}

function compiled(ajv: Ajv2020, name: string, schema: object) {
  try {
    return ajv.compile(schema);
  } catch (error) {
    throw new TypeError(`the input schema of ${name} cannot be compiled`, { cause: error });
  }
}

function fieldErrors(faults: readonly ErrorObject[] | null | undefined): readonly FieldError[] {
  const found = new Map<string, FieldError>();
  for (const fault of faults ?? []) {
    const at = pointerOf(fault).slice(0, POINTER_LENGTH_MAX);
    const message = fault.message ?? 'does not match';
    found.set(`${at} ${message}`, { at, message });
    if (found.size === FAULTS_MAX) break;
  }
  return [...found.values()];
}

/** JSON Pointer to the member that is wrong: also to one that is missing or that nobody asked for. */
function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  // safe because ajv documents these parameters for these keywords
  const { missingProperty, additionalProperty } = params as Readonly<Record<string, unknown>>;
  const member =
    keyword === 'required'
      ? missingProperty
      : keyword === 'additionalProperties'
        ? additionalProperty
        : undefined;
  if (typeof member !== 'string') return instancePath;
  return `${instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
