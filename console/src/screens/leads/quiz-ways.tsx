/** The ways through a quiz: each question with where it leads, what is wrong with it, and the way that was taken. */
import type { ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { Icon } from '../../design/icons.tsx';
import { Badge } from '../../design/marks.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { faultsAt, nameOf, type Draft, type Question } from './quiz-draft.ts';
import { FaultNotes } from './quiz-faults.tsx';
import {
  answerText,
  conditionParts,
  exitsOf,
  takenFrom,
  type Exit,
  type Given,
  type Preview,
} from './quiz-preview.ts';
import { words } from './words-preview.ts';
import { words as quizWords } from './words-quiz.ts';

export interface WaysProps {
  readonly draft: Draft;
  readonly preview: Preview;
  readonly answers: readonly Given[];
}

export function Ways(props: WaysProps): ReactElement {
  const t = useWords(words);
  const { draft } = props;
  return (
    <section aria-label={t('ways')} className="flex min-w-0 flex-col gap-2">
      <h3 className="text-14">{t('ways')}</h3>
      <p className="text-13 text-muted">{t('ways-text')}</p>
      <ol className="flex min-w-0 flex-col gap-2">
        {draft.questions.map((question, place) => (
          <Stop key={question.id} {...props} question={question} place={place} />
        ))}
      </ol>
    </section>
  );
}

function Stop(
  props: WaysProps & { readonly question: Question; readonly place: number },
): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { draft, preview, answers, question, place } = props;
  const { id } = question;
  const isNow = preview.current === id;
  const isOnWay = preview.path.includes(id);
  const given = answers.findLast(({ questionId }) => questionId === id);
  const seen = preview.quiz.questions.find((each) => each.id === id);
  const answer =
    given === undefined || seen === undefined ? '' : answerText(seen, given.value) || t('skipped');
  return (
    <li
      aria-current={isNow ? 'step' : undefined}
      className={classes(
        'flex min-w-0 flex-col gap-1 rounded-control border px-3 py-2',
        isNow ? 'border-brand bg-brand-soft' : 'border-line bg-raised',
      )}
    >
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <span className="text-13 text-muted-on-soft">{place + 1}</span>
        <bdi className="min-w-0 flex-1 truncate font-medium">{nameOf(question, language)}</bdi>
        {isNow ? (
          <Badge tone="info" icon="arrow-right">
            {t('now')}
          </Badge>
        ) : isOnWay ? (
          <Badge tone="good">{t('on-way')}</Badge>
        ) : (
          <Badge>{t('not-asked')}</Badge>
        )}
      </div>
      {isOnWay && answer !== '' ? (
        <p dir="auto" className="truncate text-13 text-muted-on-soft">
          {answer}
        </p>
      ) : null}
      <FaultNotes faults={faultsAt(preview.faults, id)} draft={draft} />
      <Exits {...props} />
    </li>
  );
}

function Exits({
  draft,
  preview,
  question,
}: WaysProps & { readonly question: Question }): ReactElement {
  const exits = exitsOf(draft, question);
  const taken = takenFrom(preview, question.id);
  // Two exits may lead to one place: the first of them that leads there is marked, as it is tried first.
  const at = taken === undefined ? -1 : exits.findIndex(({ to }) => to === taken);
  return (
    <ul className="flex min-w-0 flex-col gap-0.5 text-13">
      {exits.map((exit, index) => (
        <li
          // Exits have no names of their own.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          className={classes(
            'flex min-w-0 items-start gap-1.5',
            index === at ? 'font-medium text-brand' : 'text-muted-on-soft',
          )}
        >
          <Icon name={index === at ? 'check' : 'arrow-right'} size={12} className="mt-1 shrink-0" />
          <ExitText draft={draft} exit={exit} isOnly={exits.length === 1} isTaken={index === at} />
        </li>
      ))}
    </ul>
  );
}

function ExitText(props: {
  readonly draft: Draft;
  readonly exit: Exit;
  readonly isOnly: boolean;
  readonly isTaken: boolean;
}): ReactElement {
  const t = useWords(words);
  const say = useWords(quizWords);
  const language = useLanguage();
  const { draft, exit, isOnly, isTaken } = props;
  const target = draft.questions.find(({ id }) => id === exit.to);
  const to =
    exit.to === null ? t('to-end') : target === undefined ? exit.to : nameOf(target, language);
  const when =
    exit.when === null
      ? t(isOnly ? 'always' : 'otherwise')
      : exit.when
          .map((condition) => {
            const { of, value } = conditionParts(draft, condition, language);
            const is = say(condition.is);
            return value === '' ? t('when-plain', { of, is }) : t('when', { of, is, value });
          })
          .join(` ${t('and')} `);
  return (
    <span dir="auto" className="min-w-0 break-words">
      {isOnly && exit.when === null ? to : `${when}: ${to}`}
      {isTaken ? <span className="sr-only">{` (${t('taken')})`}</span> : null}
    </span>
  );
}
