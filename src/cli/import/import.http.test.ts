import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../../http/fixture.ts';
import { EXIT } from '../command.ts';
import { runLine, type Ran } from '../testing/run-line.ts';

let http: HttpFixture;
let folder: string;

beforeAll(async () => {
  http = await httpFixture();
  folder = mkdtempSync(join(tmpdir(), 'comptoir-import-'));
});
afterAll(async () => {
  await http.close();
  rmSync(folder, { recursive: true });
});

const run = (...line: readonly string[]): Promise<Ran> =>
  runLine(['import', ...line], {
    environment: {
      COMPTOIR_URL: http.url,
      COMPTOIR_API_KEY: ADMIN_KEY,
      COMPTOIR_DATA_DIR: folder,
    },
  });
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const RECIPES = [
  {
    name: 'Harbour Sour',
    glass: 'old-fashioned',
    category: 'House',
    ingredients: [
      { unit: 'cl', amount: 4.5, ingredient: 'Rum', label: 'Dark rum' },
      { special: '2 dashes of bitters' },
    ],
    garnish: 'Lime wheel',
    preparation: 'Shake and strain.',
  },
  { name: 'Plain Tonic', glass: 'highball', ingredients: [{ special: 'Tonic water' }] },
];

describe('import cocktails', () => {
  test('adds each recipe once, however often it is run', async () => {
    const path = file('recipes.json', JSON.stringify(RECIPES));
    const first = await run('cocktails', path, '--json');
    expect([first.exit, JSON.parse(first.stdout)]).toEqual([
      EXIT.ok,
      { recipes: 2, created: 2, unchanged: 0 },
    ]);
    const again = await run('cocktails', path, '--json');
    expect(JSON.parse(again.stdout)).toEqual({ recipes: 2, created: 0, unchanged: 2 });
    const { body } = await http.json('/v1/catalog/recipes?kind=House');
    expect(body.items).toMatchObject([
      {
        name: { en: 'Harbour Sour' },
        glass: 'old-fashioned',
        ingredients: [
          { name: 'Rum', label: 'Dark rum', amount: 4.5, unit: 'cl' },
          { name: '2 dashes of bitters', label: null, amount: null, unit: null },
        ],
        garnish: { en: 'Lime wheel' },
        method: { en: 'Shake and strain.' },
      },
    ]);
  });

  test('tells the recipe that cannot be used and takes the others', async () => {
    const path = file('bad.json', JSON.stringify([{ glass: 'shot' }, ...RECIPES]));
    const ran = await run('cocktails', path);
    expect(ran.exit).toBe(EXIT.partlyRejected);
    expect(ran.stdout).toBe('2 recipes: 0 created, 2 unchanged\n');
    expect(ran.stderr).toMatch(/^recipe 1: /);
  });

  test('what is not a list of recipes is not imported', async () => {
    expect((await run('cocktails', file('no.json', '{}'))).exit).toBe(EXIT.failed);
    expect((await run('cocktails', file('no.txt', 'x'))).exit).toBe(EXIT.failed);
    expect((await run('cocktails', join(folder, 'absent.json'))).exit).toBe(EXIT.failed);
  });
});

describe('import products', () => {
  test('takes a table and tells the lines that cannot be used', async () => {
    const path = file('menu.csv', 'name,price,tax_class\nTea,2.00,standard\nWater,free,standard\n');
    const ran = await run('products', path);
    expect([ran.exit, ran.stdout]).toEqual([
      EXIT.partlyRejected,
      '1 created, 0 changed, 0 unchanged, 1 rejected\n',
    ]);
    expect(ran.stderr).toContain('line 3: ');
  });
});

test('a kind or day that there is not is a mistake of usage', async () => {
  expect((await run('coctails', 'x')).stderr).toContain('Did you mean cocktails?');
  const path = file('some.json', '[]');
  expect((await run('cocktails', path, '--date', '2026-02-30')).exit).toBe(EXIT.usage);
  expect((await run('cocktails', path)).stdout).toBe('0 recipes: 0 created, 0 unchanged\n');
});
