/** One quiz: its builder; how far people come, question by question; its commands and story. */
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { Badge, ErrorNote, Figure, Skeleton } from '../../design/marks.tsx';
import { Card, Facts, Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { formatNumber } from '../../words/format.ts';
import type { Language } from '../../words/define-words.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import { GeneratedDetail, useThing } from '../generated/generated-detail.tsx';
import { useAggregate, type AggregateItem } from '../generated/generic-calls.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { QuizBuilder } from './quiz-builder.tsx';
import { nameOf, textOf, type Draft } from './quiz-draft.ts';
import { QUIZ_TONES } from './quizzes-list.tsx';
import { words as leadWords } from './words-lead.ts';
import { words as quizWords } from './words-quiz.ts';
import { words } from './words.ts';

interface Passage {
  readonly questionId: string;
  readonly asked: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly dropOff: number;
  readonly medianSeconds: number | null;
}

interface Funnel {
  readonly sessions: {
    readonly started: number;
    readonly completed: number;
    readonly abandoned: number;
    readonly contacts: number;
  };
  readonly questions: readonly Passage[];
}

export function QuizScreen(): ReactElement {
  const t = useWords(words);
  const { id = '' } = useParams({ strict: false });
  const aggregate = useAggregate('leads.quizzes');
  if (aggregate === undefined || aggregate === null)
    return (
      <Page title={t('quiz')}>
        <Skeleton lines={8} />
      </Page>
    );
  return <OfQuiz key={id} id={id} aggregate={aggregate} />;
}

interface QuizView {
  readonly version: number;
  readonly status: 'draft' | 'open' | 'closed';
  readonly draft: Draft;
  readonly published: { readonly definition: Draft } | null;
  readonly versions: readonly {
    readonly versionId: string;
    readonly number: number;
    readonly publishedAt: string;
  }[];
}

interface OfQuizProps {
  readonly id: string;
  readonly aggregate: AggregateItem;
}

function OfQuiz({ id, aggregate }: OfQuizProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const builder = useWords(quizWords);
  const { at } = useAsOf();
  const [view, choose] = useUrlState('view', 'build');
  const { read, thing } = useThing(aggregate, id);
  const above = (
    <TextLink to="/leads" search={{ view: 'quizzes' }}>
      {t('quizzes')}
    </TextLink>
  );
  if (thing === null)
    return (
      <Page title={t('quiz')} above={above}>
        {read.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
        )}
      </Page>
    );
  const quiz = shaped<QuizView>(thing.state);
  return (
    <Page
      title={textOf(quiz.draft.title, language) || id}
      above={above}
      badge={<Badge tone={QUIZ_TONES[quiz.status]}>{builder(quiz.status)}</Badge>}
      actions={<OpenOrClosed id={id} status={quiz.status} />}
    >
      <Tabs
        value={view}
        onChange={choose}
        tabs={[
          { value: 'build', label: builder('build') },
          { value: 'results', label: builder('results') },
        ]}
      />
      {/* Kept while the results are looked at, so that nothing typed is lost; another moment is another draft. */}
      <div hidden={view !== 'build'}>
        {read.isPlaceholderData ? (
          <Skeleton lines={8} />
        ) : (
          <QuizBuilder key={at ?? ''} id={id} seen={quiz} isOpen={quiz.status === 'open'} />
        )}
      </div>
      {view === 'results' ? (
        <>
          <HowFar id={id} asked={quiz.published?.definition ?? null} />
          <GeneratedDetail
            aggregate={aggregate}
            id={id}
            view={(state) => <Versions quiz={shaped<QuizView>(state)} />}
          />
        </>
      ) : null}
    </Page>
  );
}

const AGAIN = { again: ['GET /v1/leads/quizzes', 'GET /v1/leads/quizzes/{id}'] } as const;

/** Whether new visits may begin; saving and publishing stand with the builder. */
function OpenOrClosed(props: {
  readonly id: string;
  readonly status: QuizView['status'];
}): ReactElement | null {
  const say = useWords(leadWords);
  const limits = useLimits()('leads:quizzes');
  const { id, status } = props;
  const close = useCommand('POST /v1/leads/quizzes/{id}/close', AGAIN);
  const reopen = useCommand('POST /v1/leads/quizzes/{id}/reopen', AGAIN);
  if (status === 'draft') return null;
  const [command, word, told] =
    status === 'open'
      ? ([close, 'close-quiz', 'closed-toast'] as const)
      : ([reopen, 'reopen-quiz', 'reopened-toast'] as const);
  return (
    <>
      <Button
        icon={status === 'open' ? 'lock' : 'unlock'}
        {...limits}
        isBusy={command.isPending}
        onClick={() =>
          command.mutate({ params: { id }, body: {} }, { onSuccess: () => toast(say(told)) })
        }
      >
        {say(word)}
      </Button>
      <FailureNote error={command.error} />
    </>
  );
}

