/** Where a quiz goes on after a question: jumps, each with the conditions under which it is taken. */
import type { ReactElement } from 'react';
import { IconButton } from '../../design/buttons.tsx';
import { SelectField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import {
  changed,
  conditionOn,
  moved,
  nameOf,
  signsOf,
  textOf,
  type Condition,
  type Draft,
  type Jump,
  type Question,
} from './quiz-draft.ts';
import { AddButton, OrderButtons } from './quiz-parts.tsx';
import type { KindProps } from './question-props.ts';
import { words } from './words-quiz.ts';

/** Of the server. */
const JUMPS_MAX = 20;
const CONDITIONS_MAX = 10;
/** No question's id begins with a colon. */
const END = ':end';

export function JumpsFields({ draft, question, onChange }: KindProps): ReactElement {
  const t = useWords(words);
  const jumps = question.jumps ?? [];
  const set = (next: readonly Jump[]): void =>
    onChange(changed(question, { jumps: next.length === 0 ? undefined : next }));
  return (
    <section className="flex min-w-0 flex-col gap-3 border-t border-line pt-3">
      <h3 className="text-13 font-medium">{t('logic')}</h3>
      <p className="text-12 text-muted">{t('logic-text')}</p>
      {jumps.map((jump, place) => (
        <JumpFields
          // oxlint-disable-next-line react/no-array-index-key
          key={place}
          draft={draft}
          own={question}
          jump={jump}
          place={place}
          count={jumps.length}
          onChange={(next) => set(jumps.with(place, next))}
          onMove={(by) => set(moved(jumps, { from: place, by }))}
          onRemove={() => set(jumps.toSpliced(place, 1))}
        />
      ))}
      <AddButton
        label={t('add-jump')}
        disabled={jumps.length >= JUMPS_MAX}
        onClick={() => set([...jumps, { when: [conditionOn(question)], to: null }])}
      />
    </section>
  );
}

function JumpFields(props: {
  readonly draft: Draft;
  readonly own: Question;
  readonly jump: Jump;
  readonly place: number;
  readonly count: number;
  onChange(jump: Jump): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { draft, own, jump, place, count, onChange } = props;
  const others = draft.questions.filter(({ id }) => id !== own.id);
  const setWhen = (when: Jump['when']): void => onChange({ ...jump, when });
  const name = t('jump', { number: place + 1 });
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 border-l-2 border-line pl-3">
      <legend className="sr-only">{name}</legend>
      <div className="flex items-end gap-2">
        <SelectField
          label={`${name}: ${t('go-to')}`}
          className="flex-1"
          value={jump.to ?? END}
          onChange={(to) => onChange({ ...jump, to: to === END ? null : to })}
          options={[
            ...others.map((each) => ({ value: each.id, label: nameOf(each, language) })),
            { value: END, label: t('end') },
          ]}
        />
        <OrderButtons
          name={name}
          place={place}
          count={count}
          onMove={props.onMove}
          onRemove={props.onRemove}
        />
      </div>
      {jump.when.length === 0 ? <p className="text-13 text-muted">{t('always')}</p> : null}
      {jump.when.map((condition, at) => (
        <ConditionFields
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          draft={draft}
          condition={condition}
          number={at + 1}
          onChange={(next) => setWhen(jump.when.with(at, next))}
          onRemove={() => setWhen(jump.when.toSpliced(at, 1))}
        />
      ))}
      <AddButton
        label={t('add-condition')}
        disabled={jump.when.length >= CONDITIONS_MAX}
        onClick={() => setWhen([...jump.when, conditionOn(own)])}
      />
    </fieldset>
  );
}

interface ConditionProps {
  readonly draft: Draft;
  readonly condition: Condition;
  readonly number: number;
  onChange(condition: Condition): void;
  onRemove(): void;
}

function ConditionFields(props: ConditionProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { draft, condition, number, onChange } = props;
  const variables = ['score', ...(draft.variables ?? []).map(({ id }) => id)];
  const subject =
    condition.question === undefined ? `v:${condition.variable ?? ''}` : `q:${condition.question}`;
  const asked = draft.questions.find(({ id }) => id === condition.question);
  return (
    <div className="flex min-w-0 flex-wrap items-end gap-2">
      <SelectField
        label={t('when-of')}
        className="flex-1 basis-40"
        value={subject}
        onChange={(chosen) => onChange(about(chosen, draft))}
        options={[
          ...draft.questions.map((each) => ({
            value: `q:${each.id}`,
            label: nameOf(each, language),
          })),
          ...variables.map((id) => ({ value: `v:${id}`, label: `${t('variable')}: ${id}` })),
        ]}
      />
      <SelectField
        label={t('is')}
        className="flex-1 basis-28"
        value={condition.is}
        onChange={(is) =>
          onChange(
            is === 'answered' || is === 'skipped'
              ? changed(condition, { is, value: undefined })
              : { ...condition, is },
          )
        }
        options={signsOf(asked?.kind ?? null).map((value) => ({ value, label: t(value) }))}
      />
      <ValueField {...props} />
      <IconButton
        size="compact"
        icon="close"
        label={t('remove', { name: t('condition', { number }) })}
        className="mb-1"
        onClick={props.onRemove}
      />
    </div>
  );
}

/** A condition begun anew about a question (`q:ID`) or a variable (`v:ID`). */
function about(subject: string, { questions }: Draft): Condition {
  const id = subject.slice(2);
  const asked = questions.find((each) => each.id === id);
  return subject.startsWith('q:') && asked !== undefined
    ? conditionOn(asked)
    : { variable: id, is: 'at-least', value: 0 };
}

function ValueField({ draft, condition, onChange }: ConditionProps): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  if (condition.is === 'answered' || condition.is === 'skipped') return null;
  const { value } = condition;
  const asked = draft.questions.find(({ id }) => id === condition.question);
  const isChoice = asked?.kind === 'single' || asked?.kind === 'multiple';
  return isChoice ? (
    <SelectField
      label={t('value')}
      className="flex-1 basis-32"
      value={typeof value === 'string' ? value : null}
      onChange={(chosen) => onChange({ ...condition, value: chosen })}
      options={(asked.options ?? []).map(({ id, label }) => ({
        value: id,
        label: textOf(label, language) || id,
      }))}
    />
  ) : (
    <NumberField
      label={t('value')}
      className="flex-1 basis-24"
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(changed(condition, { value: next ?? undefined }))}
    />
  );
}
