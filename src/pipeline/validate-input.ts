/** Inputs of commands against their schemas: JSON Schema 2020-12 by ajv, compiled once, when needed, formats checked. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { type FieldError, fieldErrorsOf } from '../core/field-faults.ts';

/** Characters of JSON up to which all faults are collected: a large hostile input has one fault for every few bytes. */
const COLLECTED_LENGTH_MAX = 16 * 1024;

type Compile = (name: string, schema: object) => (input: unknown) => readonly FieldError[];

/** Nothing is coerced, defaulted or removed: what `decide` sees is what was sent. */
export function createInputValidators(): Compile {
  const quick = createAjv(false);
  const thorough = createAjv(true);
  return (name, schema) => {
    // With the first command of its kind: compiling all of them takes a second, at each start and for the demo again.
    let accepts: ReturnType<typeof compiled> | undefined;
    // Few inputs are wrong, so the validator that collects everything is compiled when the first one is.
    let collect: ReturnType<typeof compiled> | undefined;
    return (input) => {
      accepts ??= compiled(quick, name, schema);
      if (accepts(input)) return [];
      if ((JSON.stringify(input)?.length ?? 0) > COLLECTED_LENGTH_MAX)
        return fieldErrorsOf(accepts.errors);
      collect ??= compiled(thorough, name, schema);
      collect(input);
      return fieldErrorsOf(collect.errors);
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
