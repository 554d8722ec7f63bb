import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: { standard: 'Standard' },
  pl: { standard: 'Standardowy' },
  pt: { standard: 'Padrão' },
});
