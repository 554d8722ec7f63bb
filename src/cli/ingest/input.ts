/** Opens FILE or stdin, finds out its format, and gives its events. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import { CliError, EXIT, usageError } from '../command.ts';
import { inflated } from './inflate.ts';
import { jsonArrayItems } from './json-array.ts';
import { isSpace, jsonLineItems } from './json-lines.ts';
import type { Items } from './item.ts';
import { rowItems, type RowOptions } from './row-events.ts';
import { tableRows, type TableFormat } from './table.ts';

export const FORMATS = ['ndjson', 'json', 'csv', 'tsv'] as const;
export type Format = (typeof FORMATS)[number];

const FORMAT_OF_EXTENSION: Readonly<Record<string, Format>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'json',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
};

export interface OpenInput {
  /** Inflated where the input is compressed. */
  readonly bytes: AsyncIterable<Buffer>;
  readonly bytesTotal: number | undefined;
  /** Of the input as it lies there, compressed or not. */
  bytesRead(): number;
}

export interface InputOptions {
  /** A path, or `-` for stdin. */
  readonly file: string;
  readonly stdin: NodeJS.ReadableStream;
  /** A second folder to look in: npm scripts run in the project's folder, not where the caller stands. */
  readonly callerDir: string | undefined;
  readonly stop: AbortSignal;
}

export function openInput(options: InputOptions): OpenInput {
  const isStdin = options.file === '-';
  const path = isStdin ? '' : locate(options);
  const stream = isStdin ? new Readable().wrap(options.stdin) : createReadStream(path);
  addAbortSignal(options.stop, stream);
  let read = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) {
        // safe because no encoding was set, so the stream gives Buffers.
        const bytes = chunk as Buffer;
        read += bytes.length;
        yield bytes;
      }
    } catch (error) {
      // Ctrl-C ends the input; what was read so far is finished.
      if (!options.stop.aborted) throw error;
    }
  };
  return {
    bytes: inflated(counted(), options.stop),
    bytesTotal: isStdin ? undefined : statSync(path).size,
    bytesRead: () => read,
  };
}

/** The path of a file as it was given. Errors: CliError when there is none, or a folder. */
export function locate({ file, callerDir }: Pick<InputOptions, 'file' | 'callerDir'>): string {
  const candidates = [
    resolve(file),
    ...(callerDir === undefined ? [] : [resolve(callerDir, file)]),
  ];
  const path = candidates.find((each) => existsSync(each));
  if (path === undefined) throw new CliError(EXIT.failed, `There is no file ${file}.`);
  if (statSync(path).isDirectory())
    throw new CliError(EXIT.failed, `${file} is a folder. Name one file.`);
  return path;
}

/** By --format, else by the file's extension before `.gz` or `.zst`, else by its first byte. Errors: usage. */
export async function formatOf(
  named: { readonly format: string | undefined; readonly file: string },
  bytes: AsyncIterable<Buffer>,
): Promise<{ readonly format: Format; readonly bytes: AsyncIterable<Buffer> }> {
  const { format } = named;
  if (format !== undefined) {
    const known = FORMATS.find((each) => each === format);
    if (known === undefined)
      throw usageError(`--format must be one of ${FORMATS.join(', ')}. It is "${format}".`);
    return { format: known, bytes };
  }
  const plain = named.file.toLowerCase().replace(/\.(gz|zst)$/, '');
  const byExtension = FORMAT_OF_EXTENSION[extname(plain)];
  if (byExtension !== undefined) return { format: byExtension, bytes };
  const iterator = bytes[Symbol.asyncIterator]();
  const seen: Buffer[] = [];
  let first: number | undefined;
  while (first === undefined) {
    const next = await iterator.next();
    if (next.done === true) break;
    seen.push(next.value);
    first = next.value.find((byte) => !isSpace(byte));
  }
  const again = async function* (): AsyncGenerator<Buffer> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  if (first === '['.charCodeAt(0)) return { format: 'json', bytes: again() };
  if (first === '{'.charCodeAt(0) || first === undefined)
    return { format: 'ndjson', bytes: again() };
  throw usageError(`The format cannot be told. Add --format with one of ${FORMATS.join(', ')}.`);
}

export interface ReadOptions {
  readonly format: Format;
  readonly row: (() => RowOptions) | undefined;
  readonly quotes: boolean;
  readonly delimiter: TableFormat['delimiter'] | undefined;
}

export function itemsOf(bytes: AsyncIterable<Buffer>, options: ReadOptions): Items {
  if (options.format === 'ndjson') return jsonLineItems(bytes);
  if (options.format === 'json') return jsonArrayItems(bytes);
  if (options.row === undefined) throw usageError('A table needs templates.');
  const csv = options.format === 'csv';
  const delimiter = options.delimiter ?? (csv ? ',' : '\t');
  return rowItems(tableRows(bytes, { delimiter, quotes: csv || options.quotes }), options.row());
}
