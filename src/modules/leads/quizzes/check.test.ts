import { describe, expect, test } from 'vitest';
import { faultsOf } from './check.ts';
import type { Question, QuizDefinition } from './definition.ts';
import { EXAMPLE_QUIZ, SHORT_QUIZ } from './examples.ts';

const text = { en: 'Text' };
const asked = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  kind: 'text',
  title: text,
  required: true,
  ...more,
});
const quiz = (questions: readonly Question[], more: Partial<QuizDefinition> = {}) => ({
  ...SHORT_QUIZ,
  questions: [...questions],
  ...more,
});
const codes = (definition: QuizDefinition) =>
  faultsOf(definition).map(({ code, at, names }) => [code, at, ...names].join(' '));

test('the examples can be published', () => {
  expect([faultsOf(EXAMPLE_QUIZ), faultsOf(SHORT_QUIZ)]).toEqual([[], []]);
});

describe('Q3: every way through a published quiz ends', () => {
  test('a loop is named with its way', () => {
    const back = asked('b', { jumps: [{ when: [], to: 'a' }] });
    expect(codes(quiz([asked('a'), back]))).toEqual(['LOOP a a b a']);
  });

  test('a loop that only some answers take is one too', () => {
    const when = [{ question: 'a', is: 'answered' as const }];
    const back = asked('c', { jumps: [{ when, to: 'b' }] });
    expect(codes(quiz([asked('a'), asked('b'), back]))).toEqual(['LOOP b b c b']);
  });

  test('a question that jumps to itself is a loop', () => {
    const when = [{ variable: 'score', is: 'at-most' as const, value: 3 }];
    expect(codes(quiz([asked('a', { jumps: [{ when, to: 'a' }] })]))).toEqual(['LOOP a a a']);
  });

  test('a question that no way leads to is named', () => {
    const over = asked('a', { jumps: [{ when: [], to: 'c' }] });
    expect(codes(quiz([over, asked('b'), asked('c')]))).toEqual(['UNREACHABLE b']);
    const end = asked('a', { jumps: [{ when: [], to: null }] });
    expect(codes(quiz([end, asked('b')]))).toEqual(['UNREACHABLE b']);
  });

  test('jumps behind one that always holds lead nowhere', () => {
    const jumps = [
      { when: [], to: null },
      { when: [], to: 'b' },
    ];
    expect(codes(quiz([asked('a', { jumps }), asked('b')]))).toEqual(['UNREACHABLE b']);
  });

  test('two ways that meet again are no loop', () => {
    const when = [{ question: 'a', is: 'answered' as const }];
    const jump = asked('a', { jumps: [{ when, to: 'c' }] });
    expect(codes(quiz([jump, asked('b'), asked('c')]))).toEqual([]);
  });

  test.each<[string, Partial<Question>]>([
    ['no option', { kind: 'single' }],
    ['more options wanted than there are', { kind: 'multiple', options: [], choicesMin: 1 }],
    ['a scale without bounds', { kind: 'scale', min: 1 }],
    ['bounds that exclude each other', { kind: 'number', min: 5, max: 1 }],
    ['a contact that asks for nothing', { kind: 'contact' }],
  ])('a question that nobody can answer is a dead end: %s', (_what, more) => {
    expect(codes(quiz([asked('a', more)]))).toEqual(['DEAD_END a']);
  });
});

test.each<[string, Partial<QuizDefinition>, string]>([
  ['no question', { questions: [] }, 'EMPTY '],
  ['an id twice', { questions: [asked('a'), asked('a')] }, 'ID_TWICE a'],
  [
    'a jump to what is not there',
    { questions: [asked('a', { jumps: [{ when: [], to: 'x' }] })] },
    'TARGET_UNKNOWN a x',
  ],
  [
    'a condition on what is not there',
    {
      questions: [asked('a', { jumps: [{ when: [{ question: 'x', is: 'answered' }], to: null }] })],
    },
    'CONDITION_WRONG a',
  ],
  [
    'a variable that is not declared',
    {
      questions: [
        asked('a', {
          kind: 'single',
          options: [{ id: 'o', label: text, adds: [{ variable: 'x', amount: 1 }] }],
        }),
      ],
    },
    'VARIABLE_UNKNOWN a x',
  ],
  ['no ending for everybody', { endings: [] }, 'ENDING_MISSING '],
  ['a language half translated', { languages: ['en', 'pl'] }, 'TRANSLATION_MISSING  pl'],
])('%s is a fault', (_what, more, expected) => {
  expect(codes(quiz([asked('a')], more))).toContain(expected);
});
