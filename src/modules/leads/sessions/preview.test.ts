import { describe, expect, test } from 'vitest';
import { AT } from '../../../../test/support/given.ts';
import type { QuizDefinition } from '../quizzes/definition.ts';
import { EXAMPLE_QUIZ, SHORT_QUIZ } from '../quizzes/examples.ts';
import type { AnswerValue } from './answer.ts';
import { preview } from './preview.ts';

const shown = (
  answers: readonly (readonly [string, AnswerValue])[],
  more: { readonly definition?: QuizDefinition; readonly language?: string } = {},
) =>
  preview(
    {
      definition: EXAMPLE_QUIZ,
      answers: answers.map(([questionId, value]) => ({ questionId, value })),
      ...more,
    },
    AT,
  );

const TO_THE_END: readonly (readonly [string, AnswerValue])[] = [
  ['occasion', 'party'],
  ['guests', 30],
  ['extras', ['music']],
  ['wishes', null],
  ['rating', 5],
  ['contact', { email: 'ana@example.com', consents: ['email'] }],
];

describe('a draft', () => {
  test('begins at its first question, in the language wished for', () => {
    expect(shown([], { language: 'pl' })).toMatchObject({
      faults: [],
      quiz: { title: 'Jakim jesteś gościem?' },
      language: 'pl',
      path: [],
      current: 'occasion',
      result: null,
      refused: null,
    });
    expect(shown([], { language: 'de' }).language).toBe('en');
  });

  test('is answered along its jumps to the ending that its score reaches', () => {
    const way = shown([['occasion', 'curious']]);
    expect(way).toMatchObject({ path: ['occasion'], current: 'wishes' });
    const end = shown(TO_THE_END);
    expect(end).toMatchObject({ current: null, refused: null });
    expect(end.path).toEqual(TO_THE_END.map(([questionId]) => questionId));
    expect(end.result).toMatchObject({ ending: { id: 'call', title: 'We call you' } });
    expect(end.result?.score).toBe(end.variables['score']);
  });

  test('Q4: shows a visitor neither scores nor jumps', () => {
    expect(JSON.stringify(shown([]).quiz)).not.toMatch(/score|jumps|"to"/);
  });

  test('an answer that a visitor could not give is named, and those behind it do not count', () => {
    const wrong = shown([
      ['occasion', 'party'],
      ['guests', 9000],
      ['extras', ['music']],
    ]);
    expect(wrong).toMatchObject({
      path: ['occasion'],
      current: 'guests',
      refused: { questionId: 'guests', code: 'ANSWER_INVALID', reason: 'at most 500' },
    });
    expect(shown([['rating', 5]])).toMatchObject({
      current: 'occasion',
      refused: { questionId: 'rating', code: 'QUESTION_NOT_ASKED' },
    });
  });

  test('an earlier answer given again changes the way', () => {
    const again = shown([
      ['occasion', 'party'],
      ['guests', 12],
      ['occasion', 'curious'],
    ]);
    expect(again).toMatchObject({ path: ['occasion'], current: 'wishes' });
  });
});

describe('a draft that cannot be published', () => {
  test('without questions is refused and says why', () => {
    const empty = shown([], { definition: { ...SHORT_QUIZ, questions: [] } });
    expect(empty).toMatchObject({ current: null, path: [], refused: { code: 'QUIZ_NOT_OPEN' } });
    expect(empty.faults).toContainEqual({ code: 'EMPTY', at: null, names: [] });
  });

  test('with a loop ends all the same, and names the loop', () => {
    const [first] = SHORT_QUIZ.questions;
    if (first === undefined) throw new Error('the short quiz has a question');
    const round = { ...first, jumps: [{ when: [], to: first.id }] };
    const looping = { ...SHORT_QUIZ, questions: [round] };
    const seen = shown([[first.id, 'party']], { definition: looping });
    expect(seen.faults).toContainEqual({ code: 'LOOP', at: first.id, names: [first.id, first.id] });
    expect(seen.current).toBeNull();
  });
});
