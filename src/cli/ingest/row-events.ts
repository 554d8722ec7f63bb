/** From the rows of a table to CloudEvents: attributes by templates, data an object of the columns. */
import { CliError, EXIT, usageError } from '../command.ts';
import { invalid, type Item, type Items } from './item.ts';
import type { TableRow } from './table.ts';
import { columnIndex, compileTemplate, type Row, type Template } from './template.ts';

export interface RowOptions {
  readonly type: string;
  readonly source: string;
  readonly id: string;
  readonly subject?: string | undefined;
  readonly time?: string | undefined;
  /** Columns written as JSON numbers. */
  readonly numbers: readonly string[];
  /** A cell with exactly this text becomes null. */
  readonly nullText?: string | undefined;
}

/** Digits stay as they are written: 1.50 and 12345678901234567890 are JSON numbers too. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export async function* rowItems(
  rows: AsyncIterable<readonly TableRow[]>,
  options: RowOptions,
): Items {
  let make: ((row: Row, line: number) => Item) | undefined;
  let number = 0;
  for await (const some of rows) {
    const items: Item[] = [];
    for (const { line, cells, fault } of some) {
      if (make === undefined) {
        make = rowMaker(headerOf(cells), options);
        continue;
      }
      number += 1;
      items.push(
        cells === undefined
          ? invalid(line, fault ?? 'The row cannot be read.')
          : make({ number, cells }, line),
      );
    }
    yield items;
  }
}

function headerOf(cells: readonly string[] | undefined): readonly string[] {
  if (cells === undefined)
    throw new CliError(
      EXIT.failed,
      'The first line, which should name the columns, cannot be read.',
    );
  const doubled = cells.find((name, index) => cells.indexOf(name) !== index);
  if (doubled !== undefined)
    throw new CliError(EXIT.failed, `Two columns are named "${doubled}". Rename one of them.`);
  return cells;
}

function rowMaker(columns: readonly string[], options: RowOptions) {
  const compile = (option: string, text: string): Template =>
    compileTemplate(text, { option, columns });
  const attributes: readonly (readonly [string, Template])[] = [
    ['id', compile('id', options.id)],
    ['source', compile('source', options.source)],
    ['type', compile('type', options.type)],
    ...optional('subject', options.subject, compile),
    ...optional('time', options.time, compile),
  ];
  const names = columns.map((name) => JSON.stringify(name));
  const numeric = new Set(
    options.numbers.map((name) => columnIndex(name, { option: 'number', columns })),
  );
  return (row: Row, line: number): Item => {
    if (row.cells.length !== columns.length)
      return invalid(
        line,
        `The row has ${row.cells.length} cells and the header ${columns.length}.`,
      );
    const members: string[] = [];
    for (const [index, cell] of row.cells.entries()) {
      const text = cellJson(cell, numeric.has(index), options.nullText);
      if (text === undefined)
        return invalid(line, `The column ${names[index] ?? ''} does not hold a number here.`);
      members.push(`${names[index] ?? ''}:${text}`);
    }
    const head = attributes
      .map(([name, template]) => [name, template(row)] as const)
      .filter(
        ([name, value]) => value !== '' || name === 'id' || name === 'source' || name === 'type',
      )
      .map(([name, value]) => `"${name}":${JSON.stringify(value)}`);
    const data = `"datacontenttype":"application/json","data":{${members.join(',')}}`;
    return { line, json: `{"specversion":"1.0",${head.join(',')},${data}}` };
  };
}

function optional(
  name: string,
  text: string | undefined,
  compile: (option: string, text: string) => Template,
): [string, Template][] {
  return text === undefined ? [] : [[name, compile(name, text)]];
}

function cellJson(
  cell: string,
  numeric: boolean,
  nullText: string | undefined,
): string | undefined {
  if (cell === nullText) return 'null';
  if (!numeric) return JSON.stringify(cell);
  if (cell === '') return 'null';
  return JSON_NUMBER.test(cell) ? cell : undefined;
}

/** The options that a table needs. Errors: usage, naming what is missing. */
export function requiredRowOptions(given: {
  readonly [Name in 'type' | 'source' | 'id']: string | undefined;
}): { readonly type: string; readonly source: string; readonly id: string } {
  const { type, source, id } = given;
  if (type !== undefined && source !== undefined && id !== undefined) return { type, source, id };
  const missing = Object.entries(given)
    .filter(([, value]) => value === undefined)
    .map(([name]) => `--${name}`);
  throw usageError(
    `A table needs ${missing.join(', ')}. For example: --type com.example.order-line --source /import/orders --id 'line-{row}'.`,
  );
}
