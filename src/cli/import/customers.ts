/** Customers as comma-separated values: the server reads the rows, so a file from anywhere is read the same way. */
import { csvLine, unguardedText } from '../../core/csv.ts';
import { readCsv, type CsvRecord } from '../../core/read-csv.ts';
import { ask } from '../answers.ts';
import { CliError, EXIT } from '../command.ts';
import { listMember, member, textMember } from '../json.ts';
import type { ImportKind } from './kind.ts';
import { showDone } from './progress.ts';
import { readText } from './read-file.ts';

/** Rows sent at once: a second or two of the server's time. */
const BATCH = 2_000;
const COUNTS = ['rows', 'created', 'changed', 'unchanged', 'rejected'] as const;

export const customers: ImportKind = {
  name: 'customers',
  summary: 'customers as CSV with the columns name, phone, email, language, tags and more',
  async run({ client, file, command }) {
    const [head, ...records] = recordsOf(readText(file), file);
    const sums = new Map<string, number>();
    const rejections: { where: string; detail: string }[] = [];
    for (let at = 0; at < records.length; at += BATCH) {
      if (command.signal.aborted)
        throw new CliError(EXIT.interrupted, 'Stopped. Run it again to import the rest.');
      const some = records.slice(at, at + BATCH);
      const answer = await ask(client, {
        method: 'POST',
        path: '/v1/customers/imports',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          csv: [...(head === undefined ? [] : [head]), ...some].map(lineOf).join(''),
        }),
      });
      for (const name of COUNTS)
        sums.set(name, (sums.get(name) ?? 0) + Number(member(answer, name) ?? 0));
      for (const each of listMember(answer, 'rejections')) rejections.push(rejectionOf(each, some));
      const done = at + some.length;
      showDone(command.terminal, { done, all: records.length, of: 'rows' });
    }
    const json = Object.fromEntries(COUNTS.map((name) => [name, sums.get(name) ?? 0]));
    const said = COUNTS.slice(1).map((name) => `${json[name] ?? 0} ${name}`);
    return { json, text: said.join(', '), rejections };
  },
};

function recordsOf(text: string, file: string): readonly CsvRecord[] {
  const read = readCsv(text);
  if (read.outcome === 'read') return read.records;
  throw new CliError(
    EXIT.failed,
    `${file}: a quote in the record of line ${read.line} does not close its cell.`,
  );
}

/** Cells as the file means them, guarded once, as the server takes them. */
function lineOf({ cells }: CsvRecord): string {
  return csvLine(cells.map(unguardedText));
}

/** The server counts the lines of what it was sent; the reader has the whole file. */
function rejectionOf(given: unknown, sent: readonly CsvRecord[]) {
  const line = sent[Number(member(given, 'row') ?? 0)]?.line ?? 0;
  const detail = (textMember(given, 'detail') ?? '').replace(/^Line \d+ /, '');
  return { where: `line ${line}`, detail };
}
