/** The receipt of an order as a strip of paper. Pure. */
import type { Money } from '../../core/money.ts';
import { moneyText } from '../../core/money.ts';
import { paperLanguage, type Paper, type PaperBlock } from '../../core/paper.ts';
import { printable } from './paper.ts';
import type { Receipt } from './receipt.ts';
import { receiptWords, type ReceiptWords } from './receipt-words.ts';

/** `placedAt` is RFC 3339. */
export function receiptPaper(receipt: Receipt, placedAt: string): Paper {
  const words = receiptWords(receipt.language);
  const { header, footer, table, at, number, status } = receipt;
  const title = `${words.order} ${number}`;
  const rule: PaperBlock = { kind: 'rule' };
  const blocks: readonly PaperBlock[] = [
    { kind: 'lines', lines: header.map(printable), align: 'centre' },
    rule,
    { kind: 'pairs', rows: [{ left: title, right: at.slice(0, 16).replace('T', ' ') }] },
    ...notes([table === null ? null : `${words.table} ${printable(table)}`]),
    ...notes([status === 'cancelled' ? words.cancelled : null]),
    rule,
    { kind: 'pairs', rows: receipt.lines.flatMap(lineRows) },
    rule,
    { kind: 'pairs', rows: sumRows(receipt, words) },
    rule,
    { kind: 'lines', lines: footer.map(printable), align: 'centre' },
  ];
  const language = paperLanguage(receipt.language);
  return { title, language, format: 'roll', createdAt: placedAt, blocks, footer: '' };
}

interface Pair {
  readonly left: string;
  readonly right: string;
  readonly strong?: boolean;
}

function notes(lines: readonly (string | null)[]): readonly PaperBlock[] {
  const some = lines.filter((line) => line !== null);
  return some.length === 0 ? [] : [{ kind: 'lines', lines: some, align: 'left' }];
}

function lineRows({ quantity, name, options, amount, taxLabel }: Receipt['lines'][number]): Pair[] {
  const what = quantity === 1 ? name : `${quantity} x ${name}`;
  const first = { left: printable(what), right: `${plain(amount)} ${printable(taxLabel)}` };
  return [first, ...options.map((option) => ({ left: `   ${printable(option)}`, right: '' }))];
}

function sumRows(receipt: Receipt, words: ReceiptWords): readonly Pair[] {
  const some = (left: string, amount: Money, sign = ''): readonly Pair[] =>
    amount.amount === 0 ? [] : [{ left, right: `${sign}${plain(amount)}` }];
  return [
    ...some(words.discount, receipt.discount, '-'),
    ...some(words.points, receipt.points, '-'),
    { left: words.total, right: moneyText(receipt.total), strong: true },
    ...receipt.taxes.map(({ label, net, tax }) => ({
      left: `${label}: ${words.net} ${plain(net)}`,
      right: `${words.tax} ${plain(tax)}`,
    })),
    ...receipt.payments.flatMap(({ kind, amount }) => some(words.kinds[kind], amount)),
    ...correctionRows(receipt, words, 'payment'),
    ...some(words.tip, receipt.tips),
    ...some(words.change, receipt.change),
    ...some(words.refund, receipt.refunded),
    ...correctionRows(receipt, words, 'refund'),
    ...some(words.due, receipt.due),
  ];
}

/** Said as on the strip of plain text: `Corrected: Cash > Card`. */
function correctionRows(
  { corrections }: Receipt,
  { corrected, kinds }: ReceiptWords,
  which: 'payment' | 'refund',
): readonly Pair[] {
  return corrections
    .filter((each) => each.of === which)
    .map(({ from, kind, amount }) => ({
      left: `${corrected[which]}: ${kinds[from]} > ${kinds[kind]}`,
      right: plain(amount),
    }));
}

/** Without its currency, which stands beside the total. */
function plain(amount: Money): string {
  return moneyText(amount).slice(0, -4);
}
