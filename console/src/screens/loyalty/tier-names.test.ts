import { expect, test } from 'vitest';
import { tierNames } from './tier-names.ts';

const level = { tierId: 'silver', threshold: 300, percent: 125 };
const programme = (inForce: boolean, name: string, names?: Record<string, string>) => ({
  inForce,
  rules: { tiers: { levels: [{ ...level, name, ...(names === undefined ? {} : { names }) }] } },
});

test('a tier is called as the house calls it in the reader’s language, by the rules in force', () => {
  const names = { en: 'Silver', 'pt-BR': 'Prata' };
  const programmes = [programme(false, 'Draft'), programme(true, 'Argent', names)];
  const called = (['en', 'pl', 'pt'] as const).map((language) =>
    tierNames(programmes, language).get('silver'),
  );
  expect(called).toEqual(['Silver', 'Argent', 'Prata']);
});

test('rules without further languages, and no rules at all', () => {
  expect([...tierNames([programme(true, 'Argent')], 'pl').values()]).toEqual(['Argent']);
  expect(tierNames([], 'pl').size).toBe(0);
});
