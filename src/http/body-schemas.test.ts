import { expect, test } from 'vitest';
import { apiDocument } from '../../tools/client/api-document.ts';
import { createBodyCompiler } from './body-schemas.ts';

interface Described {
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
  };
}

test('the schema of every body that a route describes can be compiled', async () => {
  const compile = createBodyCompiler();
  const { paths } = await apiDocument();
  const failed: string[] = [];
  let count = 0;
  for (const [path, methods] of Object.entries(paths))
    // safe because an OpenAPI document has operations by method
    for (const [method, operation] of Object.entries(methods as Record<string, Described>)) {
      const schema = operation.requestBody?.content?.['application/json']?.schema;
      if (schema === undefined) continue;
      count += 1;
      try {
        compile(schema)({});
      } catch (error) {
        failed.push(`${method} ${path}: ${String(error)}`);
      }
    }
  expect(count).toBeGreaterThan(100);
  expect(failed).toEqual([]);
});

test('a schema that cannot be compiled is found with its first body, and others go on', () => {
  const compile = createBodyCompiler();
  const bad = compile({ type: 'nonsense' });
  expect(() => bad({})).toThrow(/schema is invalid/);
  const good = compile({ type: 'object', required: ['name'] });
  expect(good({ name: 1 })).toEqual([]);
  expect(good({})).toMatchObject([{ at: '/name', code: 'REQUIRED' }]);
  expect(good([])).toMatchObject([{ at: '/', code: 'WRONG_TYPE', params: { type: 'object' } }]);
});
