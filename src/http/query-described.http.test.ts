/** What the description says of a query parameter is what the server holds it to, and it says which one it refuses. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpFixture, type HttpFixture } from './fixture.ts';

interface Described {
  readonly in: string;
  readonly name: string;
  readonly schema: {
    readonly type?: string;
    readonly maxLength?: number;
    readonly enum?: readonly string[];
    readonly anyOf?: readonly object[];
    readonly pattern?: string;
    readonly format?: string;
  };
}
type Paths = Readonly<Record<string, Readonly<Record<string, { parameters?: Described[] }>>>>;

let http: HttpFixture;
let described: readonly { method: string; path: string; parameter: Described }[];
beforeAll(async () => {
  http = await httpFixture();
  // safe because the document is written by openapi.ts
  const { paths } = (await http.json('/openapi.json')).body as { paths: Paths };
  described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [] }]) =>
      parameters
        .filter((parameter) => parameter.in === 'query')
        .map((parameter) => ({ method: method.toUpperCase(), path, parameter })),
    ),
  );
});
afterAll(() => http.close());

/** What came of a value that the description excludes; null where it was refused by the parameter's name. */
async function misjudged(
  { method, path, parameter: { name } }: (typeof described)[number],
  value: string,
): Promise<string | null> {
  const query = new URLSearchParams({ [name]: value }).toString();
  const address = `${path.replaceAll(/\{\w+\}/g, 'x')}?${query}`;
  const { status, body } = await http.json(address, { method });
  const at = body?.errors?.map((error: { at: string }) => error.at).join();
  return status === 400 && at === name
    ? null
    : `${method} ${path} ${name}: ${status} ${body?.code} ${at}`;
}

test('a query parameter longer than described is refused by its name', async () => {
  const found: (string | null)[] = [];
  for (const each of described) {
    const { maxLength } = each.parameter.schema;
    if (maxLength !== undefined) found.push(await misjudged(each, 'x'.repeat(maxLength + 1)));
  }
  expect(found.length).toBeGreaterThan(5);
  expect(found.filter((fault) => fault !== null)).toEqual([]);
});

test('a query parameter that is none of the values described is refused by its name', async () => {
  const found: (string | null)[] = [];
  for (const each of described)
    if (each.parameter.schema.enum !== undefined) found.push(await misjudged(each, 'none of them'));
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter((fault) => fault !== null)).toEqual([]);
});

test('a query parameter of another form than described is refused, where there is anything to read', async () => {
  const found: (string | null)[] = [];
  for (const each of described) {
    const { type, anyOf, pattern, format } = each.parameter.schema;
    if (type === 'integer' || (anyOf ?? pattern ?? format) !== undefined)
      found.push(await misjudged(each, '!'));
  }
  expect(found.length).toBeGreaterThan(100);
  // Of a thing that is not there, or a place that was not said, that is told first.
  const told = / (?:404 NOT_FOUND undefined|400 INPUT_INVALID locationId)$/;
  expect(found.filter((fault) => fault !== null && !told.test(fault))).toEqual([]);
});
