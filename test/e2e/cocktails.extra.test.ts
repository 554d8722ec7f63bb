/**
 * The official cocktail recipes, which may not be shipped: the folder COMPTOIR_TEST_DATA (default ../shared/data) holds
 * them where there is one.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../../src/cli/testing/run-line.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../../src/http/fixture.ts';

const root = join(import.meta.dirname, '..', '..');
const file = resolve(
  root,
  process.env['COMPTOIR_TEST_DATA'] ?? '../shared/data',
  'iba-cocktails.json',
);
const isThere = existsSync(file);
if (!isThere) console.warn(`cocktails: skipped, because ${file} is absent`);

describe.skipIf(!isThere)('the official cocktails', () => {
  let http: HttpFixture;
  beforeAll(async () => {
    http = await httpFixture();
  });
  afterAll(() => http?.close());

  const run = async (): Promise<unknown> => {
    const { exit, stdout } = await runLine(['import', 'cocktails', file, '--json'], {
      environment: { COMPTOIR_URL: http.url, COMPTOIR_API_KEY: ADMIN_KEY },
    });
    return { exit, counts: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') };
  };

  it('are 77 recipes, and again nothing changes', async () => {
    const counts = { recipes: 77, created: 77, unchanged: 0 };
    expect(await run()).toEqual({ exit: 0, counts });
    const again = { recipes: 77, created: 0, unchanged: 77 };
    expect(await run()).toEqual({ exit: 0, counts: again });
    const { body } = await http.json('/v1/catalog/recipes?limit=1000');
    expect(body.items).toHaveLength(77);
  });
});
