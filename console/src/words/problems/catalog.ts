/** Refusals of the menu. */
import type { Problems } from './problem.ts';

export const CATALOG_PROBLEMS: Problems = {
  PRODUCT_EXISTS: [
    'A product with this id is on the menu already. Change it, or add one with another id.',
    'Produkt o tym identyfikatorze już jest. Zmień go albo dodaj inny.',
    'Já há um produto com este id. Altere-o ou adicione outro.',
  ],
  PRODUCT_RETIRED: [
    'The product is no longer sold. Look at the menu again and choose another one.',
    'Tego produktu już się nie sprzedaje. Sprawdź menu i wybierz inny.',
    'Este produto não é mais vendido. Veja o cardápio e escolha outro.',
  ],
  PRICE_MISSING: [
    'A product without sizes needs a price of its own. Enter it, or add a size.',
    'Produkt bez rozmiarów musi mieć cenę. Wpisz ją albo dodaj rozmiar.',
    'Um produto sem tamanhos precisa de preço. Informe-o ou adicione um tamanho.',
  ],
  VARIANT_TWICE: [
    'Two sizes have the same id. Give each its own.',
    'Dwa rozmiary mają ten sam identyfikator. Nadaj każdemu własny.',
    'Dois tamanhos têm o mesmo id. Dê um a cada um.',
  ],
  CATEGORY_UNKNOWN: [
    'There is no such menu section. Add it first, or choose another.',
    'Nie ma takiego działu menu. Najpierw go dodaj albo wybierz inny.',
    'Não há essa seção do cardápio. Adicione-a antes ou escolha outra.',
  ],
  GROUP_UNKNOWN: [
    'There is no such modifier group. Add it first, or choose another.',
    'Nie ma takiej grupy dodatków. Najpierw ją dodaj albo wybierz inną.',
    'Não há esse grupo de adicionais. Adicione-o antes ou escolha outro.',
  ],
  CATEGORY_EXISTS: [
    'A section with this id exists already. Change it, or add one with another id.',
    'Dział o tym identyfikatorze już jest. Zmień go albo dodaj inny.',
    'Já há uma seção com este id. Altere-a ou adicione outra.',
  ],
  CATEGORY_REMOVED: [
    'The section was removed and takes no changes. Add it anew.',
    'Ten dział usunięto i nie można go zmieniać. Dodaj go od nowa.',
    'Esta seção foi removida e não muda mais. Adicione-a de novo.',
  ],
  CATEGORY_LOOP: [
    'A section cannot stand within itself. Choose another place.',
    'Dział nie może być w samym sobie. Wybierz inne miejsce.',
    'Uma seção não pode ficar dentro de si mesma. Escolha outro lugar.',
  ],
  CATEGORY_TOO_DEEP: [
    'Sections can be nested four levels deep at most. Choose a place further up.',
    'Działy mogą mieć najwyżej cztery poziomy. Wybierz miejsce wyżej.',
    'Seções podem ter no máximo quatro níveis. Escolha um lugar mais acima.',
  ],
  GROUP_EXISTS: [
    'A modifier group with this id exists already. Change it, or add one with another id.',
    'Grupa dodatków o tym identyfikatorze już jest. Zmień ją albo dodaj inną.',
    'Já há um grupo de adicionais com este id. Altere-o ou adicione outro.',
  ],
  GROUP_RETIRED: [
    'The modifier group was retired and takes no changes. Add it anew.',
    'Tę grupę dodatków wycofano i nie można jej zmieniać. Dodaj ją od nowa.',
    'Este grupo de adicionais foi retirado e não muda mais. Adicione-o de novo.',
  ],
  GROUP_BOUNDS: [
    'The fewest choices are more than the most. Correct one of the two.',
    'Najmniejsza liczba wyborów jest większa od największej. Popraw jedną z nich.',
    'O mínimo de escolhas é maior que o máximo. Corrija um dos dois.',
  ],
  OPTION_TWICE: [
    'Two options have the same id. Give each its own.',
    'Dwie opcje mają ten sam identyfikator. Nadaj każdej własny.',
    'Duas opções têm o mesmo id. Dê um a cada uma.',
  ],
  PRICE_LISTS_FULL: [
    'There are as many price lists as there can be. Remove one that is no longer used.',
    'Cenników jest już najwięcej, ile może być. Usuń nieużywany.',
    'Já há o máximo de tabelas de preços. Remova uma que não se usa.',
  ],
  PRICE_LIST_DAYS: [
    'The last day is before the first one. Correct the days.',
    'Ostatni dzień jest przed pierwszym. Popraw daty.',
    'O último dia vem antes do primeiro. Corrija as datas.',
  ],
  PRICE_LIST_UNKNOWN: [
    'There is no such price list. Look at the price lists again.',
    'Nie ma takiego cennika. Sprawdź listę cenników.',
    'Não há essa tabela de preços. Veja a lista de novo.',
  ],
  PORTIONS_NOT_COUNTED: [
    'The portions of this product are not counted here. Say first how many there are.',
    'Porcji tego produktu się tu nie liczy. Najpierw podaj, ile ich jest.',
    'As porções deste produto não são contadas aqui. Diga antes quantas há.',
  ],
  PORTIONS_TOO_MANY: [
    'That would be more portions than can be counted. Mark the product as available: then nobody counts.',
    'To więcej porcji, niż można liczyć. Oznacz produkt jako dostępny: wtedy się nie liczy.',
    'São mais porções do que se pode contar. Marque o produto como disponível: aí não se conta.',
  ],
  RECIPE_EXISTS: [
    'A recipe with this id exists already. Change it, or add one with another id.',
    'Przepis o tym identyfikatorze już jest. Zmień go albo dodaj inny.',
    'Já há uma receita com este id. Altere-a ou adicione outra.',
  ],
  RECIPE_RETIRED: [
    'The recipe was retired and takes no changes. Add it anew.',
    'Ten przepis wycofano i nie można go zmieniać. Dodaj go od nowa.',
    'Esta receita foi retirada e não muda mais. Adicione-a de novo.',
  ],
  IMAGE_EXISTS: [
    'A picture with this id exists already. Send it without an id of your own.',
    'Zdjęcie o tym identyfikatorze już jest. Wyślij je bez własnego identyfikatora.',
    'Já há uma foto com este id. Envie-a sem um id próprio.',
  ],
  IMAGE_REMOVED: [
    'The picture was removed. Send it anew.',
    'To zdjęcie usunięto. Wyślij je ponownie.',
    'Esta foto foi removida. Envie-a de novo.',
  ],
  ALT_TEXT_MISSING: [
    'Nobody has said what the picture shows. Describe it in at least one language, then publish it.',
    'Nikt nie opisał, co jest na zdjęciu. Opisz je choć w jednym języku, a potem opublikuj.',
    'Ninguém disse o que a foto mostra. Descreva-a em ao menos um idioma e então publique.',
  ],
  ALBUM_EXISTS: [
    'An album with this id exists already. Change it, or make one with another id.',
    'Album o tym identyfikatorze już jest. Zmień go albo utwórz inny.',
    'Já há um álbum com este id. Altere-o ou crie outro.',
  ],
  ALBUM_REMOVED: [
    'The album was removed. Make it anew.',
    'Ten album usunięto. Utwórz go od nowa.',
    'Este álbum foi removido. Crie-o de novo.',
  ],
  ALBUM_FULL: [
    'The album holds as many pictures as one can. Take one out, or make another album.',
    'Album ma już najwięcej zdjęć, ile może. Wyjmij któreś albo utwórz kolejny.',
    'O álbum já tem o máximo de fotos. Tire uma ou crie outro álbum.',
  ],
  ALBUM_ORDER_STALE: [
    'Somebody changed the album meanwhile. Look at it again and put it in order once more.',
    'Ktoś w tym czasie zmienił album. Sprawdź go i ułóż jeszcze raz.',
    'Alguém mudou o álbum nesse meio-tempo. Veja-o de novo e organize outra vez.',
  ],
  IMAGE_UNKNOWN: [
    'There is no such picture in the gallery. Send it first, or choose another.',
    'Nie ma takiego zdjęcia w galerii. Najpierw je dodaj albo wybierz inne.',
    'Não há essa foto na galeria. Envie-a antes ou escolha outra.',
  ],
  PRODUCT_UNKNOWN: [
    'There is no such product. Look at the menu again and choose from it.',
    'Nie ma takiego produktu. Sprawdź menu i wybierz z niego.',
    'Não há esse produto. Veja o cardápio de novo e escolha.',
  ],
};
