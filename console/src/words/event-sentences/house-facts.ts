/** Fuller sentences of the house, orders and tills, for events that tell more. */
import type { Sentences } from './sentence.ts';

export const HOUSE_FACTS: Sentences = {
  'location.closed~reason': [
    '{who} was closed for good: {reason}',
    'Zamknięto na stałe: {who} ({reason})',
    '{who} foi fechado de vez: {reason}',
  ],
  'location.table-set~seats': [
    'Table {name} has {seats} seats',
    'Stolik {name}: liczba miejsc {seats}',
    'A mesa {name} tem {seats} lugares',
  ],
  'till.retired~reason': [
    'Till {who} was retired: {reason}',
    'Wycofano kasę {who}: {reason}',
    'O caixa {who} foi desativado: {reason}',
  ],
  'till.session-opened~float': [
    'Till {who} was opened with {float}',
    'Otwarto kasę {who}, pogotowie {float}',
    'O caixa {who} foi aberto com {float}',
  ],
  'till.cash-put~amount': [
    '{amount} was put into till {who}: {reason}',
    'Do kasy {who} wpłacono {amount}: {reason}',
    'Entraram {amount} no caixa {who}: {reason}',
  ],
  'till.cash-taken~amount': [
    '{amount} was taken out of till {who}: {reason}',
    'Z kasy {who} wypłacono {amount}: {reason}',
    'Saíram {amount} do caixa {who}: {reason}',
  ],
  'till.sale-rung~settled': [
    'Till {who} rang {settled} ({kind})',
    'Kasa {who} zapisała {settled} ({kind})',
    'O caixa {who} registrou {settled} ({kind})',
  ],
  'till.counted~counted': [
    'Till {who} was counted: {counted}',
    'Policzono kasę {who}: {counted}',
    'O caixa {who} foi contado: {counted}',
  ],
  'till.session-closed~overShort': [
    'Till {who} was closed, difference {overShort}',
    'Zamknięto kasę {who}, różnica {overShort}',
    'O caixa {who} foi fechado, diferença {overShort}',
  ],
  'product.added~price': [
    '{product} is on the menu for {price}',
    '{product} jest w menu za {price}',
    '{product} entrou no cardápio por {price}',
  ],
  'product.retired~reason': [
    '{product} left the menu: {reason}',
    'Zdjęto z menu: {product} ({reason})',
    '{product} saiu do cardápio: {reason}',
  ],
  'modifier-group.retired~reason': [
    'Modifier group {who} was retired: {reason}',
    'Wycofano grupę dodatków {who}: {reason}',
    'O grupo de adicionais {who} foi retirado: {reason}',
  ],
  'price-list.set~called': [
    'Price list {called} was set',
    'Ustawiono cennik {called}',
    'A tabela de preços {called} foi definida',
  ],
  'portions.sold-out~reason': [
    '{product} is sold out: {reason}',
    '{product}: wyprzedane ({reason})',
    '{product} esgotou: {reason}',
  ],
  'recipe.retired~reason': [
    'Recipe {who} was retired: {reason}',
    'Wycofano przepis {who}: {reason}',
    'A receita {who} foi retirada: {reason}',
  ],
  'album.renamed~called': [
    'An album is now called {called}',
    'Album nazywa się teraz {called}',
    'Um álbum agora se chama {called}',
  ],
  'order.refunded~reason': [
    'Order {order}: {amount} was given back: {reason}',
    'Zamówienie {order}: zwrócono {amount}: {reason}',
    'Pedido {order}: {amount} foi devolvido: {reason}',
  ],
  'order.discount-given~amount': [
    'Order {order}: {amount} off: {reason}',
    'Zamówienie {order}: rabat {amount}: {reason}',
    'Pedido {order}: desconto de {amount}: {reason}',
  ],
  'order.lines-bumped~served': [
    {
      one: '{count} line of order {order} was served',
      other: '{count} lines of order {order} were served',
    },
    {
      one: 'Podano {count} pozycję zamówienia {order}',
      few: 'Podano {count} pozycje zamówienia {order}',
      other: 'Podano {count} pozycji zamówienia {order}',
    },
    {
      one: '{count} item do pedido {order} foi servido',
      other: '{count} itens do pedido {order} foram servidos',
    },
  ],
  'order.customer-set~customer': [
    'Order {order} is of {customer}',
    'Zamówienie {order} należy do gościa: {customer}',
    'O pedido {order} é de {customer}',
  ],
  'invoice.issued~gross': [
    'Invoice {number} was issued over {gross}',
    'Wystawiono fakturę {number} na {gross}',
    'A fatura {number} foi emitida, de {gross}',
  ],
  'invoice.credited~gross': [
    'An invoice was credited: {gross}',
    'Skorygowano fakturę: {gross}',
    'Uma fatura foi creditada: {gross}',
  ],
  'invoice.credited~whole': [
    'A whole invoice was credited: {gross}',
    'Skorygowano całą fakturę: {gross}',
    'Uma fatura inteira foi creditada: {gross}',
  ],
  'credit-note.issued~gross': [
    'Credit note {number} was issued over {gross}',
    'Wystawiono fakturę korygującą {number} na {gross}',
    'A nota de crédito {number} foi emitida, de {gross}',
  ],
};
