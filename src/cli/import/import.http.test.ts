import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../../http/fixture.ts';
import { until } from '../../../test/support/until.ts';
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

const environment = () => ({
  COMPTOIR_URL: http.url,
  COMPTOIR_API_KEY: ADMIN_KEY,
  COMPTOIR_DATA_DIR: folder,
});
const run = (...line: readonly string[]): Promise<Ran> =>
  runLine(['import', ...line], { environment: environment() });
/** As on a terminal without colours. */
const runSeen = (...line: readonly string[]): Promise<Ran> =>
  runLine(['import', ...line], {
    environment: { ...environment(), NO_COLOR: '1' },
    screen: true,
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

  test('shows rows done of all where a person looks on, and leaves no trace of it', async () => {
    const rows = Array.from({ length: 250 }, (_, index) =>
      index === 240 ? 'Nothing,free,standard' : `Tea ${index},2.00,standard`,
    );
    const path = file('long-menu.csv', `name,price,tax_class\n${rows.join('\n')}\n`);
    const first = await run('products', path);
    expect([first.exit, first.stdout]).toEqual([
      EXIT.partlyRejected,
      '249 created, 0 changed, 0 unchanged, 1 rejected\n',
    ]);
    expect(first.stderr).not.toContain('250');
    const seen = await runSeen('products', path, '--json');
    expect(JSON.parse(seen.stdout)).toEqual({
      rows: 250,
      created: 0,
      changed: 0,
      unchanged: 249,
      rejected: 1,
    });
    const [lookedAt, told] = [seen.stderr.indexOf('200 of 250 rows'), seen.stderr.indexOf('line ')];
    expect(lookedAt).toBeGreaterThan(0);
    expect(seen.stderr).toContain(`[${'#'.repeat(24)}] 100 %  250 of 250 rows\r\x1b[2K`);
    expect(told).toBeGreaterThan(lookedAt);
    expect(seen.stderr.slice(told)).toMatch(/^line 242: [^\r]*\n$/);
  });
});

const ROWS = [
  'order_id\tquantity\titem_name\tchoice_description\titem_price',
  '1\t1\tSalad Bowl\t[Tomato Dressing (Mild), [Rice, Beans]]\t$10.98 ',
  '1\t2\tLemonade\t[Mint]\t$6.78 ',
  '2\t1\tSalad Bowl\t[[Tomato Dressing (Mild), Herb Dressing], [Rice]]\t$8.75 ',
  '2\t1\tSide of Bread\tNULL\t$1.69 ',
  '2\t1\tSide of Bread\tNULL\t$1.69 ',
  '3\t1\tSalad Bowl\t[Tomato Dressing (Mild)]\t$8.75 ',
];

