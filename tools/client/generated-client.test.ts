import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import type { Schema } from '../../src/http/docs-schema.ts';
import type { OpenApiDocument } from '../../src/http/openapi.ts';
import { generatedClient } from './generated-client.ts';
import { operationsText } from './operations-text.ts';
import { SchemaPrinter } from './schema-text.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the types of the client are what the interface makes of them (else: npm run docs)', async () => {
  const { path, text } = await generatedClient();
  expect(text.slice(0, 12)).toBe('// Generated');
  expect(text.split('\n').length).toBeGreaterThan(1000);
  // Compared as a whole, shown as the first line that differs: the file is long.
  const committed = readFileSync(join(root, path), 'utf8').split('\n');
  const stale = text.split('\n').findIndex((line, index) => line !== committed[index]);
  expect(stale === -1 ? '' : `line ${stale + 1} of ${path} is stale`).toBe('');
  expect(committed.length).toBe(text.split('\n').length);
});

test.each<[Schema, string]>([
  [{}, 'unknown'],
  [{ type: 'integer' }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ const: 'eat-in' }, '"eat-in"'],
  [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
  [{ anyOf: [{ anyOf: [{ const: 'a' }, { const: 'b' }] }, { const: 'a' }] }, '"a" | "b"'],
  [{ anyOf: [{ type: 'string' }, {}] }, 'unknown'],
  [{ allOf: [{ type: 'string' }, { type: 'number' }] }, '(string) & (number)'],
  [{ type: 'array', items: { type: 'string' } }, 'readonly (string)[]'],
  [{ type: 'array' }, 'readonly unknown[]'],
  [
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
    'readonly [string, number]',
  ],
  [{ type: 'object' }, '{\n[field: string]: unknown;\n}'],
  [{ type: 'object', required: ['id'] }, '{\nid: unknown;\n[field: string]: unknown;\n}'],
  [{ type: 'object', properties: {}, additionalProperties: false }, 'Record<string, never>'],
  [
    { type: 'object', patternProperties: { '^.*$': { type: 'integer' } } },
    'Record<string, number>',
  ],
  [
    {
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'string', description: 'Of the */ order.' },
        'not-a-name': { type: 'boolean' },
      },
    },
    '{\n/** Of the * / order. */\nid: string;\n"not-a-name"?: boolean;\n}',
  ],
  [{ $ref: '#/components/schemas/Problem' }, 'Problem'],
])('%j is printed as %s', (schema, text) => {
  expect(new SchemaPrinter().text(schema)).toBe(text);
});

test('a schema with a title is declared once, another one of the same title is not confused with it', () => {
  const printer = new SchemaPrinter();
  const money: Schema = { title: 'Money', type: 'object', properties: { a: { type: 'integer' } } };
  const array = { type: 'array', items: money } as const;
  expect(printer.text(array)).toBe('readonly (Money)[]');
  expect(printer.text(money)).toBe('Money');
  expect(printer.text({ title: 'Money', type: 'string' })).toBe('string');
  expect(printer.declarations()).toEqual(['export type Money = {\na?: number;\n};']);
});

test('an operation is printed with what it takes and answers', async () => {
  const document: OpenApiDocument = {
    openapi: '3.1.0',
    info: { title: '', version: '', description: '' },
    tags: [],
    components: {},
    paths: {
      '/v1/things/{id}': {
        get: {
          operationId: 'readThing',
          tags: [],
          summary: 'One thing',
          security: [],
          'x-error-codes': [],
          'x-comptoir-permission': 'any',
          parameters: [
            { name: 'id', in: 'path', schema: { type: 'string' } },
            { name: 'limit', in: 'query', schema: { type: 'integer' } },
            { name: 'Purpose', in: 'header', schema: { type: 'string' } },
          ],
          responses: {
            200: { content: { 'text/csv': { schema: {} }, 'application/json': { schema: {} } } },
            304: {},
            404: { content: { 'application/problem+json': { schema: { type: 'boolean' } } } },
          },
        },
      },
      '/v1/live': {
        get: {
          operationId: 'live',
          tags: [],
          summary: 'As it happens',
          security: [],
          'x-error-codes': [],
          'x-comptoir-permission': 'any',
          responses: { 200: { content: { 'text/event-stream': { schema: { type: 'string' } } } } },
        },
      },
    },
  };
  const text = await operationsText(document);
  expect(text).toContain(`  /** One thing. */
  'GET /v1/things/{id}': { query: { limit?: number }; headers: 'purpose'; answer: unknown };
  /** As it happens. */
  'GET /v1/live': { events: string; answer: undefined };`);
  expect(await format(text, { parser: 'typescript', printWidth: 100, singleQuote: true })).toBe(
    text,
  );
});
