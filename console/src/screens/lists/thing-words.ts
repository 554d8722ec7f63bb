/** Words of an address at which nothing is. */
import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: {
    'none-title': 'There is nothing at this address',
    'none-text': 'It may have been mistyped, or belong to another business.',
  },
  pl: {
    'none-title': 'Pod tym adresem nic nie ma',
    'none-text': 'Może jest błędny albo należy do innej firmy.',
  },
  pt: {
    'none-title': 'Não há nada neste endereço',
    'none-text': 'Pode estar errado, ou ser de outra empresa.',
  },
});
