/** What a quiz counts and how it ends: variables, endings by score, grades. */
import type { ReactElement } from 'react';
import { TextField } from '../../design/fields.tsx';
import { Card } from '../../design/page.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import {
  changed,
  faultsAt,
  freeId,
  idOf,
  moved,
  textOf,
  type Draft,
  type Ending,
  type Fault,
} from './quiz-draft.ts';
import { FaultNotes } from './quiz-faults.tsx';
import { AddButton, OrderButtons, QuizTexts, WholeField } from './quiz-parts.tsx';
import { words } from './words-quiz.ts';

/** Of the server. */
const ENDINGS_MAX = 20;
const VARIABLES_MAX = 20;
const GRADES_MAX = 10;
const ID_MAX = 40;

export interface PartProps {
  readonly draft: Draft;
  readonly faults: readonly Fault[];
  onChange(draft: Draft): void;
}

export function EndingsCard({ draft, faults, onChange }: PartProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { endings } = draft;
  const set = (next: readonly Ending[]): void => onChange({ ...draft, endings: next });
  return (
    <Card title={t('endings')}>
      <div className="flex min-w-0 flex-col gap-4">
        <p className="text-12 text-muted">{t('endings-text')}</p>
        {endings.map((ending, place) => (
          <div key={ending.id} className="flex min-w-0 flex-col gap-2 border-l-2 border-line pl-3">
            <FaultNotes faults={faultsAt(faults, ending.id)} draft={draft} />
            <EndingFields
              ending={ending}
              languages={draft.languages}
              label={t('ending', { number: place + 1 })}
              onChange={(next) => set(endings.with(place, next))}
            />
            <OrderButtons
              name={textOf(ending.title, language) || t('ending', { number: place + 1 })}
              place={place}
              count={endings.length}
              onMove={(by) => set(moved(endings, { from: place, by }))}
              onRemove={() => set(endings.toSpliced(place, 1))}
            />
          </div>
        ))}
        <AddButton
          label={t('add-ending')}
          disabled={endings.length >= ENDINGS_MAX}
          onClick={() => {
            const isFirst = endings.every(({ scoreFrom }) => scoreFrom !== null);
            const scoreFrom = isFirst ? null : 0;
            set([...endings, { id: freeId('ending', endings), title: {}, scoreFrom }]);
          }}
        />
      </div>
    </Card>
  );
}

function EndingFields(props: {
  readonly ending: Ending;
  readonly languages: readonly string[];
  readonly label: string;
  onChange(ending: Ending): void;
}): ReactElement {
  const t = useWords(words);
  const { ending, languages, label, onChange } = props;
  return (
    <>
      <QuizTexts
        languages={languages}
        label={label}
        value={ending.title}
        onChange={(title) => onChange({ ...ending, title })}
      />
      <QuizTexts
        languages={languages}
        label={t('ending-text')}
        isLong
        value={ending.text}
        onChange={(text) => onChange({ ...ending, text })}
      />
      <WholeField
        label={t('score-from')}
        hint={t('score-any')}
        value={ending.scoreFrom}
        onChange={(scoreFrom) => onChange({ ...ending, scoreFrom: scoreFrom ?? null })}
      />
    </>
  );
}

export function VariablesCard({ draft, onChange }: PartProps): ReactElement {
  const t = useWords(words);
  const variables = draft.variables ?? [];
  const set = (next: typeof variables): void =>
    onChange(changed(draft, { variables: next.length === 0 ? undefined : next }));
  return (
    <Card title={t('variables')}>
      <div className="flex min-w-0 flex-col gap-3">
        <p className="text-12 text-muted">{t('variables-text')}</p>
        {variables.map((variable, place) => (
          // A variable is renamed while it is typed, so its place is what it is known by.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={place} className="flex min-w-0 flex-wrap items-end gap-2">
            <TextField
              label={t('variable')}
              className="flex-1 basis-28"
              isMono
              value={variable.id}
              onChange={(text) =>
                set(variables.with(place, { ...variable, id: idOf(text, { max: ID_MAX }) }))
              }
            />
            <div className="flex-1 basis-20">
              <WholeField
                label={t('initial')}
                min={-10_000}
                max={10_000}
                value={variable.initial}
                onChange={(initial = 0) => set(variables.with(place, { ...variable, initial }))}
              />
            </div>
            <OrderButtons
              name={variable.id}
              place={place}
              count={variables.length}
              onMove={(by) => set(moved(variables, { from: place, by }))}
              onRemove={() => set(variables.toSpliced(place, 1))}
            />
          </div>
        ))}
        <AddButton
          label={t('add-variable')}
          disabled={variables.length >= VARIABLES_MAX}
          onClick={() => set([...variables, { id: freeId('variable', variables), initial: 0 }])}
        />
      </div>
    </Card>
  );
}

export function GradesCard({ draft, onChange }: PartProps): ReactElement {
  const t = useWords(words);
  const grades = draft.grades ?? [];
  const set = (next: typeof grades): void =>
    onChange(changed(draft, { grades: next.length === 0 ? undefined : next }));
  return (
    <Card title={t('grades')}>
      <div className="flex min-w-0 flex-col gap-3">
        <p className="text-12 text-muted">{t('grades-text')}</p>
        {grades.map((each, place) => (
          // A grade is renamed while it is typed, so its place is what it is known by.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={place} className="flex min-w-0 flex-wrap items-end gap-2">
            <TextField
              label={t('grade')}
              className="flex-1 basis-20"
              maxLength={20}
              value={each.grade}
              onChange={(grade) => set(grades.with(place, { ...each, grade }))}
            />
            <div className="flex-1 basis-20">
              <WholeField
                label={t('score-from')}
                value={each.scoreFrom}
                onChange={(scoreFrom = 0) => set(grades.with(place, { ...each, scoreFrom }))}
              />
            </div>
            <OrderButtons
              name={each.grade}
              place={place}
              count={grades.length}
              onMove={(by) => set(moved(grades, { from: place, by }))}
              onRemove={() => set(grades.toSpliced(place, 1))}
            />
          </div>
        ))}
        <AddButton
          label={t('add-grade')}
          disabled={grades.length >= GRADES_MAX}
          onClick={() => set([...grades, { grade: '', scoreFrom: 0 }])}
        />
      </div>
    </Card>
  );
}
