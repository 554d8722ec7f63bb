/** Orders, tables, kitchen and tills. */
import type { Sentences } from './sentence.ts';

export const ORDER_SENTENCES: Sentences = {
  'order.placed': [
    'Order {order} was placed',
    'Złożono zamówienie {order}',
    'O pedido {order} foi feito',
  ],
  'order.placed~table': [
    'Table {table} ordered (order {order})',
    'Stolik {table} złożył zamówienie {order}',
    'A mesa {table} fez o pedido {order}',
  ],
  'order.placed~splitFrom': [
    'Bill {order} was split off another one',
    'Wydzielono rachunek {order}',
    'A conta {order} foi separada de outra',
  ],
  'order.lines-added': [
    {
      one: '{count} line was added to order {order}',
      other: '{count} lines were added to order {order}',
    },
    {
      one: 'Do zamówienia {order} dodano {count} pozycję',
      few: 'Do zamówienia {order} dodano {count} pozycje',
      other: 'Do zamówienia {order} dodano {count} pozycji',
    },
    {
      one: '{count} item foi adicionado ao pedido {order}',
      other: '{count} itens foram adicionados ao pedido {order}',
    },
  ],
  'order.line-changed': [
    'A line of order {order} was changed',
    'Zmieniono pozycję zamówienia {order}',
    'Um item do pedido {order} foi alterado',
  ],
  'order.lines-voided': [
    {
      one: '{count} line of order {order} was voided: {reason}',
      other: '{count} lines of order {order} were voided: {reason}',
    },
    {
      one: 'Anulowano {count} pozycję zamówienia {order}: {reason}',
      few: 'Anulowano {count} pozycje zamówienia {order}: {reason}',
      other: 'Anulowano {count} pozycji zamówienia {order}: {reason}',
    },
    {
      one: '{count} item do pedido {order} foi anulado: {reason}',
      other: '{count} itens do pedido {order} foram anulados: {reason}',
    },
  ],
  'order.lines-fired': [
    {
      one: 'The kitchen was told to make {count} line of order {order}',
      other: 'The kitchen was told to make {count} lines of order {order}',
    },
    {
      one: 'Kuchnia dostała {count} pozycję zamówienia {order}',
      few: 'Kuchnia dostała {count} pozycje zamówienia {order}',
      other: 'Kuchnia dostała {count} pozycji zamówienia {order}',
    },
    {
      one: '{count} item do pedido {order} foi enviado à cozinha',
      other: '{count} itens do pedido {order} foram enviados à cozinha',
    },
  ],
  'order.lines-held': [
    'Lines of order {order} wait for their course',
    'Pozycje zamówienia {order} czekają na swoją kolej',
    'Itens do pedido {order} aguardam a vez',
  ],
  'order.lines-rushed': [
    'Order {order} is in a hurry',
    'Zamówienie {order} jest pilne',
    'O pedido {order} tem pressa',
  ],
  'order.lines-bumped': [
    {
      one: '{count} line of order {order} is ready',
      other: '{count} lines of order {order} are ready',
    },
    {
      one: '{count} pozycja zamówienia {order} jest gotowa',
      few: '{count} pozycje zamówienia {order} są gotowe',
      other: '{count} pozycji zamówienia {order} jest gotowych',
    },
    {
      one: '{count} item do pedido {order} está pronto',
      other: '{count} itens do pedido {order} estão prontos',
    },
  ],
  'order.lines-recalled': [
    'Lines of order {order} went back to the kitchen',
    'Pozycje zamówienia {order} wróciły do kuchni',
    'Itens do pedido {order} voltaram para a cozinha',
  ],
  'order.payment-taken': [
    'Order {order}: {amount} was paid',
    'Zamówienie {order}: zapłacono {amount}',
    'Pedido {order}: {amount} foi pago',
  ],
  'order.payment-taken~cash': [
    'Order {order}: {amount} was paid in cash',
    'Zamówienie {order}: zapłacono {amount} gotówką',
    'Pedido {order}: {amount} foi pago em dinheiro',
  ],
  'order.payment-taken~card': [
    'Order {order}: {amount} was paid by card',
    'Zamówienie {order}: zapłacono {amount} kartą',
    'Pedido {order}: {amount} foi pago com cartão',
  ],
  'order.closed': [
    'Order {order} is paid and closed: {gross}',
    'Zamówienie {order} zapłacono i zamknięto: {gross}',
    'O pedido {order} foi pago e fechado: {gross}',
  ],
  'order.payment-corrected': [
    'Order {order}: a payment of {amount} was put right: {reason}',
    'Zamówienie {order}: poprawiono płatność {amount}: {reason}',
    'Pedido {order}: um pagamento de {amount} foi corrigido: {reason}',
  ],
  'order.refund-corrected': [
    'Order {order}: a refund of {amount} was put right: {reason}',
    'Zamówienie {order}: poprawiono zwrot {amount}: {reason}',
    'Pedido {order}: um reembolso de {amount} foi corrigido: {reason}',
  ],
  'order.points-taken-off': [
    'Points were taken off order {order}: {reason}',
    'Zdjęto punkty z zamówienia {order}: {reason}',
    'Pontos foram retirados do pedido {order}: {reason}',
  ],
  'order.refunded': [
    'Order {order}: {amount} was given back',
    'Zamówienie {order}: zwrócono {amount}',
    'Pedido {order}: {amount} foi devolvido',
  ],
  'order.points-used': [
    {
      one: '{count} point was used on order {order}',
      other: '{count} points were used on order {order}',
    },
    {
      one: 'Przy zamówieniu {order} użyto {count} punktu',
      few: 'Przy zamówieniu {order} użyto {count} punktów',
      other: 'Przy zamówieniu {order} użyto {count} punktów',
    },
    {
      one: '{count} ponto foi usado no pedido {order}',
      other: '{count} pontos foram usados no pedido {order}',
    },
  ],
  'order.cancelled': [
    'Order {order} was cancelled: {reason}',
    'Anulowano zamówienie {order}: {reason}',
    'O pedido {order} foi cancelado: {reason}',
  ],
  'order.discount-given': [
    'Order {order} got a discount: {reason}',
    'Zamówienie {order} dostało rabat: {reason}',
    'O pedido {order} recebeu um desconto: {reason}',
  ],
  'order.discount-withdrawn': [
    'A discount of order {order} was withdrawn',
    'Cofnięto rabat zamówienia {order}',
    'Um desconto do pedido {order} foi retirado',
  ],
  'order.bill-asked': [
    'Order {order} asked for the bill',
    'Zamówienie {order}: poproszono o rachunek',
    'O pedido {order} pediu a conta',
  ],
  'order.bill-asked~table': [
    'Table {table} asked for the bill',
    'Stolik {table} prosi o rachunek',
    'A mesa {table} pediu a conta',
  ],
  'order.moved': [
    'Order {order} moved to another table',
    'Zamówienie {order} przeniesiono do innego stolika',
    'O pedido {order} mudou de mesa',
  ],
  'order.moved~toTable': [
    'Order {order} moved to table {toTable}',
    'Zamówienie {order} przeniesiono do stolika {toTable}',
    'O pedido {order} foi para a mesa {toTable}',
  ],
  'order.customer-set': [
    'A guest was noted on order {order}',
    'Do zamówienia {order} przypisano gościa',
    'Um cliente foi anotado no pedido {order}',
  ],
  'order.lines-moved-out': [
    'Lines of order {order} went to another bill',
    'Pozycje zamówienia {order} przeszły na inny rachunek',
    'Itens do pedido {order} foram para outra conta',
  ],
  'order.lines-moved-in': [
    'Order {order} took lines of another bill',
    'Zamówienie {order} przejęło pozycje innego rachunku',
    'O pedido {order} recebeu itens de outra conta',
  ],
  'order.merged': [
    'Order {order} was merged into another one',
    'Zamówienie {order} połączono z innym',
    'O pedido {order} foi unido a outro',
  ],
  'order.batch-imported': [
    { one: '{count} order was imported', other: '{count} orders were imported' },
    {
      one: 'Wczytano {count} zamówienie',
      few: 'Wczytano {count} zamówienia',
      other: 'Wczytano {count} zamówień',
    },
    { one: '{count} pedido foi importado', other: '{count} pedidos foram importados' },
  ],
  'ticket.stops-acknowledged': [
    'The kitchen saw that order {order} stopped',
    'Kuchnia przyjęła, że wstrzymano zamówienie {order}',
    'A cozinha viu que o pedido {order} parou',
  ],
  'table.seated': [
    'Table {table} was seated',
    'Goście usiedli przy stoliku {table}',
    'A mesa {table} foi ocupada',
  ],
  'table.seated~guests': [
    {
      one: '{count} guest sat down at table {table}',
      other: '{count} guests sat down at table {table}',
    },
    {
      one: '{count} gość usiadł przy stoliku {table}',
      few: '{count} goście usiedli przy stoliku {table}',
      other: '{count} gości usiadło przy stoliku {table}',
    },
    {
      one: '{count} pessoa sentou à mesa {table}',
      other: '{count} pessoas sentaram à mesa {table}',
    },
  ],
  'table.marked-dirty': [
    'Table {table} needs clearing',
    'Stolik {table} trzeba posprzątać',
    'A mesa {table} precisa ser limpa',
  ],
  'table.freed': [
    'Table {table} is free',
    'Stolik {table} jest wolny',
    'A mesa {table} está livre',
  ],
  'till.added': ['Till {name} was added', 'Dodano kasę {name}', 'O caixa {name} foi criado'],
  'till.renamed': [
    'A till is now called {name}',
    'Kasa nazywa się teraz {name}',
    'Um caixa agora se chama {name}',
  ],
  'till.retired': ['Till {who} was retired', 'Wycofano kasę {who}', 'O caixa {who} foi desativado'],
  'till.session-opened': [
    'Till {who} was opened',
    'Otwarto kasę {who}',
    'O caixa {who} foi aberto',
  ],
  'till.cash-put': [
    'Cash was put into till {who}: {reason}',
    'Wpłacono gotówkę do kasy {who}: {reason}',
    'Dinheiro entrou no caixa {who}: {reason}',
  ],
  'till.cash-taken': [
    'Cash was taken out of till {who}: {reason}',
    'Wypłacono gotówkę z kasy {who}: {reason}',
    'Dinheiro saiu do caixa {who}: {reason}',
  ],
  'till.sale-rung': [
    'Till {who} rang a sale',
    'Kasa {who} zapisała sprzedaż',
    'O caixa {who} registrou uma venda',
  ],
  'allowance.amount-noted': [
    'What a person gives away on the day was counted',
    'Policzono, ile osoba oddała tego dnia',
    'Foi contado o que a pessoa deu no dia',
  ],
  'allowance.restarted': [
    'The count of what a person gives away on the day began anew: {reason}',
    'Zaczęto od nowa liczyć, ile osoba oddaje tego dnia: {reason}',
    'A contagem do que a pessoa dá no dia recomeçou: {reason}',
  ],
  'business-name.taken': [
    'The name {name} was taken',
    'Zajęto nazwę {name}',
    'O nome {name} foi tomado',
  ],
  'business-name.freed': ['A name is free again', 'Nazwa jest znów wolna', 'Um nome está livre'],
  'till.payment-corrected': [
    'Till {who} put a payment right',
    'Kasa {who} poprawiła płatność',
    'O caixa {who} corrigiu um pagamento',
  ],
  'till.refund-corrected': [
    'Till {who} put a refund right',
    'Kasa {who} poprawiła zwrot',
    'O caixa {who} corrigiu um reembolso',
  ],
  'till.counted': ['Till {who} was counted', 'Policzono kasę {who}', 'O caixa {who} foi contado'],
  'till.session-closed': [
    'Till {who} was closed',
    'Zamknięto kasę {who}',
    'O caixa {who} foi fechado',
  ],
  'till.z-report-issued': [
    'Till {who} issued Z report {number}',
    'Kasa {who} wystawiła raport Z {number}',
    'O caixa {who} emitiu o relatório Z {number}',
  ],
};
