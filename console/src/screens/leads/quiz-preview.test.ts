import { describe, expect, test } from 'vitest';
import type { Draft } from './quiz-draft.ts';
import {
  answerText,
  conditionParts,
  exitsOf,
  faultsOfLogic,
  previewable,
  takenFrom,
} from './quiz-preview.ts';

const draft: Draft = {
  title: { en: 'Guests' },
  languages: ['en', 'pl'],
  questions: [
    {
      id: 'occasion',
      kind: 'single',
      title: { en: 'What for?' },
      required: true,
      options: [
        { id: 'party', label: { en: 'A party' } },
        { id: 'other', label: {} },
      ],
      jumps: [{ when: [{ question: 'occasion', is: 'equals', value: 'other' }], to: 'wishes' }],
    },
    { id: 'guests', kind: 'number', title: {}, required: true, jumps: [{ when: [], to: null }] },
    { id: 'wishes', kind: 'text', title: { en: 'Wishes?' }, required: false },
  ],
  endings: [{ id: 'end', title: {}, scoreFrom: null }],
};
const [occasion, guests, wishes] = draft.questions as [
  Draft['questions'][number],
  Draft['questions'][number],
  Draft['questions'][number],
];

describe('a draft that is tried', () => {
  test('has something to be read wherever nothing was written', () => {
    const ready = previewable(draft);
    expect(ready?.questions[1]?.title).toEqual({ en: '…', pl: '…' });
    expect(ready?.questions[0]?.options?.[1]?.label).toEqual({ en: '…', pl: '…' });
    expect(ready?.endings[0]?.title).toEqual({ en: '…', pl: '…' });
    expect(ready?.title).toEqual({ en: 'Guests' });
  });

  test('cannot be sent while a variable has no name', () => {
    expect(previewable({ ...draft, variables: [{ id: '', initial: 0 }] })).toBeNull();
  });

  test('is told only what is wrong with its logic', () => {
    const fault = (code: string) => ({ code, at: null, names: [] });
    expect(faultsOfLogic([fault('LOOP'), fault('EMPTY'), fault('TRANSLATION_MISSING')])).toEqual([
      fault('LOOP'),
    ]);
  });
});

describe('the ways out of a question', () => {
  test('are its jumps in their order, then the next question', () => {
    expect(exitsOf(draft, occasion)).toEqual([
      { when: occasion.jumps?.[0]?.when, to: 'wishes' },
      { when: null, to: 'guests' },
    ]);
  });

  test('end with the first that always holds, and at the last question', () => {
    expect(exitsOf(draft, guests)).toEqual([{ when: null, to: null }]);
    expect(exitsOf(draft, wishes)).toEqual([{ when: null, to: null }]);
  });

  test('are told in the words of the draft', () => {
    const [condition] = occasion.jumps?.[0]?.when ?? [];
    expect(condition && conditionParts(draft, condition, 'en')).toEqual({
      of: 'What for?',
      value: 'other',
    });
    const score = { variable: 'score', is: 'at-least', value: 40 } as const;
    expect(conditionParts(draft, score, 'en')).toEqual({ of: 'score', value: '40' });
  });

  test('the one that was taken leads to the next answered question, or to the one asked now', () => {
    const way = { path: ['occasion', 'guests'], current: 'wishes' };
    expect(takenFrom(way, 'occasion')).toBe('guests');
    expect(takenFrom(way, 'guests')).toBe('wishes');
    expect(takenFrom(way, 'wishes')).toBeUndefined();
    expect(takenFrom({ path: ['occasion'], current: null }, 'occasion')).toBeNull();
  });
});

test('an answer is shown in the words that the visitor chose', () => {
  const options = [
    { id: 'party', label: 'A party' },
    { id: 'dinner', label: 'A dinner' },
  ];
  const question = { id: 'q', kind: 'multiple', required: true, title: 'q', options } as const;
  expect(answerText(question, ['party', 'dinner'])).toBe('A party, A dinner');
  expect(answerText(question, 7)).toBe('7');
  expect(answerText(question, null)).toBe('');
  expect(answerText(question, { email: 'a@b.example', consents: ['email'] })).toBe('a@b.example');
});
