import { expect, test } from 'vitest';
import { classifyError } from './error-classes.ts';

test('codes say what to do, whatever the status of the answer', () => {
  const classes = [
    130_429, 131_056, 131_000, 131_057, 190, 131_048, 132_015, 131_026, 131_050, 131_049,
  ];
  expect(classes.map((code) => classifyError(code, 400).class)).toEqual([
    'slow-down',
    'pair',
    'retry',
    'sender',
    'sender',
    'campaign',
    'campaign',
    'recipient',
    'opted-out',
    'next-day',
  ]);
});

test('a code that nobody knows is judged by the status', () => {
  expect(classifyError(null, 429)).toMatchObject({ class: 'slow-down', code: 'http-429' });
  expect(classifyError(null, 503).class).toBe('retry');
  expect(classifyError(null, 401).class).toBe('sender');
  expect(classifyError(132_001, 404)).toMatchObject({ class: 'content', code: '132001' });
  expect(classifyError(299, 403).class).toBe('sender');
});
