/** Whether a value answers a question, and what is kept of it. Pure. */
import type { Static } from 'typebox';
import type { FieldFault } from '../../../core/field-faults.ts';
import type { Contact, ConsentGiven } from '../contact.ts';
import { inLanguage, NUMBER_MAX, TEXT_LENGTH_MAX, type Question } from '../quizzes/definition.ts';
import type { answerValue } from './commands.ts';

export type AnswerValue = Static<typeof answerValue>;
type ContactValue = Extract<AnswerValue, { readonly consents?: readonly string[] | undefined }>;

/** For words in any language: what is wrong, the limit that was passed, and the field of a contact that it is about. */
export interface AnswerFault extends FieldFault {
  readonly field?: string;
}

export type ReadAnswer =
  | { readonly kind: 'invalid'; readonly reason: string; readonly fault: AnswerFault }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'contact';
      readonly contact: Contact;
      readonly consents: readonly ConsentGiven[];
    };

const invalid = (reason: string, fault: AnswerFault): ReadAnswer => ({
  kind: 'invalid',
  reason,
  fault,
});

const MISSING: AnswerFault = { code: 'REQUIRED' };

function ofType(type: string): AnswerFault {
  return { code: 'WRONG_TYPE', params: { type } };
}

function beyond(code: FieldFault['code'], limit: number): AnswerFault {
  return { code, params: { limit } };
}

/** `language` is that of the session: consent is given to the words that were shown. */
export function readAnswer(question: Question, value: AnswerValue, language: string): ReadAnswer {
  if (value === null)
    return question.required ? invalid('an answer is required', MISSING) : { kind: 'skipped' };
  switch (question.kind) {
    case 'single':
      return typeof value === 'string'
        ? choices(question, [value])
        : invalid('one option is asked', ofType('string'));
    case 'multiple':
      return Array.isArray(value)
        ? choices(question, value)
        : invalid('a list of options is asked', ofType('array'));
    case 'text':
      return typeof value === 'string'
        ? text(question, value)
        : invalid('a text is asked', ofType('string'));
    case 'number':
    case 'scale':
      return typeof value === 'number'
        ? number(question, value)
        : invalid('a number is asked', ofType('number'));
    case 'contact':
      return typeof value === 'object' && !Array.isArray(value)
        ? // safe because of the union nothing but a contact is left
          contact(question, value as ContactValue, language)
        : invalid('a contact is asked', ofType('object'));
  }
}

function choices(question: Question, chosen: readonly string[]): ReadAnswer {
  const { options = [], required, choicesMin = required ? 1 : 0 } = question;
  if (chosen.some((each) => !options.some(({ id }) => id === each)))
    return invalid('there is no such option', { code: 'UNUSABLE' });
  const isMultiple = question.kind === 'multiple';
  if (isMultiple && chosen.length < choicesMin)
    return invalid(`at least ${choicesMin} options`, beyond('TOO_FEW_ITEMS', choicesMin));
  const most = question.choicesMax ?? options.length;
  if (isMultiple && chosen.length > most)
    return invalid(`at most ${most} options`, beyond('TOO_MANY_ITEMS', most));
  return { kind: 'choices', choices: chosen };
}

function text({ required, lengthMax = TEXT_LENGTH_MAX }: Question, given: string): ReadAnswer {
  const trimmed = given.trim();
  if (trimmed === '' && required) return invalid('an answer is required', MISSING);
  if (trimmed === '') return { kind: 'skipped' };
  if (trimmed.length > lengthMax)
    return invalid(`at most ${lengthMax} characters`, beyond('TOO_LONG', lengthMax));
  return { kind: 'text', text: trimmed };
}

function number(question: Question, given: number): ReadAnswer {
  const { kind, min = -NUMBER_MAX, max = NUMBER_MAX } = question;
  if (!Number.isFinite(given)) return invalid('a number is asked', ofType('number'));
  if (given < min) return invalid(`at least ${min}`, beyond('TOO_SMALL', min));
  if (given > max) return invalid(`at most ${max}`, beyond('TOO_GREAT', max));
  if (kind === 'scale' && !Number.isInteger(given))
    return invalid('a whole number is asked', ofType('integer'));
  return { kind: 'number', number: given };
}

function contact(question: Question, given: ContactValue, language: string): ReadAnswer {
  const { consents: agreed = [], ...fields } = given;
  const asked = question.fields ?? { name: 'off', email: 'off', phone: 'off' };
  const kept: { -readonly [Field in keyof Contact]: Contact[Field] } = {};
  for (const name of ['name', 'email', 'phone'] as const) {
    const value = fields[name];
    if (value === undefined && asked[name] === 'required')
      return invalid(`${name} is required`, { ...MISSING, field: name });
    if (value === undefined) continue;
    if (asked[name] === 'off')
      return invalid(`${name} is not asked`, { code: 'NOT_ACCEPTED', field: name });
    kept[name] = value;
  }
  if (Object.keys(kept).length === 0) return invalid('a contact is asked', MISSING);
  const offered = question.consents ?? [];
  const strange = agreed.find((each) => !offered.some(({ channel }) => channel === each));
  if (strange !== undefined)
    return invalid(`${strange} is not offered`, { code: 'NOT_ACCEPTED', field: 'consents' });
  const missing = offered.find(({ channel, required }) => required && !agreed.includes(channel));
  if (missing !== undefined)
    return invalid(`the consent to ${missing.channel} is required`, {
      ...MISSING,
      field: 'consents',
    });
  const consents = offered
    .filter(({ channel }) => agreed.includes(channel))
    .map(({ channel, wording }) => ({ channel, wording: inLanguage(wording, language) }));
  return { kind: 'contact', contact: kept, consents };
}
