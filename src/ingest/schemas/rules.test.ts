import { describe, expect, it } from 'vitest';
import { RuleSyntaxError } from './rule-parser.ts';
import { compileRule } from './rules.ts';

const order: unknown = JSON.parse(
  '{"total":12.5,"lines":[{"item":"Bowl","quantity":2}],"status":"paid","tip":null,"odd name":1,"__proto__":{"admin":true}}',
);

describe('rules', () => {
  it.each([
    'total >= 0 and length(lines) > 0',
    'lines[0].quantity == 2 and lines[0].item != "Soda"',
    'status in ("draft", "paid")',
    'not exists(tip) and not exists(missing.deeper[3])',
    'total * 2 - 1 == 24 and -total < 0 and 7 % 4 == 3 and 1 + 2 * 3 == 7 and (1 + 2) * 3 == 9',
    'lower("ABC") == "abc" and abs(-3) == 3 and "2026-01-01" < "2026-02-01"',
    'false or true and true',
    'not false and true',
    'tip == null and null == missing',
    'total in (1, 12.5)',
  ])('%s holds', (expression) => {
    expect(compileRule(expression)(order)).toBe(true);
  });

  it.each([
    'missing > 0',
    'missing < 0',
    'status > 1',
    'total / 0 > 0',
    'length(total) >= 0',
    'total',
    'toString == toString and constructor != null',
    'lines.length == 1',
    'missing in (null)',
    'not total',
  ])('%s does not hold', (expression) => {
    expect(compileRule(expression)(order)).toBe(false);
  });

  it('reads own members only, so inherited ones do not exist', () => {
    expect(compileRule('exists(constructor) or exists(hasOwnProperty)')(order)).toBe(false);
    expect(compileRule('__proto__.admin == true')(order)).toBe(true);
  });

  it.each([
    '',
    '1 +',
    'a ==',
    '(a',
    'a b',
    'and a',
    'a.1',
    'a[x]',
    'eval(1)',
    'a = 1',
    'a; b',
    '"a',
    'in (1)',
    "'a'",
    '`a`',
  ])('"%s" is refused', (expression) => {
    expect(() => compileRule(expression)).toThrow(RuleSyntaxError);
  });

  it('are bounded in depth and length', () => {
    expect(() => compileRule(`${'('.repeat(40)}1${')'.repeat(40)}`)).toThrow(/nested deeper/);
    expect(() => compileRule(`${'not '.repeat(40)}true`)).toThrow(/nested deeper/);
    expect(() => compileRule('1'.repeat(1_001))).toThrow(/longer than/);
  });
});