function Versions({ quiz }: { readonly quiz: QuizView }): ReactElement {
  const say = useWords(leadWords);
  const builder = useWords(quizWords);
  const { status, draft, versions } = quiz;
  return (
    <Facts
      facts={[
        [say('state'), builder(status)],
        [say('questions'), draft.questions.length],
        [say('language'), draft.languages.join(', ')],
        [
          say('versions'),
          versions.length === 0 ? (
            say('never-published')
          ) : (
            <ul key="versions" className="flex flex-col gap-1">
              {versions.toReversed().map(({ versionId, publishedAt }) => (
                <li key={versionId}>
                  {versionId} · <Moment at={publishedAt} />
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
}

function howFarColumns(of: {
  readonly t: Speak<keyof typeof words.en>;
  readonly language: Language;
  readonly most: number;
  nameOfQuestion(id: string): string;
  number(value: number | undefined): string;
}): readonly Column<Passage>[] {
  const { t, language, most, nameOfQuestion, number } = of;
  return [
    {
      key: 'question',
      title: t('question'),
      width: 'minmax(120px, 1fr)',
      cell: (row) => <bdi className="truncate">{nameOfQuestion(row.questionId)}</bdi>,
    },
    {
      key: 'bar',
      title: t('answered'),
      width: 'minmax(160px, 2fr)',
      cell: (row) => (
        <span className="flex items-center gap-2">
          <span
            aria-hidden="true"
            className="h-2 min-w-px rounded-full bg-brand"
            style={{ width: `${(80 * row.answered) / most}%` }}
          />
          {number(row.answered)}
        </span>
      ),
    },
    ...lossColumns({ t, language, number }),
  ];
}

function lossColumns(of: {
  readonly t: Speak<keyof typeof words.en>;
  readonly language: Language;
  number(value: number | undefined): string;
}): readonly Column<Passage>[] {
  const { t, language, number } = of;
  return [
    {
      key: 'asked',
      title: t('asked'),
      numeric: true,
      width: 90,
      cell: (row) => number(row.asked),
    },
    {
      key: 'abandoned',
      title: t('abandoned'),
      numeric: true,
      width: 110,
      cell: (row) => number(row.abandoned),
    },
    {
      key: 'dropOff',
      title: t('drop-off'),
      numeric: true,
      width: 90,
      cell: (row) =>
        formatNumber(row.dropOff, language, { style: 'percent', maximumFractionDigits: 1 }),
    },
    {
      key: 'median',
      title: t('median'),
      numeric: true,
      width: 130,
      cell: (row) => row.medianSeconds ?? '–',
    },
  ];
}

function HowFar({
  id,
  asked,
}: {
  readonly id: string;
  /** The version that is answered now; null while there is none. */
  readonly asked: Draft | null;
}): ReactElement {
  const say = useWords(leadWords);
  const t = useWords(words);
  const language = useLanguage();
  const read = useRead('GET /v1/leads/quizzes/{id}/funnel', { params: { id } });
  const funnel = shaped<Funnel | undefined>(read.data);
  const nameOfQuestion = (questionId: string): string => {
    const question = asked?.questions.find((each) => each.id === questionId);
    return question === undefined ? questionId : nameOf(question, language);
  };
  const most = Math.max(1, ...(funnel?.questions ?? []).map(({ asked }) => asked));
  const number = (value: number | undefined): string =>
    value === undefined ? '–' : formatNumber(value, language);
  return (
    <>
      <FailureNote error={read.error} />
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
        <Figure label={t('started')} value={number(funnel?.sessions.started)} />
        <Figure label={t('completed')} value={number(funnel?.sessions.completed)} tone="good" />
        <Figure label={say('abandoned')} value={number(funnel?.sessions.abandoned)} />
        <Figure label={t('contacts')} value={number(funnel?.sessions.contacts)} tone="good" />
      </div>
      <Card title={t('funnel')} isFlush>
        <DataTable<Passage>
          label={t('funnel')}
          rows={funnel?.questions ?? []}
          rowKey={({ questionId }) => questionId}
          isLoading={read.isPending}
          columns={howFarColumns({ t, language, most, nameOfQuestion, number })}
        />
      </Card>
    </>
  );
}
