/** Tables with a header: TSV, where a tab always separates and a quote is a letter, and CSV as RFC 4180 says. */
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { CliError, EXIT } from '../command.ts';
import { EVENT_BYTES_MAX } from './item.ts';
import { linesOf } from './lines.ts';

export interface TableRow {
  /** Line of the file on which the row ends. */
  readonly line: number;
  /** Undefined when the line cannot be read; `fault` then says why. */
  readonly cells: readonly string[] | undefined;
  readonly fault?: string;
}

export interface TableFormat {
  readonly delimiter: ',' | '\t' | ';';
  readonly quotes: boolean;
}

/** Rows in order, the header first; empty lines are skipped. Errors: CliError when quoting is broken. */
export async function* tableRows(
  stream: AsyncIterable<Buffer>,
  format: TableFormat,
): AsyncGenerator<readonly TableRow[]> {
  if (format.quotes) yield* quotedRows(stream, format.delimiter);
  else yield* plainRows(stream, format.delimiter);
}

async function* plainRows(stream: AsyncIterable<Buffer>, delimiter: string) {
  for await (const lines of linesOf(stream)) {
    const rows: TableRow[] = [];
    for (const { number: line, bytes } of lines) {
      if (bytes === null) rows.push({ line, cells: undefined, fault: 'The line is too long.' });
      else if (bytes.length > 0 && !isUtf8(bytes))
        rows.push({ line, cells: undefined, fault: 'The text is not valid UTF-8.' });
      else if (bytes.length > 0)
        rows.push({ line, cells: bytes.toString('utf8').split(delimiter) });
    }
    yield rows;
  }
}

/** How many rows go on together: enough to spread the cost of an asynchronous step, few enough for memory. */
const ROWS_TOGETHER = 200;

async function* quotedRows(stream: AsyncIterable<Buffer>, delimiter: string) {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: EVENT_BYTES_MAX,
  });
  const source = Readable.from(decoded(stream));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let rows: TableRow[] = [];
  try {
    for await (const each of parser) {
      // safe because `info: true` without `columns` gives this shape (csv-parse, "Option info").
      const { record, info } = each as { record: string[]; info: { lines: number } };
      rows.push({ line: info.lines, cells: record });
      if (rows.length < ROWS_TOGETHER) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (rows.length > 0) yield rows;
    throw new CliError(EXIT.failed, `The table cannot be read on: ${error.message}.`, {
      cause: error,
    });
  }
  yield rows;
}

/** The parser would replace invalid bytes without a word, so the text is decoded strictly before. */
async function* decoded(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of stream) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CliError(
      EXIT.failed,
      'The file is not valid UTF-8. Convert it first, with iconv for example.',
      {
        cause: error,
      },
    );
  }
}
