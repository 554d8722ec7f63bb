/** The builder of a quiz: its words, questions, logic, scores and endings, saved as a draft and published. */
import { useState, type ReactElement } from 'react';
import { useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { SelectField } from '../../design/fields.tsx';
import { Icon } from '../../design/icons.tsx';
import { Badge } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { Conflict } from '../lists/conflict.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import {
  faultsElsewhere,
  KINDS,
  moved,
  nameOf,
  newQuestion,
  type Fault,
  type Draft,
  type Kind,
  type Question,
} from './quiz-draft.ts';
import { FaultNotes } from './quiz-faults.tsx';
import { faultsOfLogic } from './quiz-preview.ts';
import { AddButton, LanguagesField, QuizTexts } from './quiz-parts.tsx';
import { QuestionCard } from './quiz-question.tsx';
import { EndingsCard, GradesCard, VariablesCard, type PartProps } from './quiz-scoring.tsx';
import { QuizTry } from './quiz-try.tsx';
import { useQuizDraft, type Seen } from './use-quiz-draft.ts';
import { useDraftFaults } from './use-quiz-preview.ts';
import { words as leadWords } from './words-lead.ts';
import { words as previewWords } from './words-preview.ts';
import { words } from './words-quiz.ts';

/** Of the server. */
const QUESTIONS_MAX = 60;

export function QuizBuilder(props: {
  readonly id: string;
  readonly seen: Seen;
  /** Whether the public may answer it now. */
  readonly isOpen: boolean;
}): ReactElement {
  const { id, isOpen } = props;
  const editor = useQuizDraft(id, props.seen);
  const { draft, setDraft, seen, newest, error } = editor;
  const faults = useShownFaults(editor);
  const parts: PartProps = { draft, faults, onChange: setDraft };
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <SaveBar id={id} editor={editor} faults={faults} isOpen={isOpen} />
      {newest === null ? (
        <FailureNote error={error?.code === 'QUIZ_FAULTY' ? null : error} />
      ) : (
        <Conflict
          before={seen.draft}
          after={newest.draft}
          onAgain={() => editor.save(newest.version)}
        />
      )}
      <FaultNotes faults={faultsElsewhere(faults, draft)} draft={draft} />
      <div className="grid min-w-0 grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <HeadCard {...parts} />
          <QuestionsPart {...parts} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <EndingsCard {...parts} />
          <VariablesCard {...parts} />
          <GradesCard {...parts} />
        </div>
      </div>
    </div>
  );
}

/** Whoever builds sees at once where the logic leads astray; what is only unfinished is told once they save. */
function useShownFaults({ draft, faults }: ReturnType<typeof useQuizDraft>): readonly Fault[] {
  const live = useDraftFaults(draft);
  if (live === null) return faults ?? [];
  return faults === null ? faultsOfLogic(live) : live;
}

function SaveBar(props: {
  readonly id: string;
  readonly editor: ReturnType<typeof useQuizDraft>;
  readonly faults: readonly Fault[];
  readonly isOpen: boolean;
}): ReactElement {
  const t = useWords(words);
  const trying = useWords(previewWords);
  const lead = useWords(leadWords);
  const { tenant } = useSession();
  const limits = useLimits()('leads:quizzes');
  const [isTrying, setTrying] = useState(false);
  const { faults } = props;
  const { draft, isDirty, isBusy, save, publish, seen } = props.editor;
  const isAsked = props.editor.faults !== null;
  const address = `/public/${encodeURIComponent(tenant)}/quiz/${encodeURIComponent(props.id)}`;
  return (
    <div className="sticky top-0 z-10 flex min-w-0 flex-wrap items-center gap-2 rounded-card border border-line bg-raised p-2">
      <div role="status" className="flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-2 px-2">
        {isDirty ? <Badge tone="waiting">{t('unsaved')}</Badge> : null}
        {faults.length === 0 ? null : (
          <Badge tone="bad">{t('faults', { count: faults.length })}</Badge>
        )}
        {faults.length > 0 || isDirty ? null : isAsked ? (
          <Badge tone="good">{t('ready')}</Badge>
        ) : (
          <span className="text-13 text-muted">{lead('all-saved')}</span>
        )}
      </div>
      {props.isOpen ? (
        <a
          href={address}
          target="_blank"
          rel="noreferrer"
          className="inline-flex h-9 items-center gap-1 px-2 text-brand underline underline-offset-2"
        >
          {t('public-page')}
          <Icon name="external" />
        </a>
      ) : null}
      <Button icon="eye" {...limits} onClick={() => setTrying(true)}>
        {trying('try')}
      </Button>
      {isTrying ? <QuizTry draft={draft} onClose={() => setTrying(false)} /> : null}
      <Button {...limits} isBusy={isBusy} onClick={() => save(seen.version)}>
        {t('save')}
      </Button>
      <Button {...limits} kind="primary" isBusy={isBusy} onClick={publish}>
        {t('publish')}
      </Button>
    </div>
  );
}

function HeadCard({ draft, onChange }: PartProps): ReactElement {
  const t = useWords(words);
  return (
    <Card>
      <div className="flex min-w-0 flex-col gap-3">
        <QuizTexts
          languages={draft.languages}
          label={t('title')}
          value={draft.title}
          onChange={(title) => onChange({ ...draft, title })}
        />
        <LanguagesField
          value={draft.languages}
          onChange={(languages) => onChange({ ...draft, languages })}
        />
      </div>
    </Card>
  );
}

function QuestionsPart({ draft, faults, onChange }: PartProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const [openId, setOpenId] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const { questions } = draft;
  const set = (next: readonly Question[]): void => onChange({ ...draft, questions: next });
  const move = (from: number, { by }: { readonly by: -1 | 1 }): void => {
    const question = questions[from];
    if (question === undefined) return;
    set(moved(questions, { from, by }));
    setSaid(t('moved', { name: nameOf(question, language), place: from + by + 1 }));
  };
  return (
    <section aria-label={t('questions')} className="flex min-w-0 flex-col gap-3">
      <h2 className="text-16">{t('questions')}</h2>
      {questions.length === 0 ? <p className="text-muted">{t('no-questions')}</p> : null}
      <ol className="flex min-w-0 flex-col gap-2">
        {questions.map((question, place) => (
          <QuestionCard
            key={question.id}
            draft={draft}
            question={question}
            faults={faults}
            place={place}
            isOpen={openId === question.id}
            onOpen={(isOpen) => setOpenId(isOpen ? question.id : null)}
            onChange={(next) => set(questions.with(place, next))}
            onMove={(by) => move(place, { by })}
            onRemove={() => set(questions.toSpliced(place, 1))}
          />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
      <AddQuestion
        draft={draft}
        onAdd={(question) => {
          set([...questions, question]);
          setOpenId(question.id);
        }}
      />
    </section>
  );
}

function AddQuestion(props: {
  readonly draft: Draft;
  onAdd(question: Question): void;
}): ReactElement {
  const t = useWords(words);
  const [kind, setKind] = useState<Kind>('single');
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SelectField
        label={t('kind')}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t(value) }))}
      />
      <AddButton
        label={t('add-question')}
        disabled={props.draft.questions.length >= QUESTIONS_MAX}
        onClick={() => props.onAdd(newQuestion(props.draft, kind))}
      />
    </div>
  );
}
