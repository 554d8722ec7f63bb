/** The words of a receipt in the languages it is printed in. */
export interface ReceiptWords {
  readonly order: string;
  readonly bill: string;
  readonly table: string;
  readonly discount: string;
  readonly points: string;
  readonly total: string;
  readonly tax: string;
  readonly net: string;
  readonly tip: string;
  readonly change: string;
  readonly refund: string;
  /** Before the kind that was recorded and the one that holds. */
  readonly corrected: Readonly<Record<'payment' | 'refund', string>>;
  readonly due: string;
  readonly cancelled: string;
  readonly kinds: Readonly<Record<'cash' | 'card' | 'other', string>>;
}

const EN: ReceiptWords = {
  order: 'Order',
  bill: 'bill',
  table: 'Table',
  discount: 'Discount',
  points: 'Points used',
  total: 'TOTAL',
  tax: 'tax',
  net: 'net',
  tip: 'Tip',
  change: 'Change',
  refund: 'Refunded',
  corrected: { payment: 'Corrected', refund: 'Refund corrected' },
  due: 'DUE',
  cancelled: 'CANCELLED',
  kinds: { cash: 'Cash', card: 'Card', other: 'Other' },
};

const WORDS: Readonly<Record<string, ReceiptWords>> = {
  en: EN,
  pl: {
    order: 'Zamówienie',
    bill: 'rachunek',
    table: 'Stolik',
    discount: 'Rabat',
    points: 'Punkty',
    total: 'RAZEM',
    tax: 'podatek',
    net: 'netto',
    tip: 'Napiwek',
    change: 'Reszta',
    refund: 'Zwrot',
    corrected: { payment: 'Korekta', refund: 'Korekta zwrotu' },
    due: 'DO ZAPŁATY',
    cancelled: 'ANULOWANE',
    kinds: { cash: 'Gotówka', card: 'Karta', other: 'Inne' },
  },
  pt: {
    order: 'Pedido',
    bill: 'conta',
    table: 'Mesa',
    discount: 'Desconto',
    points: 'Pontos usados',
    total: 'TOTAL',
    tax: 'imposto',
    net: 'líquido',
    tip: 'Gorjeta',
    change: 'Troco',
    refund: 'Devolvido',
    corrected: { payment: 'Corrigido', refund: 'Reembolso corrigido' },
    due: 'A PAGAR',
    cancelled: 'CANCELADO',
    kinds: { cash: 'Dinheiro', card: 'Cartão', other: 'Outro' },
  },
};

export const RECEIPT_LANGUAGES = Object.keys(WORDS);

/** By the first part of a BCP 47 tag; English where there is no translation. */
export function receiptWords(language: string): ReceiptWords {
  const [main = ''] = language.toLowerCase().split('-');
  return Object.hasOwn(WORDS, main) ? (WORDS[main] ?? EN) : EN;
}
