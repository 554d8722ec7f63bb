/** The draft of a quiz while it is edited: made, changed and put in order here, checked by the server. Pure. */
import type { Operations } from '../../../../src/client/operations.ts';

export type Draft = Operations['POST /v1/leads/quizzes/{id}/save-draft']['body']['definition'];
export type Question = Draft['questions'][number];
export type Kind = Question['kind'];
export type Choice = NonNullable<Question['options']>[number];
export type Jump = NonNullable<Question['jumps']>[number];
export type Condition = Jump['when'][number];
export type Consent = NonNullable<Question['consents']>[number];
export type Ending = Draft['endings'][number];
export type Variable = NonNullable<Draft['variables']>[number];
export type Texts = Question['title'];

/** What keeps the quiz from being saved or published; `at` is a question, an ending or a variable, else the quiz. */
export interface Fault {
  readonly code: string;
  readonly at: string | null;
  readonly names: readonly string[];
}

export const KINDS = ['single', 'multiple', 'text', 'number', 'scale', 'contact'] as const;

/** The same thing with some fields changed; an undefined one is taken away. */
export function changed<Thing extends object>(
  thing: Thing,
  changes: { readonly [Field in keyof Thing]?: Thing[Field] | undefined },
): Thing {
  const fields = Object.entries({ ...thing, ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  // safe because every field that is required has a value in one of both, and only optional ones are taken away
  return Object.fromEntries(fields) as Thing;
}

/** The first free one of `word-1`, `word-2` ... */
export function freeId(word: string, taken: readonly { readonly id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  let number = 1;
  while (ids.has(`${word}-${number}`)) number += 1;
  return `${word}-${number}`;
}

/** What the server takes as an id or a slug, from any words. */
export function idOf(text: string, { max }: { readonly max: number }): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[łŁ]/g, 'l')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, max);
}

/** The list with one of it a place up (-1) or down (1); the list itself at its ends. */
export function moved<Item>(
  items: readonly Item[],
  { from, by }: { readonly from: number; readonly by: -1 | 1 },
): readonly Item[] {
  const item = items[from];
  const other = items[from + by];
  if (item === undefined || other === undefined) return items;
  return items.with(from, other).with(from + by, item);
}

const START: Readonly<Record<Kind, Partial<Question>>> = {
  single: { options: [] },
  multiple: { options: [] },
  text: {},
  number: {},
  scale: { min: 1, max: 5 },
  contact: { fields: { name: 'optional', email: 'required', phone: 'optional' }, consents: [] },
};

export function newQuestion(draft: Draft, kind: Kind): Question {
  return { id: freeId(kind, draft.questions), kind, title: {}, required: true, ...START[kind] };
}

/** Of another kind; what both kinds have stays. */
export function ofKind(question: Question, kind: Kind): Question {
  return withoutForeign({ ...START[kind], ...question, kind });
}

const OWN: Readonly<Record<Kind, readonly (keyof Question)[]>> = {
  single: ['options'],
  multiple: ['options', 'choicesMin', 'choicesMax'],
  text: ['lengthMax'],
  number: ['min', 'max', 'scorePer'],
  scale: ['min', 'max', 'scorePer'],
  contact: ['fields', 'consents'],
};
const OF_KINDS = new Set(Object.values(OWN).flat());

/** Without what belongs to other kinds: nobody sees it any more, and the server would still ask for its translation. */
function withoutForeign(question: Question): Question {
  const own = OWN[question.kind];
  const foreign = [...OF_KINDS].filter((field) => !own.includes(field));
  return changed(question, Object.fromEntries(foreign.map((field) => [field, undefined])));
}

