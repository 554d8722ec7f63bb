/** JSON Schemas of what module routes answer, made from the definitions of the modules. */
import type { TObject } from 'typebox';
import type { ColumnType, ReadModel } from '../../core/read-model.ts';
import type { AnswerDescription, JsonSchema } from '../route.ts';
import { camelOf, type Mounted } from './addresses.ts';

export const ID_EXAMPLE = '01J9ZQ4Y8K3V5T7N2B6M1C0D9E';
const CURSOR_EXAMPLE = 'MS5hYmMuMy40Mg';
const TEXT = { type: 'string' };
const VERSION = { type: 'integer', minimum: 1, description: 'Counts the events of this id.' };
const TIME = { type: 'string', format: 'date-time' };
const CURSOR = { type: 'string', description: 'Pass it as `wait` to read what this did.' };

export function createdSchema({ path, aggregate }: Mounted, command: string): AnswerDescription {
  const members = aggregate.responds?.(command);
  const description = `It is done; found at \`${path}/{id}\`, the value of Location`;
  const headers = ['location', 'etag', 'idempotent-replayed'];
  const schema = withMembers(object({ id: TEXT, version: VERSION, cursor: CURSOR }), members);
  if (members !== undefined) return { description, headers, schema };
  const example = { id: ID_EXAMPLE, version: 1, cursor: CURSOR_EXAMPLE };
  return { description, headers, schema, example };
}

export function doneSchema({ aggregate }: Mounted, command: string): AnswerDescription {
  const members = aggregate.responds?.(command);
  const description = 'It is done, or there was nothing to change';
  const headers = ['etag', 'idempotent-replayed'];
  const schema = withMembers(object({ version: VERSION, cursor: CURSOR }), members);
  if (members !== undefined) return { description, headers, schema };
  return { description, headers, schema, example: { version: 2, cursor: CURSOR_EXAMPLE } };
}

/** What every command answers, and what the module adds to it. */
function withMembers(schema: ObjectSchema, members: TObject | undefined): JsonSchema {
  if (members === undefined) return schema;
  const { properties } = members;
  // Absent, whatever its type says, where none is required.
  const required = Object.hasOwn(members, 'required') ? members.required : [];
  return {
    ...schema,
    required: [...schema.required, ...required],
    properties: { ...properties, ...schema.properties },
  };
}

export function listSchema(model: ReadModel): JsonSchema {
  const columns = Object.entries(model.columns).map(([column, type]) => [
    camelOf(column),
    columnSchema(type),
  ]);
  return object({
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id'],
        properties: {
          id: TEXT,
          ...Object.fromEntries(columns),
          incomplete: {
            const: true,
            description: 'Only while an event that touches it could not be handled.',
          },
        },
      },
    },
    next: { ...TEXT, description: 'Pass it as `after`.' },
    more: { type: 'boolean' },
  });
}

export function detailSchema(singular: string): JsonSchema {
  const description = `What the ${singular} is at that version.`;
  // Beside these three it has what its module shows of it.
  const known = object({ id: TEXT, version: VERSION, at: TIME });
  return { ...known, additionalProperties: true, description };
}

interface ObjectSchema {
  readonly type: string;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
}

function object(properties: Readonly<Record<string, object>>): ObjectSchema {
  return { type: 'object', required: Object.keys(properties), properties };
}

/** The JSON type of each type of column; every column may be null. */
export function columnSchema(type: ColumnType): JsonSchema {
  switch (type) {
    case 'text':
      return { type: ['string', 'null'] };
    case 'integer':
    case 'bigint':
      return { type: ['integer', 'null'] };
    case 'double precision':
      return { type: ['number', 'null'] };
    case 'boolean':
      return { type: ['boolean', 'null'] };
    case 'timestamptz':
      return { type: ['string', 'null'], format: 'date-time' };
    case 'date':
      return { type: ['string', 'null'], format: 'date' };
    case 'jsonb':
      return {};
  }
}
