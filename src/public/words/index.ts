/** The texts of the public pages by language. */
import type { Language } from '../language.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';
import { ptBr } from './pt-br.ts';
import type { Words } from './words.ts';

export const WORDS: Readonly<Record<Language, Words>> = { en, pl, 'pt-BR': ptBr };
