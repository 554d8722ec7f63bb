/** Why something cannot be changed now. */
import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: {
    'in-the-past': 'You are looking at the past. Go back to now to change something.',
    'not-allowed': 'With your role you can look at this, not change it.',
  },
  pl: {
    'in-the-past': 'Oglądasz przeszłość. Wróć do teraz, aby coś zmienić.',
    'not-allowed': 'Z twoją rolą możesz to oglądać, ale nie zmieniać.',
  },
  pt: {
    'in-the-past': 'Você está vendo o passado. Volte ao agora para mudar algo.',
    'not-allowed': 'Com o seu papel você pode ver, não alterar.',
  },
});
