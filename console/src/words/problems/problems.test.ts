import { describe, expect, test } from 'vitest';
import { ERROR_TABLE } from '../../../../src/core/errors.ts';
import { moduleView } from '../../../../src/http/modules/descriptor.ts';
import { MODULES } from '../../../../src/modules/index.ts';
import { LANGUAGES } from '../define-words.ts';
import { PARTS, PROBLEMS } from './all.ts';
import type { Problems } from './problem.ts';

const REFUSALS = [
  ...new Set(
    MODULES.flatMap((module) =>
      moduleView(module).aggregates.flatMap(({ refusals }) => refusals.map(({ code }) => code)),
    ),
  ),
];

/** Codes without a sentence and a next step in every language: a text of one clause has no next step. */
function lacking(codes: readonly string[], problems: Problems): readonly string[] {
  return codes.filter((code) => {
    const said = problems[code];
    return (
      said?.length !== LANGUAGES.length || !said.every((text) => /\S[.:;,] ?\S.*\.$/.test(text))
    );
  });
}

describe('what was refused or failed is said in three languages, with the next step', () => {
  test('every refusal of every module', () => {
    expect(REFUSALS.length).toBeGreaterThan(200);
    expect(lacking(REFUSALS, PROBLEMS)).toEqual([]);
  });

  test('every code of the table of errors, and a server that does not answer', () => {
    expect(lacking([...Object.keys(ERROR_TABLE), 'UNREACHABLE'], PROBLEMS)).toEqual([]);
  });

  test('no code has words in two places, and no words are of a code that is gone', () => {
    const all = PARTS.flatMap((part) => Object.keys(part));
    expect(all.filter((code, at) => all.indexOf(code) !== at)).toEqual([]);
    const codes = [...REFUSALS, ...Object.keys(ERROR_TABLE), 'UNREACHABLE'];
    expect(all.filter((code) => !codes.includes(code))).toEqual([]);
  });

  test('a code without words, one without a next step and one without Polish are seen', () => {
    const problems = {
      NO_STEP: ['It is so.', 'Tak jest.', 'É assim.'],
      NO_POLISH: ['It is so. Do this.', '', 'É assim. Faça isto.'],
      WHOLE: ['It is so. Do this.', 'Tak jest. Zrób to.', 'É assim. Faça isto.'],
    } as const;
    expect(lacking(['NO_WORDS', 'NO_STEP', 'NO_POLISH', 'WHOLE'], problems)).toEqual([
      'NO_WORDS',
      'NO_STEP',
      'NO_POLISH',
    ]);
  });

  test('words for people name no field of the interface', () => {
    const said = Object.values(PROBLEMS).flat();
    expect(
      said.filter((text) => /`|\b[a-z]+[A-Z]\w*/.test(text) && !/[wW]hatsApp/.test(text)),
    ).toEqual([]);
  });
});
