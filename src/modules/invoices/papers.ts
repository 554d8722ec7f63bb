/** What invoices and credit notes look like on paper. Pure: the same invoice always gives the same paper. */
import { localOf } from '../../core/calendar.ts';
import { money, type Money } from '../../core/money.ts';
import type { Paper, PaperBlock, PaperLanguage } from '../../core/paper.ts';
import type { TaxTotal } from '../../core/tax.ts';
import { notFiscalText } from '../business/index.ts';
import type { KnownCreditNote } from './credit-notes/state.ts';
import { paperFormats, paperWords, type PaperFormats, type PaperWords } from './paper-words.ts';
import type { Buyer, PaperLine, Seller } from './shapes.ts';
import type { KnownInvoice } from './state.ts';

/** Where an invoice is not what the tax authority asks for, it says so: in Brazil that is an NFC-e or NF-e. */
const NOT_FISCAL_COUNTRIES: readonly string[] = ['BR'];

interface Writing {
  readonly words: PaperWords;
  readonly formats: PaperFormats;
  readonly language: PaperLanguage;
}

function writingOf(language: PaperLanguage): Writing {
  return { language, words: paperWords(language), formats: paperFormats(language) };
}

export function invoicePaper(invoice: KnownInvoice, language: PaperLanguage): Paper {
  const writing = writingOf(language);
  const { words, formats } = writing;
  const { numberText, timeZone, issuedAt, soldOn } = invoice;
  const title = `${words.invoice} ${numberText}`;
  const facts = [
    { left: words.issued, right: formats.day(localOf(issuedAt, timeZone).slice(0, 10)) },
    { left: words.sold, right: formats.day(soldOn) },
  ];
  const total = { left: words.total, amount: invoice.gross };
  return paperOf({ ...invoice, title, facts, total, sign: 1 }, writing);
}

export function creditNotePaper(
  note: KnownCreditNote,
  { buyer, soldOn }: Pick<KnownInvoice, 'buyer' | 'soldOn'>,
  language: PaperLanguage,
): Paper {
  const writing = writingOf(language);
  const { words, formats } = writing;
  const { numberText, timeZone, issuedAt, corrects, reason } = note;
  const title = `${words.creditNote} ${numberText}`;
  const facts = [
    { left: words.issued, right: formats.day(localOf(issuedAt, timeZone).slice(0, 10)) },
    { left: words.corrects, right: corrects },
    { left: words.sold, right: formats.day(soldOn) },
    { left: words.reason, right: reason },
  ];
  const total = { left: words.credited, amount: note.gross };
  return paperOf({ ...note, buyer, title, facts, total, sign: -1 }, writing);
}

interface Facts {
  readonly title: string;
  readonly numberText: string;
  readonly issuedAt: string;
  readonly currency: Money['currency'];
  readonly seller: Seller;
  readonly buyer: Buyer | null;
  readonly lines: readonly PaperLine[];
  readonly taxes: readonly TaxTotal[];
  readonly facts: readonly { readonly left: string; readonly right: string }[];
  readonly total: { readonly left: string; readonly amount: number };
  /** -1 for what is taken back. */
  readonly sign: 1 | -1;
}

function paperOf(facts: Facts, writing: Writing): Paper {
  const { title, numberText, issuedAt, currency, seller, buyer, sign, total } = facts;
  const { words, formats, language } = writing;
  const notFiscal = NOT_FISCAL_COUNTRIES.includes(seller.country);
  const blocks: readonly PaperBlock[] = [
    { kind: 'title', text: title },
    { kind: 'pairs', rows: facts.facts },
    {
      kind: 'sides',
      left: { heading: words.seller, lines: partyLines(seller, words) },
      right: {
        heading: buyer === null ? '' : words.buyer,
        lines: buyer === null ? [] : partyLines(buyer, words),
      },
    },
    itemTable(facts, writing),
    taxTable(facts, writing),
    {
      kind: 'pairs',
      rows: [
        {
          left: total.left,
          right: formats.amount(money(sign * total.amount, currency)),
          strong: true,
        },
      ],
    },
    ...(notFiscal
      ? [{ kind: 'lines', lines: [notFiscalText(language)], align: 'left' } as const]
      : []),
  ];
  return { title, language, format: 'a4', createdAt: issuedAt, blocks, footer: numberText };
}

function partyLines(party: Seller | Buyer, words: PaperWords): readonly string[] {
  const names = 'legalName' in party ? [party.legalName] : [party.name];
  const trade = 'tradeName' in party ? party.tradeName : null;
  const { address, taxId } = party;
  const city =
    address === null ? [] : [[address.postalCode, address.city].filter(Boolean).join(' ')];
  return [
    ...names,
    ...(trade === null || names.includes(trade) ? [] : [trade]),
    ...(address?.lines ?? []),
    ...city,
    ...(address === null ? [] : [address.country]),
    ...(taxId === null ? [] : [`${words.taxId}: ${taxId}`]),
  ];
}

function itemTable({ lines, currency, sign }: Facts, { words, formats }: Writing): PaperBlock {
  const of = (amount: number): string => formats.plain(money(sign * amount, currency));
  return {
    kind: 'table',
    columns: [
      { heading: words.item, align: 'left', share: 38 },
      { heading: words.quantity, align: 'right', share: 8 },
      { heading: words.rate, align: 'right', share: 12 },
      { heading: words.net, align: 'right', share: 14 },
      { heading: words.tax, align: 'right', share: 14 },
      { heading: words.gross, align: 'right', share: 14 },
    ],
    rows: lines.map(({ name, quantity, rate, net, tax, gross }) => [
      name,
      String(quantity),
      formats.rate(rate),
      of(net),
      of(tax),
      of(gross),
    ]),
  };
}

function taxTable({ taxes, currency, sign }: Facts, { words, formats }: Writing): PaperBlock {
  const of = (amount: number): string => formats.plain(money(sign * amount, currency));
  return {
    kind: 'table',
    columns: [
      { heading: '', align: 'left', share: 38 },
      { heading: words.rate, align: 'right', share: 20 },
      { heading: words.net, align: 'right', share: 14 },
      { heading: words.tax, align: 'right', share: 14 },
      { heading: words.gross, align: 'right', share: 14 },
    ],
    rows: taxes.map(({ label, rate, net, tax, gross }) => [
      label,
      formats.rate(rate),
      of(net),
      of(tax),
      of(gross),
    ]),
  };
}
