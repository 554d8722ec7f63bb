/** What somebody answered in a quiz, question by question, in the words of the version they saw. */
import type { ReactElement, ReactNode } from 'react';
import { useRead } from '../../api/api.ts';
import { TextLink } from '../../design/buttons.tsx';
import { Skeleton } from '../../design/marks.tsx';
import { Card, Facts } from '../../design/page.tsx';
import { useWords, type Speak } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { textOf, type Draft, type Question } from './quiz-draft.ts';
import { words } from './words-quiz.ts';

interface Answer {
  readonly skipped: boolean;
  readonly choices: readonly string[];
  readonly number: number | null;
  readonly text: string | null;
}

interface Session {
  readonly quizId: string;
  readonly language: string;
  readonly startedAt: string;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly contact: Readonly<Record<'name' | 'email' | 'phone', string | null>> | null;
  readonly consents: readonly { readonly wording: string }[];
  readonly result: {
    readonly score: number;
    readonly grade: string | null;
    readonly endingId: string | null;
  } | null;
}

export function SessionAnswers({ sessionId }: { readonly sessionId: string }): ReactElement {
  const t = useWords(words);
  const read = useRead('GET /v1/leads/sessions/{id}', { params: { id: sessionId } });
  const session = shaped<Session | undefined>(read.data);
  const { quiz, isUnknown } = useQuizOf(session);
  const published = shaped<
    { readonly published?: { readonly definition: Draft } | null } | undefined
  >(quiz.data);
  const isWaiting = read.isPending || (session !== undefined && quiz.isPending);
  return (
    <Card
      title={t('answers')}
      actions={
        session === undefined ? null : (
          <TextLink to={`/leads/quizzes/${encodeURIComponent(session.quizId)}`}>
            {session.quizId}
          </TextLink>
        )
      }
    >
      <FailureNote error={read.error ?? (isUnknown ? null : quiz.error)} />
      {isWaiting ? <Skeleton lines={5} /> : null}
      {session === undefined || isWaiting ? null : (
        <Facts facts={factsOf({ session, quiz: published?.published?.definition ?? null, t })} />
      )}
    </Card>
  );
}

const NOT_FOUND = 404;

/** The quiz as it was when the session began: that is the version that was answered. Imported visits are older than their quiz. */
function useQuizOf(session: Session | undefined) {
  const params = { id: session?.quizId ?? '' };
  const then = useRead(
    'GET /v1/leads/quizzes/{id}',
    { params, query: { at: session?.startedAt } },
    { enabled: session !== undefined },
  );
  const isOlder = then.error?.status === NOT_FOUND;
  const now = useRead('GET /v1/leads/quizzes/{id}', { params }, { enabled: isOlder });
  const quiz = isOlder ? now : then;
  // Ids stand for words then.
  return { quiz, isUnknown: quiz.error?.status === NOT_FOUND };
}

function factsOf(of: {
  readonly session: Session;
  /** Null where it may not be read: ids stand for words then. */
  readonly quiz: Draft | null;
  readonly t: Speak<keyof typeof words.en>;
}): readonly (readonly [string, ReactNode])[] {
  const { session, quiz, t } = of;
  const { language, result, contact, consents } = session;
  const ids = quiz?.questions.map(({ id }) => id) ?? Object.keys(session.answers);
  const answered = ids.flatMap((id): readonly (readonly [string, ReactNode])[] => {
    const question = quiz?.questions.find((each) => each.id === id);
    const answer = session.answers[id];
    if (answer === undefined || question?.kind === 'contact') return [];
    return [[textOf(question?.title, language) || id, said(answer, { question, language, t })]];
  });
  const ending = quiz?.endings.find(({ id }) => id === result?.endingId);
  const results =
    result === null
      ? null
      : [t('points', { count: result.score }), result.grade, textOf(ending?.title, language)]
          .filter((each) => each !== null && each !== '')
          .join(' · ');
  return [
    ...answered,
    [t('contact'), [contact?.name, contact?.email, contact?.phone].filter(Boolean).join(' · ')],
    [t('agreed'), consents.map(({ wording }) => wording).join(' ')],
    [t('result'), results],
  ];
}

function said(
  answer: Answer,
  of: {
    readonly question: Question | undefined;
    readonly language: string;
    readonly t: Speak<keyof typeof words.en>;
  },
): string {
  const { question, language, t } = of;
  if (answer.skipped) return t('skipped');
  if (answer.number !== null) return String(answer.number);
  if (answer.choices.length === 0) return answer.text ?? t('no-answer');
  return answer.choices
    .map((choice) => {
      const option = question?.options?.find(({ id }) => id === choice);
      return textOf(option?.label, language) || choice;
    })
    .join(', ');
}
