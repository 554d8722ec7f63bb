/** A menu as comma-separated values: the server reads it, so a file from anywhere is read the same way. */
import { ask } from '../answers.ts';
import { listMember, member, textMember } from '../json.ts';
import type { ImportKind } from './kind.ts';
import { menuCurrency } from './menu-currency.ts';
import { readText } from './read-file.ts';

export const products: ImportKind = {
  name: 'products',
  summary: 'a menu as CSV with the columns name, category, price, tax_class and more',
  async run({ client, file, command }) {
    const csv = readText(file);
    const currency = await menuCurrency(client, command.options.text('location'));
    const answer = await ask(client, {
      method: 'POST',
      path: '/v1/catalog/products/imports',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ csv, currency }),
    });
    const count = (name: string): number => Number(member(answer, name) ?? 0);
    const [created, changed, unchanged, rejected] = [
      count('created'),
      count('changed'),
      count('unchanged'),
      count('rejected'),
    ];
    const rejections = listMember(answer, 'rejections').map((each) => ({
      where: `line ${String(member(each, 'line'))}`,
      detail: textMember(each, 'detail') ?? '',
    }));
    return {
      json: { rows: count('rows'), created, changed, unchanged, rejected },
      text: `${created} created, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected`,
      rejections,
    };
  },
};
