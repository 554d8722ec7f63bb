/** One question of a quiz in the builder: closed it is a line, open it has all that its kind can be told. */
import type { ReactElement } from 'react';
import { CheckField, SelectField } from '../../design/fields.tsx';
import { Icon } from '../../design/icons.tsx';
import { Badge } from '../../design/marks.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { changed, faultsAt, KINDS, nameOf, ofKind, type Question } from './quiz-draft.ts';
import { ContactFields } from './quiz-contact.tsx';
import { FaultNotes } from './quiz-faults.tsx';
import { JumpsFields } from './quiz-jumps.tsx';
import { OptionsFields } from './quiz-options.tsx';
import { OrderButtons, QuizTexts, WholeField } from './quiz-parts.tsx';
import { words } from './words-quiz.ts';
import type { KindProps, QuestionProps } from './question-props.ts';

export function QuestionCard(props: QuestionProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { draft, question, place, isOpen } = props;
  const faults = faultsAt(props.faults, question.id);
  const name = nameOf(question, language);
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-raised p-3">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <button
          type="button"
          aria-expanded={isOpen}
          className="flex min-h-7 min-w-0 flex-1 basis-40 items-center gap-2 text-left"
          onClick={() => props.onOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
          <span className="text-13 text-muted">{place + 1}</span>
          <span dir="auto" className="min-w-0 truncate font-medium">
            {name}
          </span>
        </button>
        {faults.length === 0 ? null : (
          <Badge tone="bad">{t('faults', { count: faults.length })}</Badge>
        )}
        <Badge>{t(question.kind)}</Badge>
        <OrderButtons
          name={name}
          place={place}
          count={draft.questions.length}
          onMove={props.onMove}
          onRemove={props.onRemove}
        />
      </div>
      <FaultNotes faults={faults} draft={draft} />
      {isOpen ? <QuestionFields {...props} /> : null}
    </li>
  );
}

function QuestionFields({ draft, question, onChange }: QuestionProps): ReactElement {
  const t = useWords(words);
  const { languages } = draft;
  const set = (changes: Partial<Question>): void => onChange(changed(question, changes));
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <QuizTexts
        languages={languages}
        label={t('question')}
        value={question.title}
        onChange={(title) => set({ title })}
      />
      <QuizTexts
        languages={languages}
        label={t('help')}
        isLong
        value={question.help}
        onChange={(help) => set({ help })}
      />
      <div className="grid items-end gap-3 sm:grid-cols-2">
        <SelectField
          label={t('kind')}
          value={question.kind}
          onChange={(kind) => onChange(ofKind(question, kind))}
          options={KINDS.map((kind) => ({ value: kind, label: t(kind) }))}
        />
        <CheckField
          label={t('required')}
          className="pb-2"
          value={question.required}
          onChange={(required) => set({ required })}
        />
      </div>
      <KindFields draft={draft} question={question} onChange={onChange} />
      <JumpsFields draft={draft} question={question} onChange={onChange} />
    </div>
  );
}

function KindFields(props: KindProps): ReactElement {
  const t = useWords(words);
  switch (props.question.kind) {
    case 'single':
    case 'multiple':
      return <OptionsFields {...props} />;
    case 'contact':
      return <ContactFields {...props} />;
    case 'text':
      return (
        <WholeField
          label={t('length-max')}
          min={1}
          max={4000}
          value={props.question.lengthMax}
          onChange={(lengthMax) => props.onChange(setting(props.question, { lengthMax }))}
        />
      );
    case 'number':
    case 'scale':
      return <BoundsFields {...props} />;
  }
}

type Bounds = Pick<KindProps, 'question' | 'onChange'>;

function BoundsFields({ question, onChange }: Bounds): ReactElement {
  const t = useWords(words);
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <WholeField
        label={t('min')}
        value={question.min}
        onChange={(min) => onChange(setting(question, { min }))}
      />
      <WholeField
        label={t('max')}
        value={question.max}
        onChange={(max) => onChange(setting(question, { max }))}
      />
      <WholeField
        label={t('score-per')}
        min={-10_000}
        max={10_000}
        value={question.scorePer}
        onChange={(scorePer) => onChange(setting(question, { scorePer }))}
      />
    </div>
  );
}

function setting(
  question: Question,
  numbers: { readonly [Field in 'min' | 'max' | 'scorePer' | 'lengthMax']?: number | undefined },
): Question {
  return changed(question, numbers);
}
