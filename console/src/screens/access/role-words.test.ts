import { expect, test } from 'vitest';
import { BUILT_IN_ROLES } from '../../../../src/access/roles/built-in-roles.ts';
import { words } from './role-words.ts';

test('every built-in role has a name, in English the one of the server', () => {
  expect(words.en).toEqual(Object.fromEntries(BUILT_IN_ROLES.map(({ id, name }) => [id, name])));
});
