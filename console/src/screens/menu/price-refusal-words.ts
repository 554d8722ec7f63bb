/** What the server refuses of price lists and recipes, and what to do. */
import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: {
    PRICE_LISTS_FULL: 'There are as many price lists as there can be: {most}. Remove one first.',
    PRICE_LIST_DAYS: 'The last day is before the first one. Give days that follow each other.',
    PRICE_LIST_UNKNOWN: 'The list is not there any more.',
    RECIPE_EXISTS: 'There is such a recipe already. Change that one.',
    RECIPE_RETIRED: 'The recipe is out of use. Add it anew.',
  },
  pl: {
    PRICE_LISTS_FULL: 'Cenników jest już tyle, ile może być: {most}. Najpierw usuń któryś.',
    PRICE_LIST_DAYS: 'Ostatni dzień jest przed pierwszym. Popraw daty.',
    PRICE_LIST_UNKNOWN: 'Tego cennika już nie ma.',
    RECIPE_EXISTS: 'Taki przepis już jest. Zmień istniejący.',
    RECIPE_RETIRED: 'Przepis jest wycofany. Dodaj go na nowo.',
  },
  pt: {
    PRICE_LISTS_FULL: 'Já há tantas listas quantas pode haver: {most}. Remova uma antes.',
    PRICE_LIST_DAYS: 'O último dia vem antes do primeiro. Corrija as datas.',
    PRICE_LIST_UNKNOWN: 'A lista não existe mais.',
    RECIPE_EXISTS: 'Essa receita já existe. Mude a existente.',
    RECIPE_RETIRED: 'A receita está fora de uso. Adicione de novo.',
  },
});
