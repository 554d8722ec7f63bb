/** One question as a visitor answers it: the kinds of the public page, its rules those of the server. */
import { useId, useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { CheckField, TextAreaField, TextField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import type { AnswerValue, VisitorQuestion } from './quiz-preview.ts';
import { words } from './words-preview.ts';
import { words as quizWords } from './words-quiz.ts';

export function TryQuestion(props: {
  readonly question: VisitorQuestion;
  readonly isBusy: boolean;
  /** Why the answer before was not taken. */
  readonly problem: string | null;
  onAnswer(value: AnswerValue): void;
}): ReactElement {
  const t = useWords(words);
  const { question, isBusy, problem, onAnswer } = props;
  const [value, setValue] = useState<AnswerValue>(question.kind === 'multiple' ? [] : null);
  const [isMissing, setMissing] = useState(false);
  const answer = (given: AnswerValue): void => {
    const isNothing = given === null && question.required;
    setMissing(isNothing);
    if (!isNothing) onAnswer(given);
  };
  const why = isMissing ? t('answer-required') : problem;
  return (
    <form
      noValidate
      className="flex min-w-0 flex-col gap-3"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!isBusy) answer(value);
      }}
    >
      <fieldset className="flex min-w-0 flex-col gap-3">
        <legend dir="auto" className="pb-3 text-16 font-semibold break-words">
          {question.title}
        </legend>
        <Help question={question} />
        <Fields question={question} value={value} onChange={setValue} />
      </fieldset>
      {why === null ? null : (
        <p role="alert" className="text-13 text-wine">
          {why}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {t('next')}
        </Button>
        {question.required ? null : (
          <Button disabled={isBusy} onClick={() => answer(null)}>
            {t('skip')}
          </Button>
        )}
      </div>
    </form>
  );
}

function Help({ question }: { readonly question: VisitorQuestion }): ReactElement | null {
  const t = useWords(words);
  const { help, kind, choicesMax } = question;
  const text = help ?? (kind === 'multiple' && choicesMax !== 1 ? t('choose') : null);
  return text === null ? null : (
    <p dir="auto" className="text-13 break-words text-muted">
      {text}
    </p>
  );
}

interface FieldsProps {
  readonly question: VisitorQuestion;
  readonly value: AnswerValue;
  onChange(value: AnswerValue): void;
}

function Fields(props: FieldsProps): ReactElement {
  const { question, value, onChange } = props;
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'scale':
      return <Choices {...props} />;
    case 'number':
      return (
        <TextField
          label={question.title}
          isLabelHidden
          inputMode="decimal"
          value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
          onChange={(text) => onChange(numberOf(text))}
        />
      );
    case 'text':
      return (
        <TextAreaField
          label={question.title}
          isLabelHidden
          rows={3}
          maxLength={question.lengthMax}
          value={typeof value === 'string' ? value : ''}
          onChange={(text) => onChange(text.trim() === '' ? null : text)}
        />
      );
    case 'contact':
      return <Contact {...props} />;
  }
}

/** What is no number is left as it was typed, so that the server says what it says to a visitor. */
function numberOf(text: string): AnswerValue {
  const number = Number(text.trim().replace(',', '.'));
  if (text.trim() === '') return null;
  return Number.isFinite(number) && !/[.,]$/.test(text) ? number : text;
}

function Choices({ question, value, onChange }: FieldsProps): ReactElement {
  const name = useId();
  const { kind, options = [], min = 1, max = 5 } = question;
  const isMultiple = kind === 'multiple';
  const steps = Array.from({ length: Math.max(0, max - min + 1) }, (_, at) => min + at);
  const all: readonly { readonly value: string | number; readonly label: string }[] =
    kind === 'scale'
      ? steps.map((step) => ({ value: step, label: String(step) }))
      : options.map(({ id, label }) => ({ value: id, label }));
  const chosen = (each: string | number): boolean =>
    Array.isArray(value) ? value.includes(each) : value === each;
  const choose = (each: string | number, isOn: boolean): void => {
    if (!isMultiple) onChange(each);
    else {
      const others = (Array.isArray(value) ? value : []).filter((other) => other !== each);
      onChange(isOn ? [...others, String(each)] : others);
    }
  };
  return (
    <div className={kind === 'scale' ? 'flex flex-wrap gap-2' : 'flex flex-col gap-2'}>
      {all.map((each) => (
        <label
          key={each.value}
          className="flex min-h-10 min-w-0 cursor-pointer items-center gap-2 rounded-control border border-control bg-raised px-3 py-1.5 has-checked:border-brand has-checked:bg-brand-soft"
        >
          <input
            type={isMultiple ? 'checkbox' : 'radio'}
            name={name}
            className="size-[18px] shrink-0 accent-brand"
            checked={chosen(each.value)}
            onChange={({ target }) => choose(each.value, target.checked)}
          />
          <span dir="auto" className="min-w-0 break-words">
            {each.label}
          </span>
        </label>
      ))}
    </div>
  );
}

const CONTACT_FIELDS = ['name', 'email', 'phone'] as const;
const CONTACT_TYPES = { name: 'text', email: 'email', phone: 'tel' } as const;

type HeldContact = Readonly<Record<string, string>> & { readonly consents?: readonly string[] };

function Contact({ question, value, onChange }: FieldsProps): ReactElement {
  const t = useWords(words);
  const say = useWords(quizWords);
  const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  // safe because only this form writes it: texts, and the list of channels
  const { consents: agreed = [], ...texts } = given as HeldContact;
  const set = (next: Readonly<Record<string, string>>, consents: readonly string[]): void => {
    const filled = Object.fromEntries(Object.entries(next).filter(([, text]) => text !== ''));
    onChange(Object.keys(filled).length === 0 ? null : { ...filled, consents });
  };
  const asked = CONTACT_FIELDS.filter((field) => (question.fields?.[field] ?? 'off') !== 'off');
  return (
    <>
      {asked.map((field) => (
        <TextField
          key={field}
          type={CONTACT_TYPES[field]}
          label={
            question.fields?.[field] === 'optional'
              ? `${say(`field-${field}`)} (${t('optional')})`
              : say(`field-${field}`)
          }
          value={texts[field] ?? ''}
          onChange={(text) => set({ ...texts, [field]: text }, agreed)}
        />
      ))}
      {(question.consents ?? []).map(({ channel, wording }) => (
        <CheckField
          key={channel}
          label={wording}
          value={agreed.includes(channel)}
          onChange={(isOn) =>
            set(texts, isOn ? [...agreed, channel] : agreed.filter((each) => each !== channel))
          }
        />
      ))}
    </>
  );
}