/** What may be asked of an answer of this kind; of a variable, which has no kind, only how much it is. */
export function signsOf(kind: Kind | null): readonly Condition['is'][] {
  switch (kind) {
    case null:
      return ['equals', 'differs', 'at-least', 'at-most'];
    case 'single':
    case 'multiple':
      return ['equals', 'differs', 'answered', 'skipped'];
    case 'number':
    case 'scale':
      return ['equals', 'differs', 'at-least', 'at-most', 'answered', 'skipped'];
    case 'text':
    case 'contact':
      return ['answered', 'skipped'];
  }
}

/** A condition begun about a question; its value is still to be chosen. */
export function conditionOn({ id, kind }: Pick<Question, 'id' | 'kind'>): Condition {
  return { question: id, is: signsOf(kind)[0] ?? 'answered' };
}

function written(texts: Texts, languages: readonly string[]): Texts {
  return Object.fromEntries(
    languages.flatMap((language) => {
      const text = texts[language]?.trim() ?? '';
      return text === '' ? [] : [[language, text]];
    }),
  );
}

const isWritten = (texts: Texts): boolean => Object.keys(texts).length > 0;

/** As it is sent: texts without blanks and without languages that the quiz no longer has. */
export function cleaned(draft: Draft): Draft {
  const text = (texts: Texts): Texts => written(texts, draft.languages);
  const optional = (texts: Texts | undefined): Texts | undefined =>
    texts !== undefined && isWritten(text(texts)) ? text(texts) : undefined;
  return changed(draft, {
    title: text(draft.title),
    questions: draft.questions.map((question) =>
      changed(withoutForeign(question), {
        title: text(question.title),
        help: optional(question.help),
        options: question.options?.map((each) => ({ ...each, label: text(each.label) })),
        consents: question.consents?.map((each) => ({ ...each, wording: text(each.wording) })),
      }),
    ),
    endings: draft.endings.map((ending) =>
      changed(ending, { title: text(ending.title), text: optional(ending.text) }),
    ),
  });
}

/** What the server would not even take as a draft: something without a single word. Of a cleaned draft. */
export function unwritten({
  title,
  questions,
  endings,
  variables,
  grades,
}: Draft): readonly Fault[] {
  const blank = (at: string | null, texts: readonly Texts[]): readonly Fault[] =>
    texts.every(isWritten) ? [] : [{ code: 'TEXT_MISSING', at, names: [] }];
  const isNamed = ({ id }: Variable): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(id);
  const isNameless =
    variables?.every(isNamed) === false ||
    grades?.some(({ grade }) => grade.trim() === '') === true;
  return [
    ...blank(null, [title]),
    ...questions.flatMap(({ id, title: asked, options = [], consents = [] }) =>
      blank(id, [
        asked,
        ...options.map(({ label }) => label),
        ...consents.map(({ wording }) => wording),
      ]),
    ),
    ...endings.flatMap(({ id, title: told }) => blank(id, [told])),
    ...(isNameless ? [{ code: 'NAME_MISSING', at: null, names: [] }] : []),
  ];
}

/** Those of one question or ending, and those that belong to none of them. */
export function faultsAt(faults: readonly Fault[], id: string): readonly Fault[] {
  return faults.filter(({ at }) => at === id);
}

export function faultsElsewhere(faults: readonly Fault[], draft: Draft): readonly Fault[] {
  const shown = new Set([...draft.questions, ...draft.endings].map(({ id }) => id));
  return faults.filter(({ at }) => at === null || !shown.has(at));
}

/** In the reader's language where it is written in it, else in the first that it is. */
export function textOf(texts: Texts | undefined, language: string): string {
  const written = Object.entries(texts ?? {}).filter(([, text]) => text !== '');
  const own =
    written.find(([tag]) => tag === language) ??
    // Of a country: pt-BR for pt.
    written.find(([tag]) => tag.startsWith(`${language}-`)) ??
    written[0];
  return own?.[1] ?? '';
}

/** The question's words, or its id while it has none. */
export function nameOf({ title, id }: Pick<Question, 'title' | 'id'>, language: string): string {
  const text = textOf(title, language);
  return text === '' ? id : text;
}
