import { defineWords } from '../words/define-words.ts';

export const words = defineWords({
  en: {
    banner: 'You see how it was. Nothing can be changed here.',
    back: 'Back to now',
    preparing: {
      one: 'One list is being prepared as it was then.',
      other: '{count} lists are being prepared as they were then.',
    },
    looked: 'Looked through {done} of {all} events. What is ready appears by itself.',
    'in-use': {
      one: 'Others are looking at this list at two other moments, and it keeps two copies. Ask again in a minute, or go back to now.',
      other:
        'Others are looking at this list at two other moments, and it keeps two copies. Ask again in {count} minutes, or go back to now.',
    },
    failed: 'This list cannot be prepared now. {detail}',
    again: 'Ask again',
  },
  pl: {
    banner: 'Widzisz, jak było. Niczego nie można tu zmienić.',
    back: 'Wróć do teraz',
    preparing: {
      one: 'Przygotowujemy listę w stanie z tamtej chwili.',
      few: 'Przygotowujemy {count} listy w stanie z tamtej chwili.',
      many: 'Przygotowujemy {count} list w stanie z tamtej chwili.',
      other: 'Przygotowujemy {count} listy w stanie z tamtej chwili.',
    },
    looked: 'Przejrzano {done} z {all} zdarzeń. To, co gotowe, pojawi się samo.',
    'in-use': {
      one: 'Inni oglądają tę listę w stanie z dwóch innych chwil, a mieści ona dwie kopie. Spróbuj za minutę albo wróć do teraz.',
      few: 'Inni oglądają tę listę w stanie z dwóch innych chwil, a mieści ona dwie kopie. Spróbuj za {count} minuty albo wróć do teraz.',
      many: 'Inni oglądają tę listę w stanie z dwóch innych chwil, a mieści ona dwie kopie. Spróbuj za {count} minut albo wróć do teraz.',
      other:
        'Inni oglądają tę listę w stanie z dwóch innych chwil, a mieści ona dwie kopie. Spróbuj za {count} minuty albo wróć do teraz.',
    },
    failed: 'Tej listy nie można teraz przygotować. {detail}',
    again: 'Spróbuj ponownie',
  },
  pt: {
    banner: 'Você está vendo como era. Nada pode ser mudado aqui.',
    back: 'Voltar ao agora',
    preparing: {
      one: 'Uma lista está sendo preparada como era naquele momento.',
      other: '{count} listas estão sendo preparadas como eram naquele momento.',
    },
    looked: '{done} de {all} eventos verificados. O que estiver pronto aparece sozinho.',
    'in-use': {
      one: 'Outras pessoas estão vendo esta lista em dois outros momentos, e ela guarda duas cópias. Tente de novo em um minuto ou volte ao agora.',
      other:
        'Outras pessoas estão vendo esta lista em dois outros momentos, e ela guarda duas cópias. Tente de novo em {count} minutos ou volte ao agora.',
    },
    failed: 'Esta lista não pode ser preparada agora. {detail}',
    again: 'Tentar de novo',
  },
});
