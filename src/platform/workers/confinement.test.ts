import { expect, test } from 'vitest';
import { confinementOf } from './confinement.ts';

test('a child has neither network nor foreign files where the runtime can deny them', () => {
  expect(confinementOf()).toEqual({ files: true, network: true });
  expect(confinementOf(new Set(['--permission']))).toEqual({ files: true, network: false });
  expect(confinementOf(new Set(['--allow-net']))).toEqual({ files: false, network: false });
});
