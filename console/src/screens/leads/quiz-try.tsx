/** Trying a draft before anybody else sees it: the quiz as a visitor meets it, beside the ways through it. */
import { useEffect, useEffectEvent, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Drawer } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { Skeleton } from '../../design/marks.tsx';
import { LOCALES } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { faultsElsewhere, type Draft } from './quiz-draft.ts';
import { FaultNotes } from './quiz-faults.tsx';
import { previewable, type Preview } from './quiz-preview.ts';
import { TryQuestion } from './quiz-try-question.tsx';
import { Ways } from './quiz-ways.tsx';
import { useTry } from './use-quiz-preview.ts';
import { words } from './words-preview.ts';

export function QuizTry({
  draft,
  onClose,
}: {
  readonly draft: Draft;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const definition = previewable(draft);
  return (
    <Drawer title={t('try')} isOpen onClose={onClose} width="wide">
      {definition === null ? (
        <p>{t('try-blocked')}</p>
      ) : (
        <Trying draft={draft} definition={definition} />
      )}
    </Drawer>
  );
}

type Try = ReturnType<typeof useTry>;

function Trying(props: { readonly draft: Draft; readonly definition: Draft }): ReactElement {
  const t = useWords(words);
  const { draft, definition } = props;
  const trying = useTry(definition);
  const begin = useEffectEvent(trying.begin);
  useEffect(() => begin(), []);
  const { now } = trying;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p className="text-13 text-muted">{t('try-text')}</p>
      <Controls trying={trying} languages={definition.languages} />
      <FailureNote error={trying.error} />
      {now === null ? (
        trying.error === null ? (
          <Skeleton lines={6} />
        ) : null
      ) : (
        <>
          <FaultNotes faults={faultsElsewhere(now.faults, draft)} draft={draft} />
          <div className="grid min-w-0 grid-cols-1 items-start gap-4 md:grid-cols-2">
            <Visitor trying={trying} preview={now} />
            <Ways draft={draft} preview={now} answers={trying.answers} />
          </div>
        </>
      )}
    </div>
  );
}

function Controls({
  trying,
  languages,
}: {
  readonly trying: Try;
  readonly languages: readonly string[];
}): ReactElement {
  const t = useWords(words);
  const tongues = new Intl.DisplayNames(LOCALES[useLanguage()], { type: 'language' });
  const isAtStart = trying.answers.length === 0;
  return (
    <div className="flex flex-wrap items-end gap-2">
      {languages.length < 2 ? null : (
        <SelectField
          label={t('language')}
          value={trying.language}
          onChange={trying.speak}
          options={languages.map((tag) => ({ value: tag, label: tongues.of(tag) ?? tag }))}
        />
      )}
      <Button icon="undo" disabled={isAtStart} onClick={trying.back}>
        {t('back')}
      </Button>
      <Button icon="refresh" disabled={isAtStart} onClick={trying.begin}>
        {t('restart')}
      </Button>
    </div>
  );
}

function Visitor({
  trying,
  preview,
}: {
  readonly trying: Try;
  readonly preview: Preview;
}): ReactElement {
  const t = useWords(words);
  const { quiz, current, variables, result } = preview;
  const place = quiz.questions.findIndex(({ id }) => id === current);
  const question = quiz.questions[place];
  const { refused } = trying;
  const reason = refused === null ? null : t('answer-refused');
  return (
    <section
      aria-label={t('visitor')}
      aria-live="polite"
      className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-raised p-4"
    >
      <h3 dir="auto" className="text-20 break-words">
        {quiz.title}
      </h3>
      {question === undefined ? (
        <End result={result} isEmpty={quiz.questions.length === 0} />
      ) : (
        <>
          <p className="text-13 text-muted">
            {t('step', { place: place + 1, count: quiz.questions.length })}
          </p>
          <TryQuestion
            // Asked again, or in another language, it begins anew.
            key={`${question.id} ${trying.answers.length} ${preview.language}`}
            question={question}
            isBusy={trying.isBusy}
            problem={reason}
            onAnswer={(value) => trying.give(question.id, value)}
          />
        </>
      )}
      <p className="flex flex-wrap gap-x-3 border-t border-line pt-2 text-13 text-muted">
        {Object.entries(variables).map(([name, value]) => (
          <span key={name}>
            {name === 'score' ? t('score') : <bdi>{name}</bdi>} <b className="text-ink">{value}</b>
          </span>
        ))}
        {result === null || result.grade === null ? null : (
          <bdi className="font-semibold text-ink">{result.grade}</bdi>
        )}
      </p>
    </section>
  );
}

function End({
  result,
  isEmpty,
}: {
  readonly result: Preview['result'];
  readonly isEmpty: boolean;
}): ReactElement {
  const t = useWords(words);
  if (isEmpty) return <p className="text-muted">{t('no-questions')}</p>;
  const ending = result?.ending ?? null;
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-control bg-brand-soft p-3">
      <p className="text-12 text-muted-on-soft">{t('end')}</p>
      <p dir="auto" className="text-16 font-semibold break-words">
        {ending?.title ?? t('end-none')}
      </p>
      {ending?.text === undefined || ending.text === null ? null : (
        <p dir="auto" className="break-words whitespace-pre-wrap">
          {ending.text}
        </p>
      )}
    </div>
  );
}
