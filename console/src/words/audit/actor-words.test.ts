import { describe, expect, test } from 'vitest';
import { MODULES } from '../../../../src/modules/index.ts';
import { LANGUAGES } from '../define-words.ts';
import { ACTORS, actorWords } from './actor-words.ts';

const POLICIES = MODULES.flatMap(({ policies }) => policies.map(({ name }) => `policy:${name}`));

describe('what acts by itself', () => {
  test('every policy has a name in every language', () => {
    expect(POLICIES.length).toBeGreaterThan(10);
    const nameless = POLICIES.filter((actor) =>
      LANGUAGES.some((language) => (actorWords(actor, language) ?? '') === ''),
    );
    expect(nameless).toEqual([]);
  });

  test('no name is of a policy that is gone', () => {
    const named = Object.keys(ACTORS).filter((actor) => actor.startsWith('policy:'));
    expect(named.filter((actor) => !POLICIES.includes(actor))).toEqual([]);
  });

  test('what nobody named has none', () => {
    expect(actorWords('policy:cellar.flood', 'en')).toBeUndefined();
    expect(actorWords('constructor', 'en')).toBeUndefined();
  });
});
