import { expect, test } from 'vitest';
import { isOptOut, optOutConfirmation, optOutLanguage } from './opt-out.ts';

test.each([
  ['STOP', 'en'],
  ['stop', 'pl'],
  [' Stop. ', 'pt'],
  ['unsubscribe', 'en'],
  ['Wypisz', 'pl'],
  ['rezygnuję', 'pl'],
  ['REZYGNUJE', 'pl'],
  ['Sair!', 'pt-BR'],
  ['parar', 'pt'],
  ['CANCELAR', 'pt'],
  ['sair', 'pl'],
])('M6: %s says no, whatever its case, accents and language', (text, language) => {
  expect(isOptOut(text, language)).toBe(true);
});

test.each([
  'please do not stop',
  'stop by at eight?',
  'nie rezygnuję',
  'vou sair agora',
  '',
  'STOP '.repeat(50),
])('M6: a message that is more than the word is none: %s', (text) => {
  expect(isOptOut(text, 'en')).toBe(false);
});

test('M6: the confirmation is in the language of the word, of the person where several have it', () => {
  expect(optOutLanguage('stop', 'pl-PL')).toBe('pl');
  expect(optOutLanguage('SAIR', 'pl')).toBe('pt');
  expect(optOutConfirmation('pt')).toContain('mensagens');
  expect(optOutConfirmation('xx')).toBe(optOutConfirmation('en'));
});
