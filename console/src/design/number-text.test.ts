import { describe, expect, test } from 'vitest';
import { amountText, minorUnitsOf, numberOf } from './number-text.ts';

describe('a number as people type it', () => {
  test.each([
    ['12', 12],
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['1 234,50', 1234.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['1,234,567', 1_234_567],
    ['-3', -3],
    ['.5', 0.5],
  ])('%s is %f', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  test('nothing is null, and words are no number', () => {
    expect(numberOf('  ')).toBeNull();
    expect(numberOf('twelve')).toBeUndefined();
    expect(numberOf('-')).toBeUndefined();
    expect(numberOf('1e5')).toBeUndefined();
  });
});

describe('an amount', () => {
  test.each([
    ['12.30', 'EUR', 1230],
    ['0,1', 'PLN', 10],
    ['19.99', 'BRL', 1999],
    ['1200', 'JPY', 1200],
  ])('%s %s is %i minor units', (text, currency, amount) => {
    expect(minorUnitsOf(text, currency)).toBe(amount);
  });

  test('more digits than the currency has are refused, not rounded', () => {
    expect(minorUnitsOf('1.005', 'EUR')).toBeUndefined();
    expect(minorUnitsOf('12.5', 'JPY')).toBeUndefined();
  });

  test('is written with all digits of its currency', () => {
    expect(amountText(1230, 'EUR')).toBe('12.30');
    expect(amountText(1200, 'JPY')).toBe('1200');
  });
});
