/** What a quiz is made of: schemas that the editor, the log and whoever answers share. */
import { Type, type Static } from 'typebox';

/** One screen each: people leave long before, and the whole definition is part of every event that publishes it. */
export const QUESTIONS_MAX = 60;
/** What a select box can still show. */
const OPTIONS_MAX = 40;
const LANGUAGES_MAX = 8;
const ENDINGS_MAX = 20;
const GRADES_MAX = 10;
const VARIABLES_MAX = 20;
const JUMPS_MAX = 20;
const CONDITIONS_MAX = 10;
const CONSENTS_MAX = 6;
/** Keeps sums over all questions exact and within an integer column. */
const POINTS_MAX = 10_000;
/** Of answers and what they are compared with: more is a phone number in the wrong field. */
export const NUMBER_MAX = 1_000_000_000;
/** No way through a quiz adds up to more. */
export const SCORE_MAX = QUESTIONS_MAX * NUMBER_MAX * POINTS_MAX;
/** A page of prose; more belongs into an e-mail. */
export const TEXT_LENGTH_MAX = 4_000;

/** Unanswered that long, a session counts as left, unless the quiz says otherwise. */
export const ABANDON_AFTER_MINUTES = 30;

export const partId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' });
export const language = Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' });

/** Text by language tag. Publishing asks for every language of the quiz. */
export const texts = Type.Record(
  Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' }),
  Type.String({ minLength: 1, maxLength: 2000 }),
  { additionalProperties: false, minProperties: 1, maxProperties: LANGUAGES_MAX },
);
export type Texts = Static<typeof texts>;

const points = Type.Integer({ minimum: -POINTS_MAX, maximum: POINTS_MAX });
const amount = Type.Number({ minimum: -NUMBER_MAX, maximum: NUMBER_MAX });

const option = Type.Object(
  {
    id: partId,
    label: texts,
    score: Type.Optional(points),
    adds: Type.Optional(
      Type.Array(
        Type.Object({ variable: partId, amount: points }, { additionalProperties: false }),
        {
          maxItems: VARIABLES_MAX,
        },
      ),
    ),
  },
  { additionalProperties: false },
);

/**
 * Of an answer given on the way, or of a variable (`score` is one): exactly one of them is named. `equals` of a question
 * with several choices holds when the option is among them; a question that was not asked is `skipped`.
 */
const condition = Type.Object(
  {
    question: Type.Optional(partId),
    variable: Type.Optional(partId),
    is: Type.Union([
      Type.Literal('equals'),
      Type.Literal('differs'),
      Type.Literal('at-least'),
      Type.Literal('at-most'),
      Type.Literal('answered'),
      Type.Literal('skipped'),
    ]),
    value: Type.Optional(Type.Union([partId, amount])),
  },
  { additionalProperties: false },
);
export type Condition = Static<typeof condition>;

/** Where to go on when all conditions hold; the end of the quiz is null. The first jump that holds is taken. */
const jump = Type.Object(
  {
    when: Type.Array(condition, { maxItems: CONDITIONS_MAX }),
    to: Type.Union([partId, Type.Null()]),
  },
  { additionalProperties: false },
);

export const channel = Type.Union([
  Type.Literal('email'),
  Type.Literal('sms'),
  Type.Literal('whatsapp'),
]);

const contactField = Type.Union([
  Type.Literal('required'),
  Type.Literal('optional'),
  Type.Literal('off'),
]);

/** One shape for all kinds, so that an editor can change the kind; `check.ts` says what a kind needs. */
const question = Type.Object(
  {
    id: partId,
    kind: Type.Union([
      Type.Literal('single'),
      Type.Literal('multiple'),
      Type.Literal('text'),
      Type.Literal('number'),
      Type.Literal('scale'),
      Type.Literal('contact'),
    ]),
    title: texts,
    help: Type.Optional(texts),
    required: Type.Boolean(),
    /** Of single and multiple. */
    options: Type.Optional(Type.Array(option, { maxItems: OPTIONS_MAX })),
    /** Of multiple. */
    choicesMin: Type.Optional(Type.Integer({ minimum: 0, maximum: OPTIONS_MAX })),
    choicesMax: Type.Optional(Type.Integer({ minimum: 1, maximum: OPTIONS_MAX })),
    /** Of number and scale, inclusive. */
    min: Type.Optional(amount),
    max: Type.Optional(amount),
    /** Points for each unit of a number or scale. */
    scorePer: Type.Optional(points),
    /** Of text. */
    lengthMax: Type.Optional(Type.Integer({ minimum: 1, maximum: TEXT_LENGTH_MAX })),
    /** Of contact. */
    fields: Type.Optional(
      Type.Object(
        { name: contactField, email: contactField, phone: contactField },
        { additionalProperties: false },
      ),
    ),
    /** Of contact: what may be agreed to, word for word; a required one must be agreed to. */
    consents: Type.Optional(
      Type.Array(
        Type.Object(
          { channel, wording: texts, required: Type.Boolean() },
          { additionalProperties: false },
        ),
        { maxItems: CONSENTS_MAX },
      ),
    ),
    jumps: Type.Optional(Type.Array(jump, { maxItems: JUMPS_MAX })),
  },
  { additionalProperties: false },
);
export type Question = Static<typeof question>;

/** The one without a lower bound is for everybody whom no other ending fits. */
const ending = Type.Object(
  {
    id: partId,
    title: texts,
    text: Type.Optional(texts),
    scoreFrom: Type.Union([Type.Integer(), Type.Null()]),
  },
  { additionalProperties: false },
);

export const quizDefinition = Type.Object(
  {
    title: texts,
    /** The first one is for everybody whose language is not among them. */
    languages: Type.Array(language, { minItems: 1, maxItems: LANGUAGES_MAX, uniqueItems: true }),
    questions: Type.Array(question, { maxItems: QUESTIONS_MAX }),
    variables: Type.Optional(
      Type.Array(Type.Object({ id: partId, initial: points }, { additionalProperties: false }), {
        maxItems: VARIABLES_MAX,
      }),
    ),
    endings: Type.Array(ending, { maxItems: ENDINGS_MAX }),
    /** For the lead, not for whoever answers: the highest bound that the score reaches. */
    grades: Type.Optional(
      Type.Array(
        Type.Object(
          { grade: Type.String({ minLength: 1, maxLength: 20 }), scoreFrom: Type.Integer() },
          { additionalProperties: false },
        ),
        { maxItems: GRADES_MAX },
      ),
    ),
    abandonAfterMinutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 1440 })),
    /** When somebody, or a message, gets back to who left a contact; 0 is at once. A day where it is not said. */
    followUpAfterHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 720 })),
  },
  { additionalProperties: false },
);
export type QuizDefinition = Static<typeof quizDefinition>;

/** The variable that every quiz has. */
export const SCORE = 'score';

/** A published quiz has every language of its own; the rest keeps this total. */
export function inLanguage(texts: Texts, language: string): string {
  return texts[language] ?? Object.values(texts)[0] ?? '';
}
