/**
 * Bodies of routes against their schemas: JSON Schema 2020-12 by one ajv for all routes, each schema compiled with the first
 * body that it judges. Compiling all of them at the start took as long as everything else of it together.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FieldError } from '../core/field-faults.ts';
import { fieldErrorsOf } from '../core/field-faults.ts';
import type { JsonSchema } from './route.ts';

/** Faults of a body; none when it is valid. The whole body is at `/`. */
export type CompileBody = (schema: JsonSchema) => (body: unknown) => readonly FieldError[];

export function createBodyCompiler(): CompileBody {
  const ajv = new Ajv2020({ allErrors: false, strict: false, addUsedSchema: false });
  // safe because the plugin is a CommonJS module whose callable export TypeScript sees as a namespace
  (formats as unknown as (target: Ajv2020) => void)(ajv);
  return (schema) => {
    let isValid: ReturnType<Ajv2020['compile']> | undefined;
    return (body) => {
      isValid ??= ajv.compile(schemaOnly(schema));
      if (isValid(body)) return [];
      return fieldErrorsOf(isValid.errors).map((error) =>
        error.at === '' ? { ...error, at: '/' } : error,
      );
    };
  };
}

/** Without typebox's own markers, which are not enumerable anyway but must not reach the compiler. */
function schemaOnly(schema: JsonSchema): JsonSchema {
  // safe because a JSON Schema is an object
  return JSON.parse(JSON.stringify(schema)) as JsonSchema;
}
