/** Invoices, credit notes and their series. */
import type { ModuleNames, NameTable } from './name.ts';

const KINDS: NameTable = {
  invoice: ['invoices', 'faktury', 'faturas'],
  'credit-note': ['credit notes', 'faktury korygujące', 'notas de crédito'],
};

export const names: ModuleNames = {
  title: ['Invoices', 'Faktury', 'Faturas'],
  summary: [
    'Invoices of orders and credit notes: numbered without gaps, printed, kept by law.',
    'Faktury do zamówień i faktury korygujące: numerowane bez luk, drukowane, przechowywane zgodnie z prawem.',
    'Faturas de pedidos e notas de crédito: numeradas sem lacunas, impressas, guardadas por lei.',
  ],
  aggregates: {
    invoices: { one: ['Invoice', 'Faktura', 'Fatura'], many: ['Invoices', 'Faktury', 'Faturas'] },
    'invoices.credit-notes': {
      one: ['Credit note', 'Faktura korygująca', 'Nota de crédito'],
      many: ['Credit notes', 'Faktury korygujące', 'Notas de crédito'],
    },
    'invoices.series': { one: ['Series', 'Seria', 'Série'], many: ['Series', 'Serie', 'Séries'] },
  },
  commands: {
    IssueInvoice: ['Issue an invoice', 'Wystaw fakturę', 'Emitir fatura'],
    EndInvoiceKeeping: ['End the keeping', 'Zakończ przechowywanie', 'Encerrar a guarda'],
    IssueCreditNote: ['Issue a credit note', 'Wystaw fakturę korygującą', 'Emitir nota de crédito'],
    ContinueInvoiceSeries: ['Continue a series', 'Kontynuuj serię', 'Continuar uma série'],
  },
  about: {
    IssueInvoice: [
      'Wystawia fakturę do zamkniętego zamówienia, z kolejnym numerem serii.',
      'Emite a fatura de um pedido fechado, com o próximo número da série.',
    ],
    EndInvoiceKeeping: [
      'Zapomina nabywcę, gdy prawo nie wymaga już przechowywania faktury.',
      'Esquece o comprador quando a lei não exige mais a fatura.',
    ],
    IssueCreditNote: [
      'Koryguje to, co zwrócono przy zafakturowanym zamówieniu, albo całą fakturę.',
      'Credita o que foi devolvido de um pedido faturado, ou a fatura toda.',
    ],
    ContinueInvoiceSeries: [
      'Seria biegnie dalej od numerów, które nadał inny system.',
      'A série continua a partir dos números dados por outro sistema.',
    ],
  },
  fields: {
    legalName: ['Legal name', 'Nazwa prawna', 'Razão social'],
    tradeName: ['Trading name', 'Nazwa handlowa', 'Nome fantasia'],
    creditedTax: ['Tax credited', 'Skorygowany podatek', 'Imposto creditado'],
    creditNoteIds: ['Credit notes', 'Faktury korygujące', 'Notas de crédito'],
    isKept: ['Kept', 'Przechowywana', 'Guardada'],
    buyer: ['Buyer', 'Nabywca', 'Comprador'],
    buyerKey: ['Key of the buyer', 'Klucz nabywcy', 'Chave do comprador'],
    buyerName: ['Buyer', 'Nabywca', 'Comprador'],
    'buyer/name': ['Name or company', 'Nazwisko lub firma', 'Nome ou empresa'],
    credited: ['Credited', 'Skorygowano', 'Creditado'],
    creditNoteId: ['Credit note', 'Faktura korygująca', 'Nota de crédito'],
    corrects: ['Corrects', 'Koryguje', 'Corrige'],
    gross: ['Total', 'Razem brutto', 'Total'],
    invoiceId: ['Invoice', 'Faktura', 'Fatura'],
    issuedAt: ['Issued', 'Wystawiono', 'Emitida em'],
    keptUntil: ['Kept until', 'Przechowywana do', 'Guardada até'],
    keptYears: ['Years kept', 'Lata przechowywania', 'Anos de guarda'],
    kind: ['Kind of paper', 'Rodzaj dokumentu', 'Tipo de documento'],
    net: ['Net', 'Netto', 'Líquido'],
    next: ['Next number', 'Następny numer', 'Próximo número'],
    numberText: ['Number', 'Numer', 'Número'],
    seller: ['Seller', 'Sprzedawca', 'Vendedor'],
    series: ['Series', 'Seria', 'Série'],
    seriesId: ['Series', 'Seria', 'Série'],
    soldOn: ['Sold on', 'Data sprzedaży', 'Data da venda'],
    tax: ['Tax', 'Podatek', 'Imposto'],
    taxes: ['Taxes', 'Podatki', 'Impostos'],
    whole: ['The whole invoice', 'Cała faktura', 'A fatura toda'],
    year: ['Year', 'Rok', 'Ano'],
  },
  hints: {
    keptYears: [
      'Whole years after this one; then the buyer may be forgotten. Ask your accountant what the law wants.',
      'Pełne lata po bieżącym; potem można zapomnieć nabywcę. Zapytaj księgowość, czego wymaga prawo.',
      'Anos inteiros depois deste; então o comprador pode ser esquecido. Pergunte ao contador o que a lei exige.',
    ],
    whole: [
      'All that is left, refunded or not: the invoice was wrong, and another one may follow.',
      'Wszystko, co zostało, zwrócone lub nie: faktura była błędna i może powstać następna.',
      'Tudo o que resta, devolvido ou não: a fatura estava errada, e outra pode ser emitida.',
    ],
    next: [
      'The number that the next paper gets. It can be set only while the series is unused.',
      'Numer następnego dokumentu. Można go ustawić tylko w nieużywanej serii.',
      'O número do próximo documento. Só pode ser definido enquanto a série não foi usada.',
    ],
    series: [
      'The letters before the number. Left out: the usual series.',
      'Litery przed numerem. Pominięte: zwykła seria.',
      'As letras antes do número. Omitido: a série de costume.',
    ],
  },
  values: {
    kind: KINDS,
    status: {
      issued: ['issued', 'wystawiona', 'emitida'],
      credited: ['credited', 'skorygowana', 'creditada'],
    },
  },
  events: {
    'invoice.issued': ['Invoice issued', 'Wystawiono fakturę', 'Fatura emitida'],
    'invoice.credited': ['Invoice credited', 'Skorygowano fakturę', 'Fatura creditada'],
    'invoice.keeping-ended': ['Keeping ended', 'Zakończono przechowywanie', 'Guarda encerrada'],
    'credit-note.issued': [
      'Credit note issued',
      'Wystawiono fakturę korygującą',
      'Nota de crédito emitida',
    ],
    'invoice-series.continued': ['Series continued', 'Kontynuowano serię', 'Série continuada'],
    'invoice-series.number-given': ['Number given', 'Nadano numer', 'Número dado'],
  },
};
