/** A draft made ready to be tried, and the ways that lead out of each of its questions. Pure. */
import {
  cleaned,
  nameOf,
  textOf,
  unwritten,
  type Condition,
  type Draft,
  type Fault,
  type Question,
  type Texts,
} from './quiz-draft.ts';

export type AnswerValue =
  | string
  | number
  | readonly string[]
  | { readonly [field: string]: string | readonly string[] }
  | null;

export interface Given {
  readonly questionId: string;
  readonly value: AnswerValue;
}

/** As the server answers about a draft and its answers. */
export interface Preview {
  readonly faults: readonly Fault[];
  readonly quiz: VisitorQuiz;
  readonly language: string;
  readonly path: readonly string[];
  readonly current: string | null;
  readonly variables: Readonly<Record<string, number>>;
  readonly result: {
    readonly score: number;
    readonly grade: string | null;
    readonly ending: { readonly title: string; readonly text: string | null } | null;
  } | null;
  readonly refused: {
    readonly questionId: string | null;
    readonly code: string;
    readonly reason: string | null;
  } | null;
}

/** What a visitor gets of the quiz: words in one language, no scores, no jumps. */
export interface VisitorQuiz {
  readonly title: string;
  readonly questions: readonly VisitorQuestion[];
}

export interface VisitorQuestion extends Pick<
  Question,
  'id' | 'kind' | 'required' | 'min' | 'max' | 'lengthMax' | 'choicesMax' | 'fields'
> {
  readonly title: string;
  readonly help?: string;
  readonly options?: readonly { readonly id: string; readonly label: string }[];
  readonly consents?: readonly {
    readonly channel: string;
    readonly wording: string;
    readonly required: boolean;
  }[];
}

/** Where somebody has not written anything yet. */
const NO_WORDS = '…';

/** The draft as it can be tried: what has no words yet has an ellipsis. Null while a name is missing that nothing can stand for. */
export function previewable(draft: Draft): Draft | null {
  const definition = cleaned(draft);
  const { languages } = definition;
  const isNameless = unwritten(definition).some(({ code }) => code === 'NAME_MISSING');
  if (isNameless) return null;
  const told = (texts: Texts): Texts =>
    Object.keys(texts).length > 0
      ? texts
      : Object.fromEntries(languages.map((language) => [language, NO_WORDS]));
  return {
    ...definition,
    title: told(definition.title),
    questions: definition.questions.map((question) => ({
      ...question,
      title: told(question.title),
      ...(question.options === undefined
        ? {}
        : { options: question.options.map((each) => ({ ...each, label: told(each.label) })) }),
      ...(question.consents === undefined
        ? {}
        : {
            consents: question.consents.map((each) => ({ ...each, wording: told(each.wording) })),
          }),
    })),
    endings: definition.endings.map((ending) => ({ ...ending, title: told(ending.title) })),
  };
}

/** Faults of how questions lead to one another: told while the quiz is built, before anybody saves it. */
const OF_LOGIC = new Set([
  'LOOP',
  'UNREACHABLE',
  'DEAD_END',
  'TARGET_UNKNOWN',
  'CONDITION_WRONG',
  'VARIABLE_UNKNOWN',
  'ID_TWICE',
]);

export function faultsOfLogic(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ code }) => OF_LOGIC.has(code));
}

/** A way out of a question. */
export interface Exit {
  /** Null without conditions: always, or where nothing before it held. */
  readonly when: readonly Condition[] | null;
  /** The question it leads to; null at the end of the quiz. */
  readonly to: string | null;
}

/** In the order in which they are tried; what stands behind one that always holds is never taken. */
export function exitsOf({ questions }: Draft, question: Question): readonly Exit[] {
  const { jumps = [] } = question;
  const always = jumps.findIndex(({ when }) => when.length === 0);
  const tried = always < 0 ? jumps : jumps.slice(0, always + 1);
  const exits = tried.map(({ when, to }): Exit => ({ when: when.length === 0 ? null : when, to }));
  if (always >= 0) return exits;
  const at = questions.findIndex(({ id }) => id === question.id);
  return [...exits, { when: null, to: questions[at + 1]?.id ?? null }];
}

/** Where the answers went from a question; undefined while it was not answered. */
export function takenFrom(
  { path, current }: Pick<Preview, 'path' | 'current'>,
  questionId: string,
): string | null | undefined {
  const at = path.indexOf(questionId);
  return at < 0 ? undefined : (path[at + 1] ?? current);
}

/** What a condition asks of, and the value it asks for, in the words of the draft. */
export function conditionParts(
  draft: Draft,
  { question, variable, value }: Condition,
  language: string,
): { readonly of: string; readonly value: string } {
  const asked = draft.questions.find(({ id }) => id === question);
  const option = asked?.options?.find(({ id }) => id === value);
  return {
    of: asked === undefined ? (variable ?? question ?? NO_WORDS) : nameOf(asked, language),
    value: option === undefined ? String(value ?? '') : textOf(option.label, language) || option.id,
  };
}

/** What was answered, in the words that the visitor saw. */
export function answerText(question: VisitorQuestion, value: AnswerValue): string {
  const labelOf = (id: string): string =>
    question.options?.find((option) => option.id === id)?.label ?? id;
  if (value === null) return '';
  if (typeof value === 'string') return labelOf(value);
  if (typeof value === 'number') return String(value);
  // safe because of the union nothing but a list and a contact is left
  if (Array.isArray(value)) return (value as readonly string[]).map(labelOf).join(', ');
  return Object.entries(value)
    .flatMap(([field, text]) => (field === 'consents' || typeof text !== 'string' ? [] : [text]))
    .join(', ');
}
