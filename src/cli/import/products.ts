/**
 * A menu as comma-separated values: the server reads it, so a file from anywhere is read the same way. A large one is taken
 * in parts, each of them sent with the whole file, so that whoever waits sees rows done of all.
 */
import { ask } from '../answers.ts';
import { CliError, EXIT } from '../command.ts';
import { listMember, member, textMember } from '../json.ts';
import type { ImportInput, ImportKind } from './kind.ts';
import { menuCurrency } from './menu-currency.ts';
import { showDone } from './progress.ts';
import { readText } from './read-file.ts';

/** The first part is done within a second: then it is known how many rows there are. */
const FIRST_ROWS = 200;
/** A second or two of the server's time. */
const ROWS_MIN = 500;
/** So that even a large file is sent about ten times only. */
const PARTS = 10;
const COUNTS = ['created', 'changed', 'unchanged', 'rejected'] as const;

export const products: ImportKind = {
  name: 'products',
  summary: 'a menu as CSV with the columns name, category, price, tax_class and more',
  async run({ client, file, command }) {
    const csv = readText(file);
    const currency = await menuCurrency(client, command.options.text('location'));
    const sums = new Map<string, number>();
    const rejections: { where: string; detail: string }[] = [];
    let rows = 0;
    for await (const answer of partsOf({ client, command }, { csv, currency })) {
      rows = numberMember(answer, 'rows');
      for (const name of COUNTS) sums.set(name, (sums.get(name) ?? 0) + numberMember(answer, name));
      for (const each of listMember(answer, 'rejections'))
        rejections.push({
          where: `line ${String(member(each, 'line'))}`,
          detail: textMember(each, 'detail') ?? '',
        });
    }
    const counts = Object.fromEntries(COUNTS.map((name) => [name, sums.get(name) ?? 0]));
    const said = COUNTS.map((name) => `${counts[name] ?? 0} ${name}`);
    return { json: { rows, ...counts }, text: said.join(', '), rejections };
  },
};

/** What the server says of each part, one after another. Errors: CliError. */
async function* partsOf(
  { client, command }: Pick<ImportInput, 'client' | 'command'>,
  menu: { readonly csv: string; readonly currency: string | undefined },
): AsyncGenerator<unknown, void> {
  let part = { from: 0, most: FIRST_ROWS };
  for (;;) {
    const answer = await ask(client, {
      method: 'POST',
      path: '/v1/catalog/products/imports',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...menu, ...part }),
    });
    yield answer;
    const [next, all] = [member(answer, 'next'), numberMember(answer, 'rows')];
    showDone(command.terminal, { done: typeof next === 'number' ? next : all, all, of: 'rows' });
    if (typeof next !== 'number') return;
    if (command.signal.aborted)
      throw new CliError(EXIT.interrupted, 'Stopped. Run it again to import the rest.');
    part = { from: next, most: Math.max(ROWS_MIN, Math.ceil(all / PARTS)) };
  }
}

function numberMember(answer: unknown, name: string): number {
  return Number(member(answer, name) ?? 0);
}
