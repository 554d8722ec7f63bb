/** The business, its places, menu, pictures and papers. */
import type { Sentences } from './sentence.ts';

export const HOUSE_SENTENCES: Sentences = {
  'business.profile-set-up': [
    'The business was set up',
    'Założono firmę',
    'A empresa foi configurada',
  ],
  'business.profile-changed': [
    'The business profile was changed',
    'Zmieniono dane firmy',
    'Os dados da empresa foram alterados',
  ],
  'location.opened': ['{name} was opened', 'Otwarto {name}', '{name} foi aberto'],
  'location.changed': ['{who} was changed', 'Zmieniono {who}', '{who} foi alterado'],
  'location.taxes-set': [
    'Taxes of {who} were set',
    'Ustawiono podatki: {who}',
    'Os impostos de {who} foram definidos',
  ],
  'location.area-set': [
    'Area {name} was set',
    'Ustawiono salę {name}',
    'A área {name} foi definida',
  ],
  'location.area-removed': ['An area was removed', 'Usunięto salę', 'Uma área foi removida'],
  'location.table-set': [
    'Table {name} was set',
    'Ustawiono stolik {name}',
    'A mesa {name} foi definida',
  ],
  'location.table-removed': [
    'Table {table} was removed',
    'Usunięto stolik {table}',
    'A mesa {table} foi removida',
  ],
  'location.station-set': [
    'Station {name} was set',
    'Ustawiono stanowisko {name}',
    'A estação {name} foi definida',
  ],
  'location.station-removed': [
    'A station was removed',
    'Usunięto stanowisko',
    'Uma estação foi removida',
  ],
  'location.closed': [
    '{who} was closed for good',
    'Zamknięto na stałe: {who}',
    '{who} foi fechado de vez',
  ],
  'product.added': [
    '{product} is on the menu',
    '{product} jest w menu',
    '{product} entrou no cardápio',
  ],
  'product.changed': ['{product} was changed', 'Zmieniono: {product}', '{product} foi alterado'],
  'product.retired': [
    '{product} left the menu',
    'Zdjęto z menu: {product}',
    '{product} saiu do cardápio',
  ],
  'product.brought-back': [
    '{product} is back on the menu',
    '{product} wraca do menu',
    '{product} voltou ao cardápio',
  ],
  'category.added': [
    'Menu section {who} was added',
    'Dodano dział menu: {who}',
    'A seção {who} foi criada',
  ],
  'category.changed': [
    'Menu section {who} was changed',
    'Zmieniono dział menu: {who}',
    'A seção {who} foi alterada',
  ],
  'category.removed': [
    'Menu section {who} was removed',
    'Usunięto dział menu: {who}',
    'A seção {who} foi removida',
  ],
  'modifier-group.added': [
    'Modifier group {who} was added',
    'Dodano grupę dodatków: {who}',
    'O grupo de adicionais {who} foi criado',
  ],
  'modifier-group.changed': [
    'Modifier group {who} was changed',
    'Zmieniono grupę dodatków: {who}',
    'O grupo de adicionais {who} foi alterado',
  ],
  'modifier-group.retired': [
    'Modifier group {who} was retired',
    'Wycofano grupę dodatków: {who}',
    'O grupo de adicionais {who} foi retirado',
  ],
  'price-list.set': [
    'A price list was set',
    'Ustawiono cennik',
    'Uma tabela de preços foi definida',
  ],
  'price-list.removed': [
    'A price list was removed',
    'Usunięto cennik',
    'Uma tabela de preços foi removida',
  ],
  'portions.sold-out': ['{product} is sold out', '{product}: wyprzedane', '{product} esgotou'],
  'portions.remaining-set': [
    '{product}: {remaining} left',
    '{product}: zostało {remaining}',
    '{product}: restam {remaining}',
  ],
  'portions.available': [
    '{product} is available again',
    '{product}: znów dostępne',
    '{product} está disponível de novo',
  ],
  'portions.added': [
    '{product}: {quantity} more',
    '{product}: dodano {quantity}',
    '{product}: mais {quantity}',
  ],
  'portions.taken': [
    '{product}: {remaining} left after an order',
    '{product}: po zamówieniu zostało {remaining}',
    '{product}: restam {remaining} depois de um pedido',
  ],
  'portions.given-back': [
    '{product}: {quantity} came back',
    '{product}: wróciło {quantity}',
    '{product}: {quantity} voltaram',
  ],
  'recipe.added': ['Recipe {who} was added', 'Dodano przepis: {who}', 'A receita {who} foi criada'],
  'recipe.changed': [
    'Recipe {who} was changed',
    'Zmieniono przepis: {who}',
    'A receita {who} foi alterada',
  ],
  'recipe.retired': [
    'Recipe {who} was retired',
    'Wycofano przepis: {who}',
    'A receita {who} foi retirada',
  ],
  'image.uploaded': ['A picture was uploaded', 'Dodano zdjęcie', 'Uma foto foi enviada'],
  'person-image.uploaded': [
    'A picture of a person was uploaded',
    'Dodano zdjęcie osoby',
    'Uma foto de uma pessoa foi enviada',
  ],
  'image.described': ['A picture was described', 'Opisano zdjęcie', 'Uma foto foi descrita'],
  'person-image.described': [
    'A picture of a person was described',
    'Opisano zdjęcie osoby',
    'Uma foto de uma pessoa foi descrita',
  ],
  'image.published': ['A picture was published', 'Opublikowano zdjęcie', 'Uma foto foi publicada'],
  'image.unpublished': ['A picture was hidden', 'Ukryto zdjęcie', 'Uma foto foi ocultada'],
  'image.removed': ['A picture was removed', 'Usunięto zdjęcie', 'Uma foto foi removida'],
  'album.created': ['Album {who} was made', 'Utworzono album: {who}', 'O álbum {who} foi criado'],
  'album.renamed': [
    'Album {who} was renamed',
    'Zmieniono nazwę albumu: {who}',
    'O álbum {who} mudou de nome',
  ],
  'album.arranged': [
    'Album {who} was arranged',
    'Ułożono album: {who}',
    'O álbum {who} foi organizado',
  ],
  'album.published': [
    'Album {who} was published',
    'Opublikowano album: {who}',
    'O álbum {who} foi publicado',
  ],
  'album.unpublished': [
    'Album {who} was hidden',
    'Ukryto album: {who}',
    'O álbum {who} foi ocultado',
  ],
  'album.removed': [
    'Album {who} was removed',
    'Usunięto album: {who}',
    'O álbum {who} foi removido',
  ],
  'pictures.arranged': [
    'Pictures of {who} were arranged',
    'Ułożono zdjęcia: {who}',
    'As fotos de {who} foram organizadas',
  ],
  'invoice.issued': [
    'Invoice {number} was issued',
    'Wystawiono fakturę {number}',
    'A fatura {number} foi emitida',
  ],
  'invoice.credited': [
    'An invoice was credited',
    'Skorygowano fakturę',
    'Uma fatura foi creditada',
  ],
  'invoice.keeping-ended': [
    'An invoice need not be kept any longer',
    'Minął okres przechowywania faktury',
    'Terminou o prazo de guarda de uma fatura',
  ],
  'credit-note.issued': [
    'Credit note {number} was issued',
    'Wystawiono fakturę korygującą {number}',
    'A nota de crédito {number} foi emitida',
  ],
  'invoice-series.continued': [
    'A series of invoice numbers goes on',
    'Kontynuowano serię numerów faktur',
    'Uma série de números de fatura continua',
  ],
  'invoice-series.number-given': [
    'Invoice number {number} was given out',
    'Nadano numer faktury {number}',
    'O número de fatura {number} foi atribuído',
  ],
};
