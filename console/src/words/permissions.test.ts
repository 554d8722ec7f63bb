import { expect, test } from 'vitest';
import { BUILT_IN_ROLES } from '../../../src/access/roles/built-in-roles.ts';
import { knownScopes } from '../../../src/access/scopes.ts';
import { mountedOf } from '../../../src/http/modules/addresses.ts';
import { MODULES } from '../../../src/modules/index.ts';
import { LANGUAGES } from './define-words.ts';
import { PERMISSIONS, permissionWords } from './permissions.ts';

const KNOWN = knownScopes(
  MODULES.map((module) => ({ name: module.name, aggregates: mountedOf(module) })),
);

test('every permission of the server and of every module has words in every language', () => {
  expect(KNOWN.length).toBeGreaterThan(60);
  const nameless = KNOWN.filter((permission) =>
    LANGUAGES.some((language) => permissionWords(permission, language) === permission),
  );
  expect(nameless).toEqual([]);
});

test('no words are of a permission that is gone', () => {
  const known: readonly string[] = [
    ...KNOWN,
    ...BUILT_IN_ROLES.flatMap((each) => each.permissions),
  ];
  expect(Object.keys(PERMISSIONS).filter((each) => !known.includes(each))).toEqual([]);
});

test('two permissions are never told alike, and a foreign one is told by its code', () => {
  for (const place of LANGUAGES.keys()) {
    const said = Object.values(PERMISSIONS).map((name) => name[place]);
    expect(said.filter((text, at) => said.indexOf(text) !== at)).toEqual([]);
  }
  expect(permissionWords('cellar:flood', 'pl')).toBe('cellar:flood');
});
