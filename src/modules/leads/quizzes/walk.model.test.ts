/** Random quizzes and random answers: what is published always ends, and counts what is on the way. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from './check.ts';
import type { Question, QuizDefinition } from './definition.ts';
import { outcomeOf, walk, type Answers } from './walk.ts';

const title = { en: 'Text' };
const ID = ['q0', 'q1', 'q2', 'q3', 'q4', 'q5'];

const jump = fc.record({
  when: fc.array(
    fc.record({
      question: fc.constantFrom(...ID),
      is: fc.constantFrom('equals' as const, 'differs' as const),
      value: fc.constantFrom('yes', 'no'),
    }),
    { maxLength: 2 },
  ),
  to: fc.option(fc.constantFrom(...ID), { nil: null }),
});

const quiz: fc.Arbitrary<QuizDefinition> = fc
  .array(fc.array(jump, { maxLength: 2 }), { minLength: 1, maxLength: ID.length })
  .map((jumps) => ({
    title,
    languages: ['en'],
    questions: jumps.map((each, index): Question => ({
      id: ID[index]!,
      kind: 'single',
      title,
      required: true,
      options: [
        { id: 'yes', label: title, score: 2 ** index },
        { id: 'no', label: title },
      ],
      jumps: each,
    })),
    endings: [{ id: 'end', title, scoreFrom: null }],
  }));

const replies = fc.array(fc.boolean(), { minLength: ID.length, maxLength: ID.length });

/** Answers question after question, as they are asked; null when it never ends. */
function played(definition: QuizDefinition, says: readonly boolean[]): Answers | null {
  let answers: Answers = {};
  for (let step = 0; step <= ID.length; step += 1) {
    const { current } = walk(definition, answers);
    if (current === null) return answers;
    const choices = [says[ID.indexOf(current)] === true ? 'yes' : 'no'];
    answers = { ...answers, [current]: { skipped: false, choices, number: null } };
  }
  return null;
}

test('Q3: whatever is answered, a quiz without faults ends, and no question is asked twice', () => {
  fc.assert(
    fc.property(quiz, replies, (definition, says) => {
      fc.pre(faultsOf(definition).length === 0);
      const answers = played(definition, says);
      expect(answers).not.toBeNull();
      const { path, current, variables } = walk(definition, answers!);
      expect([current, new Set(path).size]).toEqual([null, path.length]);
      const score = path.reduce(
        (sum, id) => sum + (says[ID.indexOf(id)] ? 2 ** ID.indexOf(id) : 0),
        0,
      );
      expect(variables['score']).toBe(score);
    }),
    { numRuns: 300 },
  );
});

test('Q3: the check finds every loop that some answers can run into', () => {
  fc.assert(
    fc.property(quiz, replies, (definition, says) => {
      // A walk that trusted the definition would go round: what follows an answer is a question answered before.
      const order = new Map(definition.questions.map(({ id }, index) => [id, index]));
      const seen = new Set<number>();
      let at: number | undefined = 0;
      while (at !== undefined && !seen.has(at)) {
        seen.add(at);
        at = followed(definition, at, { says, order });
      }
      if (at !== undefined) expect(faultsOf(definition).map(({ code }) => code)).toContain('LOOP');
    }),
    { numRuns: 1000 },
  );
});

/** The rule of jumps once more, in the plainest way: all answers are taken as given. */
function followed(
  { questions }: QuizDefinition,
  at: number,
  given: { readonly says: readonly boolean[]; readonly order: ReadonlyMap<string, number> },
): number | undefined {
  const said = (id: string): string => (given.says[ID.indexOf(id)] === true ? 'yes' : 'no');
  for (const { when, to } of questions[at]?.jumps ?? []) {
    const known = when.every(({ question }) => given.order.has(question!));
    const hold = when.every(({ question, is, value }) =>
      is === 'equals' ? said(question!) === value : said(question!) !== value,
    );
    if (known && hold) return to === null ? undefined : given.order.get(to);
  }
  return at + 1 < questions.length ? at + 1 : undefined;
}

test('answers that are no longer on the way count for nothing', () => {
  const [first, second] = ['a', 'b'].map((id): Question => ({
    id,
    kind: 'single',
    title,
    required: true,
    options: [
      { id: 'yes', label: title, score: 1 },
      { id: 'no', label: title },
    ],
  }));
  const skip = {
    ...first!,
    jumps: [{ when: [{ question: 'a', is: 'equals' as const, value: 'no' }], to: null }],
  };
  const definition: QuizDefinition = {
    title,
    languages: ['en'],
    questions: [skip, second!],
    endings: [
      { id: 'none', title, scoreFrom: null },
      { id: 'some', title, scoreFrom: 1 },
    ],
  };
  const yes = { skipped: false, choices: ['yes'], number: null };
  const both = walk(definition, { a: yes, b: yes });
  expect(outcomeOf(definition, both)).toEqual({ score: 2, endingId: 'some', grade: null });
  const changed = walk(definition, { a: { ...yes, choices: ['no'] }, b: yes });
  expect(changed.path).toEqual(['a']);
  expect(outcomeOf(definition, changed)).toEqual({ score: 0, endingId: 'none', grade: null });
});
