/**
 * The way through a quiz, computed from its definition and the answers so far: which questions were asked, which one is
 * next, and what the answers add up to. Nothing of it is stored, so that an answer may be changed by going back, and
 * answers that are no longer on the way count for nothing. Pure.
 */
import { SCORE, type Condition, type Question, type QuizDefinition } from './definition.ts';

/** An answer without its personal part: that a text or contact was given is enough here. */
export interface GivenAnswer {
  readonly skipped: boolean;
  readonly choices: readonly string[];
  readonly number: number | null;
}

export type Answers = Readonly<Record<string, GivenAnswer>>;

export interface Walk {
  /** Questions answered, in the order they are asked. */
  readonly path: readonly string[];
  /** The question to be answered next; null at the end. */
  readonly current: string | null;
  /** `score` and those of the quiz. */
  readonly variables: Readonly<Record<string, number>>;
}

export function walk(definition: QuizDefinition, answers: Answers): Walk {
  const { questions } = definition;
  const variables = new Map([[SCORE, 0]]);
  for (const { id, initial } of definition.variables ?? []) variables.set(id, initial);
  const path: string[] = [];
  const done = (current: string | null): Walk => ({
    path,
    current,
    variables: Object.fromEntries(variables),
  });
  let question = questions[0];
  // A published quiz has no loops; the bound keeps this total over whatever it is given.
  while (question !== undefined && path.length < questions.length) {
    const answer = ownAnswer(answers, question.id);
    if (answer === undefined) return done(question.id);
    path.push(question.id);
    count(question, answer, variables);
    question = following(definition, question, { answers, path, variables });
  }
  return done(null);
}

interface Way {
  readonly answers: Answers;
  readonly path: readonly string[];
  readonly variables: ReadonlyMap<string, number>;
}

/** Undefined at the end. */
function following(
  { questions }: QuizDefinition,
  question: Question,
  way: Way,
): Question | undefined {
  const taken = question.jumps?.find(({ when }) => when.every((each) => holds(each, way)));
  if (taken !== undefined) return questions.find(({ id }) => id === taken.to);
  return questions[questions.indexOf(question) + 1];
}

function holds({ question, variable, is, value }: Condition, way: Way): boolean {
  if (variable !== undefined) return compares(way.variables.get(variable) ?? 0, is, value);
  const onWay = question !== undefined && way.path.includes(question);
  const answer = onWay ? ownAnswer(way.answers, question) : undefined;
  const given = answer !== undefined && !answer.skipped;
  if (is === 'answered') return given;
  if (is === 'skipped') return !given;
  if (!given) return is === 'differs';
  if (typeof value === 'number')
    return answer.number !== null && compares(answer.number, is, value);
  const chosen = answer.choices.includes(value ?? '');
  if (is === 'equals') return chosen;
  return is === 'differs' && !chosen;
}

function compares(actual: number, is: Condition['is'], value: Condition['value']): boolean {
  if (typeof value !== 'number') return false;
  switch (is) {
    case 'equals':
      return actual === value;
    case 'differs':
      return actual !== value;
    case 'at-least':
      return actual >= value;
    case 'at-most':
      return actual <= value;
    case 'answered':
    case 'skipped':
      return false;
  }
}

function count(question: Question, answer: GivenAnswer, variables: Map<string, number>): void {
  const add = (variable: string, amount: number): void => {
    variables.set(variable, (variables.get(variable) ?? 0) + amount);
  };
  for (const option of question.options ?? []) {
    if (!answer.choices.includes(option.id)) continue;
    add(SCORE, option.score ?? 0);
    for (const { variable, amount } of option.adds ?? []) add(variable, amount);
  }
  if (answer.number !== null && question.scorePer !== undefined)
    add(SCORE, Math.round(answer.number * question.scorePer));
}

/** Ids are text of whoever writes the quiz: `constructor` must not find what every object has. */
function ownAnswer(answers: Answers, id: string): GivenAnswer | undefined {
  return Object.hasOwn(answers, id) ? answers[id] : undefined;
}

export interface Outcome {
  readonly score: number;
  readonly endingId: string | null;
  readonly grade: string | null;
}

/** The ending and grade with the highest bound that the score reaches. */
export function outcomeOf(definition: QuizDefinition, { variables }: Walk): Outcome {
  const score = variables[SCORE] ?? 0;
  const reached = <Bounded extends { readonly scoreFrom: number | null }>(
    all: readonly Bounded[],
  ): Bounded | null =>
    all.reduce<Bounded | null>((best, each) => {
      const from = each.scoreFrom ?? Number.NEGATIVE_INFINITY;
      if (from > score) return best;
      return best === null || from > (best.scoreFrom ?? Number.NEGATIVE_INFINITY) ? each : best;
    }, null);
  return {
    score,
    endingId: reached(definition.endings)?.id ?? null,
    grade: reached(definition.grades ?? [])?.grade ?? null,
  };
}
