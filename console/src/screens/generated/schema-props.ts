/** What a field of a form gets, and what one gets that holds further fields. */
import type { ComponentType } from 'react';
import type { Schema } from './schema.ts';

export interface SchemaFieldProps {
  readonly schema: Schema;
  readonly label: string;
  readonly value: unknown;
  onChange(value: unknown): void;
  readonly isRequired?: boolean | undefined;
  /** JSON Pointer of the value within the command. */
  readonly at: string;
  /** Messages by JSON Pointer. */
  readonly errors: ReadonlyMap<string, string>;
}

/** What groups get: fields that hold fields draw those with `Field`, which is SchemaField itself. */
export interface SchemaGroupProps extends SchemaFieldProps {
  readonly Field: ComponentType<SchemaFieldProps>;
}

/** The names of a JSON Pointer, the innermost first, without places in lists: `/lines/0/note` is note, lines. */
export function holdersOf(at: string): readonly string[] {
  return at
    .split('/')
    .filter((name) => name !== '' && !/^\d+$/.test(name))
    .toReversed();
}
