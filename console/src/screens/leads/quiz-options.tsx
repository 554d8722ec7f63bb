/** The options of a question with choices: words, points, what they add to variables, their order. */
import type { ReactElement } from 'react';
import { useLanguage, useWords } from '../../words/language.ts';
import { changed, freeId, moved, textOf, type Choice } from './quiz-draft.ts';
import { AddButton, OrderButtons, QuizTexts, WholeField } from './quiz-parts.tsx';
import type { KindProps } from './question-props.ts';
import { words } from './words-quiz.ts';

/** Of the server. */
const OPTIONS_MAX = 40;
const POINTS_MAX = 10_000;

export function OptionsFields({ draft, question, onChange }: KindProps): ReactElement {
  const t = useWords(words);
  const options = question.options ?? [];
  const set = (next: readonly Choice[]): void => onChange(changed(question, { options: next }));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <ol className="flex min-w-0 flex-col gap-3">
        {options.map((option, place) => (
          <OptionFields
            key={option.id}
            option={option}
            place={place}
            count={options.length}
            languages={draft.languages}
            variables={(draft.variables ?? []).map(({ id }) => id)}
            onChange={(next) => set(options.with(place, next))}
            onMove={(by) => set(moved(options, { from: place, by }))}
            onRemove={() => set(options.toSpliced(place, 1))}
          />
        ))}
      </ol>
      <AddButton
        label={t('add-option')}
        disabled={options.length >= OPTIONS_MAX}
        onClick={() => set([...options, { id: freeId('option', options), label: {} }])}
      />
      {question.kind === 'multiple' ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <WholeField
            label={t('choices-min')}
            min={0}
            max={OPTIONS_MAX}
            value={question.choicesMin}
            onChange={(choicesMin) => onChange(changed(question, { choicesMin }))}
          />
          <WholeField
            label={t('choices-max')}
            min={1}
            max={OPTIONS_MAX}
            value={question.choicesMax}
            onChange={(choicesMax) => onChange(changed(question, { choicesMax }))}
          />
        </div>
      ) : null}
    </div>
  );
}

interface OptionProps {
  readonly option: Choice;
  readonly place: number;
  readonly count: number;
  readonly languages: readonly string[];
  readonly variables: readonly string[];
  onChange(option: Choice): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function OptionFields(props: OptionProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { option, place, count, languages, variables, onChange } = props;
  const label = t('option', { number: place + 1 });
  const name = textOf(option.label, language);
  const adds = option.adds ?? [];
  return (
    <li className="flex min-w-0 items-start gap-2 border-l-2 border-line pl-3">
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <QuizTexts
          languages={languages}
          label={label}
          value={option.label}
          onChange={(next) => onChange({ ...option, label: next })}
        />
        <div className="grid gap-2 sm:grid-cols-3">
          <WholeField
            label={t('score')}
            min={-POINTS_MAX}
            max={POINTS_MAX}
            value={option.score}
            onChange={(score) => onChange(changed(option, { score }))}
          />
          {variables.map((variable) => (
            <WholeField
              key={variable}
              label={t('adds', { variable })}
              min={-POINTS_MAX}
              max={POINTS_MAX}
              value={adds.find((each) => each.variable === variable)?.amount}
              onChange={(amount) => {
                const others = adds.filter((each) => each.variable !== variable);
                const next = amount === undefined ? others : [...others, { variable, amount }];
                onChange(changed(option, { adds: next.length === 0 ? undefined : next }));
              }}
            />
          ))}
        </div>
      </div>
      <OrderButtons
        name={name === '' ? label : name}
        place={place}
        count={count}
        onMove={props.onMove}
        onRemove={props.onRemove}
      />
    </li>
  );
}
