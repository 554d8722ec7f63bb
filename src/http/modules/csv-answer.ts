/** A file of comma-separated values, written line after line while it is read, with backpressure. */
import { csvLine, type CsvValue } from '../../core/csv.ts';
import { responseSink } from '../response-sink.ts';
import type { AnswerDescription, Call } from '../route.ts';
import { SECURITY_HEADERS } from '../security-headers.ts';

/** Enough for one write to be worth its system call, little enough to keep for every reader. */
const WRITE_LENGTH = 32 * 1024;

export const CSV_ANSWER: AnswerDescription = {
  description: 'Comma-separated values (RFC 4180) in UTF-8, safe to open in a spreadsheet',
  contentType: 'text/csv',
  schema: { type: 'string' },
};

/**
 * Answers with the file. Errors before the first record are errors of the request; a later one cuts the connection, so
 * that a reader cannot take a part for the whole.
 */
export async function streamCsv(
  { reply }: Call,
  file: { readonly name: string; readonly header: readonly string[] },
  records: AsyncIterable<readonly CsvValue[]>,
): Promise<'streaming'> {
  const iterator = records[Symbol.asyncIterator]();
  let next = await iterator.next();
  reply.hijack();
  const { raw } = reply;
  const sink = responseSink(raw, {
    ...SECURITY_HEADERS,
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${file.name}"`,
  });
  try {
    let text = csvLine(file.header);
    for (; next.done !== true && !raw.destroyed; next = await iterator.next()) {
      text += csvLine(next.value);
      if (text.length < WRITE_LENGTH) continue;
      await sink.write(text);
      text = '';
    }
    await sink.write(text);
    sink.end();
  } catch (error) {
    raw.destroy(error instanceof Error ? error : undefined);
  } finally {
    await iterator.return?.();
  }
  return 'streaming';
}
