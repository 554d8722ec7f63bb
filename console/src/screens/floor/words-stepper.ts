import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: { less: 'One less: {label}', more: 'One more: {label}' },
  pl: { less: 'O jeden mniej: {label}', more: 'O jeden więcej: {label}' },
  pt: { less: 'Um a menos: {label}', more: 'Um a mais: {label}' },
});
