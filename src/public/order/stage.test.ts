import { expect, test } from 'vitest';
import { stageOf } from './stage.ts';

const of = (status: 'open' | 'closed' | 'cancelled', ...kitchen: readonly string[]) =>
  // safe because nothing else of a line is looked at
  stageOf({ status, lines: kitchen.map((each) => ({ kitchen: each })) as never });

test.each([
  ['open', ['held', 'held'], 'placed'],
  ['open', ['fired', 'held'], 'cooking'],
  ['open', ['ready', 'held'], 'cooking'],
  ['open', ['ready', 'none'], 'ready'],
  ['closed', ['fired', 'ready'], 'cooking'],
  ['closed', ['served', 'served'], 'done'],
  ['open', ['served'], 'done'],
  ['closed', ['none'], 'done'],
  ['open', ['none'], 'placed'],
  ['closed', ['ready'], 'ready'],
  ['cancelled', ['fired'], 'cancelled'],
] as const)('%s with lines %j is %s', (status, lines, stage) => {
  expect(of(status, ...lines)).toBe(stage);
});