describe('import orders', () => {
  const COUNTS = { orders: 3, lines: 6, items: 7, total: { amount: 3864, currency: 'USD' } };
  const lastLine = ({ stdout }: Ran): unknown =>
    JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');

  test('builds menu, place and orders once, on whichever day it is run', async () => {
    const path = file('orders.tsv', `${ROWS.join('\n')}\n`);
    const first = await run('orders', path, '--json', '--date', '2026-10-05');
    expect(first.stderr).toBe('');
    expect([first.exit, lastLine(first)]).toEqual([
      EXIT.ok,
      { ...COUNTS, created: 3, unchanged: 0 },
    ]);
    const bucket = http.log.bucketOf('default');
    const { position } = await http.log.head(bucket);
    const again = await run('orders', path, '--json');
    expect([again.exit, lastLine(again)]).toEqual([
      EXIT.ok,
      { ...COUNTS, created: 0, unchanged: 3 },
    ]);
    expect((await http.log.head(bucket)).position).toBe(position);

    // The import waits for its orders only.
    const items = (path: string) => expect.poll(async () => (await http.json(path)).body.items);
    await items('/v1/business/locations').toMatchObject([
      { name: 'Import', currency: 'USD', timeZone: 'UTC', status: 'open' },
    ]);
    await items('/v1/catalog/products').toEqual(
      expect.arrayContaining(
        ['Lemonade', 'Salad Bowl', 'Side of Bread'].map((title) =>
          expect.objectContaining({ title }),
        ),
      ),
    );
    await items('/v1/catalog/groups').toMatchObject([
      { title: 'Lemonade: choice', options: [{ optionId: 'mint' }] },
      { title: 'Salad Bowl: choice', min: 1, max: 2 },
      { title: 'Salad Bowl: extras', min: 0, max: 2 },
    ]);
  });

  test('the price that was recorded wins over the catalog, and nothing is owed or earned', async () => {
    const { body } = await http.json('/v1/orders?businessDay=2026-10-05');
    expect(body.items).toHaveLength(3);
    const { id } = body.items.find((item: { number: number }) => item.number === 1);
    const order = await http.json(`/v1/orders/${id}`);
    expect(order.body).toMatchObject({
      status: 'closed',
      imported: true,
      due: { amount: 0 },
      lines: [
        {
          name: 'Salad Bowl',
          quantity: 1,
          total: { amount: 1098, currency: 'USD' },
          modifiers: [
            { optionId: 'tomato-dressing-mild' },
            { optionId: 'rice' },
            { optionId: 'beans' },
          ],
        },
        { name: 'Lemonade', quantity: 2, total: { amount: 678 } },
      ],
    });
    const earned = await http.json('/v1/loyalty/earnings');
    expect(earned.body.items).toEqual([]);
  });

  test('tells the lines that cannot be used and takes the others', async () => {
    const rows = [
      ...ROWS,
      '4\tmany\tSide of Bread\tNULL\t$1.69',
      '5\t1\tSide of Bread\tNULL\t-$1.69',
    ];
    const ran = await run('orders', file('faulty.tsv', rows.join('\n')), '--json');
    expect(ran.exit).toBe(EXIT.partlyRejected);
    expect(ran.stderr).toMatch(/^line 8: .*quantity.*\nline 9: .*IMPORT_BELOW_ZERO/);
    expect(lastLine(ran)).toEqual({ ...COUNTS, created: 3, unchanged: 0 });
  });

  test('what is no such file, or belongs to no such place, is not imported', async () => {
    expect((await run('orders', file('other.tsv', 'a\tb\n1\t2\n'))).exit).toBe(EXIT.failed);
    const path = file('orders.tsv', ROWS.join('\n'));
    const ran = await run('orders', path, '--location', 'nowhere');
    expect([ran.exit, ran.stderr]).toEqual([EXIT.failed, expect.stringContaining('NOT_FOUND')]);
  });

  test('an import that was interrupted says so', async () => {
    const path = file('orders.tsv', ROWS.join('\n'));
    const stopped = AbortSignal.abort();
    const environment = { COMPTOIR_URL: http.url, COMPTOIR_API_KEY: ADMIN_KEY };
    const ran = await runLine(['import', 'orders', path], { environment, signal: stopped });
    expect(ran.exit).toBe(EXIT.interrupted);
  });
});

describe('prices of a menu', () => {
  const MENU = 'name,price,tax_class\nSencha,1250,standard\n';

  test('have the digits of the currency of the location, which is asked for where they differ', async () => {
    const place = {
      name: 'Kyoto',
      timeZone: 'Asia/Tokyo',
      currency: 'JPY',
      dayCutOff: '00:00',
      taxes: {
        mode: 'inclusive',
        rates: [{ taxClass: 'standard', channel: null, label: '10 %', rate: 10_000 }],
      },
      languages: ['en'],
    };
    const made = await http.json('/v1/business/locations', { method: 'POST', body: place });
    expect(made.status).toBe(201);
    await http.json(`/v1/business/locations?wait=${made.body.cursor}`);
    const path = file('tea.csv', MENU);
    const open = await run('products', path);
    expect([open.exit, open.stderr]).toEqual([EXIT.usage, expect.stringContaining('JPY and USD')]);
    const ran = await run('products', path, '--location', made.body.id);
    expect([ran.exit, ran.stdout]).toEqual([
      EXIT.ok,
      '1 created, 0 changed, 0 unchanged, 0 rejected\n',
    ]);
    const tea = await until('the tea on the menu', async () => {
      const { body } = await http.json('/v1/catalog/products?limit=100');
      return body.items.find(({ name }: { name: { en: string } }) => name.en === 'Sencha');
    });
    expect(tea.price).toBe(1250);
  });

  test('of a place that is not there are not read', async () => {
    const ran = await run('products', file('tea.csv', MENU), '--location', 'nowhere');
    expect([ran.exit, ran.stderr]).toEqual([EXIT.failed, expect.stringContaining('NOT_FOUND')]);
  });
});

test('a kind or day that there is not is a mistake of usage', async () => {
  expect((await run('coctails', 'x')).stderr).toContain('Did you mean cocktails?');
  const path = file('some.json', '[]');
  expect((await run('cocktails', path, '--date', '2026-02-30')).exit).toBe(EXIT.usage);
  expect((await run('cocktails', path)).stdout).toBe('0 recipes: 0 created, 0 unchanged\n');
});
