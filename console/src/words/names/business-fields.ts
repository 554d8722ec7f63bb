/** Fields of the house. */
import { TENDERS } from '../event-choices.ts';
import type { NameTable } from './name.ts';

export const BUSINESS_FIELDS: NameTable = {
  isCounted: ['Counted', 'Policzono', 'Contado'],
  approvedBy: ['Approved by', 'Zatwierdził(a)', 'Aprovado por'],
  areas: ['Areas', 'Sale', 'Áreas'],
  card: ['Card', 'Karta', 'Cartão'],
  cash: ['Cash', 'Gotówka', 'Dinheiro'],
  change: ['Change given', 'Wydana reszta', 'Troco'],
  closedBy: ['Closed by', 'Zamknął/zamknęła', 'Fechado por'],
  counted: ['Counted', 'Policzono', 'Contado'],
  countedBy: ['Counted by', 'Policzył(a)', 'Contado por'],
  dayCutOff: ['Business day ends at', 'Koniec doby o', 'Virada do dia às'],
  denominations: ['Coins and notes', 'Monety i banknoty', 'Moedas e cédulas'],
  'denominations/value': ['Coin or note', 'Nominał', 'Valor da cédula ou moeda'],
  'denominations/quantity': ['How many', 'Ile sztuk', 'Quantas'],
  expected: ['Expected', 'Oczekiwano', 'Esperado'],
  float: ['Float', 'Pogotowie kasowe', 'Fundo de troco'],
  footer: ['Foot of the receipt', 'Stopka paragonu', 'Rodapé do recibo'],
  grandTotal: ['Grand total', 'Suma łączna', 'Total geral'],
  gross: ['Gross', 'Brutto', 'Bruto'],
  header: ['Head of the receipt', 'Nagłówek paragonu', 'Cabeçalho do recibo'],
  joinableWith: ['Can be joined with', 'Można złączyć z', 'Pode se juntar a'],
  lateAfterSeconds: ['Late after (seconds)', 'Spóźnione po (s)', 'Atrasado após (s)'],
  legalName: ['Legal name', 'Nazwa prawna', 'Razão social'],
  logoId: ['Logo', 'Logo', 'Logotipo'],
  mode: ['Prices', 'Ceny', 'Preços'],
  net: ['Net', 'Netto', 'Líquido'],
  openedBy: ['Opened by', 'Otworzył(a)', 'Aberto por'],
  other: ['Other', 'Inne', 'Outros'],
  overShort: ['Over or short', 'Nadwyżka lub brak', 'Sobra ou falta'],
  profile: ['Profile', 'Dane', 'Dados'],
  putIn: ['Put in', 'Wpłacono', 'Suprimentos'],
  'rates/channel': ['Only for', 'Tylko dla', 'Só para'],
  'rates/label': ['Name on the receipt', 'Nazwa na paragonie', 'Nome no recibo'],
  receipt: ['Receipt', 'Paragon', 'Recibo'],
  received: ['Received', 'Przyjęto', 'Recebido'],
  refunded: ['Refunded', 'Zwrócono', 'Reembolsado'],
  refunds: ['Refunds', 'Zwroty', 'Reembolsos'],
  session: ['Session', 'Zmiana kasowa', 'Turno'],
  sessionId: ['Session', 'Zmiana kasowa', 'Turno'],
  settled: ['Settled', 'Rozliczono', 'Acertado'],
  slowAfterSeconds: ['Slow after (seconds)', 'Wolne po (s)', 'Lento após (s)'],
  stations: ['Stations', 'Stanowiska', 'Estações'],
  tables: ['Tables', 'Stoliki', 'Mesas'],
  takenOut: ['Taken out', 'Wypłacono', 'Sangrias'],
  tax: ['Tax', 'Podatek', 'Imposto'],
  taxMode: ['Prices', 'Ceny', 'Preços'],
  taxes: ['Taxes', 'Podatki', 'Impostos'],
  tenders: ['By kind of payment', 'Według płatności', 'Por forma de pagamento'],
  tillId: ['Till', 'Kasa', 'Caixa'],
  tip: ['Tip', 'Napiwek', 'Gorjeta'],
  tradeName: ['Trading name', 'Nazwa handlowa', 'Nome fantasia'],
  zNumber: ['Z reports', 'Raport Z nr', 'Relatório Z nº'],
};

export const BUSINESS_HINTS: NameTable = {
  dayCutOff: [
    'Sales after midnight until then belong to the day before.',
    'Sprzedaż po północy do tej godziny liczy się do poprzedniego dnia.',
    'Vendas depois da meia-noite até essa hora contam para o dia anterior.',
  ],
  joinableWith: [
    'Ids of the tables that can be pushed against it.',
    'Identyfikatory stolików, które można do niego dosunąć.',
    'Ids das mesas que podem ser encostadas a ela.',
  ],
  lateAfterSeconds: [
    'Seconds from the order until the kitchen sees it as late. (seconds)',
    'Sekundy od zamówienia, po których kuchnia widzi je jako spóźnione. (s)',
    'Segundos desde o pedido até a cozinha vê-lo como atrasado. (s)',
  ],
  slowAfterSeconds: [
    'Seconds from the order until the kitchen is warned. (seconds)',
    'Sekundy od zamówienia, po których kuchnia widzi ostrzeżenie. (s)',
    'Segundos desde o pedido até a cozinha receber um aviso. (s)',
  ],
  mode: [
    'Whether prices of the menu contain the tax. Open bills keep what they began with.',
    'Czy ceny w menu zawierają podatek. Otwarte rachunki zachowują swój sposób.',
    'Se os preços do cardápio contêm o imposto. Contas abertas mantêm o modo em que começaram.',
  ],
  'rates/channel': [
    'None: the rate holds for every channel that has no rate of its own.',
    'Brak: stawka dotyczy każdego kanału bez własnej stawki.',
    'Nenhum: a alíquota vale para todo canal sem alíquota própria.',
  ],
};

export const BUSINESS_VALUES: Readonly<Record<string, NameTable>> = {
  kind: TENDERS,
  mode: {
    inclusive: ['with tax', 'z podatkiem', 'com imposto'],
    exclusive: ['without tax', 'bez podatku', 'sem imposto'],
  },
  taxMode: {
    inclusive: ['with tax', 'z podatkiem', 'com imposto'],
    exclusive: ['without tax', 'bez podatku', 'sem imposto'],
  },
  'business.profiles/status': { 'set-up': ['set up', 'założona', 'cadastrada'] },
  'business.locations/status': {
    open: ['open', 'otwarty', 'aberto'],
    closed: ['closed for good', 'zamknięty na stałe', 'fechado de vez'],
  },
  'business.tills/status': {
    active: ['in use', 'w użyciu', 'em uso'],
    retired: ['retired', 'wycofana', 'desativado'],
  },
};
