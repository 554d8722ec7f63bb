/** Why something cannot be changed now. */
import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: {
    'in-the-past': 'You are looking at the past. Go back to now to change something.',
    'not-allowed': 'Your role does not allow it.',
  },
  pl: {
    'in-the-past': 'Oglądasz przeszłość. Wróć do teraz, aby coś zmienić.',
    'not-allowed': 'Twoja rola na to nie pozwala.',
  },
  pt: {
    'in-the-past': 'Você está vendo o passado. Volte ao agora para mudar algo.',
    'not-allowed': 'Seu papel não permite.',
  },
});
