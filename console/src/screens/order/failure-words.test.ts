import { expect, test } from 'vitest';
import { failureWords } from './failure-words.ts';

test('a refusal names the amount as the reader writes it', () => {
  const details = { productId: 'x', current: { amount: 1650, currency: 'EUR' } };
  const said = failureWords({ code: 'PRICE_CHANGED', detail: 'English', details }, 'pl');
  expect(said).toContain('16,50');
  expect(said).not.toContain('English');
});

test('a code without words of its own is said as the server says it', () => {
  expect(failureWords({ code: 'NEW_REFUSAL', detail: 'No.' }, 'en')).toBe('No.');
  expect(failureWords({ code: 'NEW_REFUSAL', detail: '' }, 'en')).toBe('NEW_REFUSAL');
});

test('a detail that is missing leaves no hole with a name in it', () => {
  expect(failureWords({ code: 'SOLD_OUT', detail: '' }, 'en')).not.toContain('{');
});

test('names of things that every object has are no codes', () => {
  expect(failureWords({ code: 'toString', detail: 'No.' }, 'en')).toBe('No.');
});
