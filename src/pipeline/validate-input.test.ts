import { expect, test } from 'vitest';
import { MODULES } from '../modules/index.ts';
import { createInputValidators } from './validate-input.ts';

test('the input schema of every command can be compiled, also the one that collects all faults', () => {
  const compile = createInputValidators();
  const commands = MODULES.flatMap(({ aggregates }) =>
    aggregates.flatMap(({ aggregate }) => aggregate.commands),
  );
  expect(commands.length).toBeGreaterThan(100);
  for (const { name, input, examples } of commands) {
    const faultsOf = compile(name, input);
    // Nothing is a text where an object is asked for: both validators are compiled.
    expect([name, faultsOf('')]).not.toEqual([name, []]);
    for (const example of examples) expect([name, faultsOf(example)]).toEqual([name, []]);
  }
});

test('a schema that cannot be compiled names its command', () => {
  const faultsOf = createInputValidators()('BadCommand', { type: 'object', nonsense: true });
  expect(() => faultsOf({})).toThrow(/BadCommand cannot be compiled/);
});

test('constants of a union are one fault that lists them', () => {
  const faultsOf = createInputValidators()('Choose', {
    anyOf: [{ const: 'a' }, { const: 'b' }],
  });
  expect(faultsOf('c')).toMatchObject([
    { at: '', code: 'NOT_LISTED', params: { allowed: ['a', 'b'] } },
    { at: '', code: 'NO_SHAPE_FITS' },
  ]);
});
