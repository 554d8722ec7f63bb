/** The words of printed papers, and how amounts, rates and days are written, in the languages they are printed in. */
import { moneyText, type Money } from '../../core/money.ts';
import type { PaperLanguage } from '../../core/paper.ts';
import { RATE_UNIT } from '../../core/tax.ts';

export interface PaperWords {
  readonly invoice: string;
  readonly creditNote: string;
  readonly receipt: string;
  readonly issued: string;
  readonly sold: string;
  readonly corrects: string;
  readonly reason: string;
  readonly seller: string;
  readonly buyer: string;
  readonly taxId: string;
  readonly item: string;
  readonly quantity: string;
  readonly rate: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly total: string;
  readonly credited: string;
  readonly copy: string;
}

const WORDS: Readonly<Record<PaperLanguage, PaperWords>> = {
  en: {
    invoice: 'Invoice',
    creditNote: 'Credit note',
    receipt: 'Receipt',
    issued: 'Issued on',
    sold: 'Date of sale',
    corrects: 'Corrects invoice',
    reason: 'Reason',
    seller: 'Seller',
    buyer: 'Buyer',
    taxId: 'Tax number',
    item: 'Item',
    quantity: 'Qty',
    rate: 'Tax rate',
    net: 'Net',
    tax: 'Tax',
    gross: 'Gross',
    total: 'Total',
    credited: 'Credited total',
    copy: 'Page',
  },
  pl: {
    invoice: 'Faktura',
    creditNote: 'Faktura korygująca',
    receipt: 'Rachunek',
    issued: 'Data wystawienia',
    sold: 'Data sprzedaży',
    corrects: 'Koryguje fakturę',
    reason: 'Przyczyna korekty',
    seller: 'Sprzedawca',
    buyer: 'Nabywca',
    taxId: 'NIP',
    item: 'Nazwa towaru lub usługi',
    quantity: 'Ilość',
    rate: 'Stawka',
    net: 'Netto',
    tax: 'Podatek',
    gross: 'Brutto',
    total: 'Razem brutto',
    credited: 'Razem korekta',
    copy: 'Strona',
  },
  pt: {
    invoice: 'Fatura',
    creditNote: 'Nota de crédito',
    receipt: 'Recibo',
    issued: 'Emitida em',
    sold: 'Data da venda',
    corrects: 'Corrige a fatura',
    reason: 'Motivo',
    seller: 'Vendedor',
    buyer: 'Comprador',
    taxId: 'CNPJ/CPF',
    item: 'Descrição',
    quantity: 'Qtd.',
    rate: 'Alíquota',
    net: 'Líquido',
    tax: 'Imposto',
    gross: 'Bruto',
    total: 'Total',
    credited: 'Total creditado',
    copy: 'Página',
  },
};

const LOCALES: Readonly<Record<PaperLanguage, string>> = { en: 'en-GB', pl: 'pl-PL', pt: 'pt-BR' };

export function paperWords(language: PaperLanguage): PaperWords {
  return WORDS[language];
}

export interface PaperFormats {
  /** With its currency. */
  amount(value: Money): string;
  /** Without it, for columns. */
  plain(value: Money): string;
  rate(rate: number): string;
  /** `YYYY-MM-DD` as people write it. */
  day(date: string): string;
}

export function paperFormats(language: PaperLanguage): PaperFormats {
  const locale = LOCALES[language];
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const numbers = new Intl.NumberFormat(locale, digits);
  const rates = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    amount(value) {
      const style = { style: 'currency', currency: value.currency } as const;
      return new Intl.NumberFormat(locale, style).format(decimal(value));
    },
    plain: (value) => numbers.format(decimal(value)),
    rate: (rate) => `${rates.format((rate * 100) / RATE_UNIT)} %`,
    day: (date) => days.format(new Date(`${date}T00:00:00.000Z`)),
  };
}

/** Exact as text: no amount is ever divided. */
function decimal(value: Money): Intl.StringNumericLiteral {
  // safe because the text of money is a decimal number, a blank and the currency
  return moneyText(value).slice(0, -4) as Intl.StringNumericLiteral;
}
