/** The quizzes of the house, and who visited them. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { LinkButton } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { SelectField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import type { Language } from '../../words/define-words.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import { generatedPath } from '../generated/generic-calls.ts';
import { usePages } from '../lists/use-pages.ts';
import { textOf, type Texts } from './quiz-draft.ts';
import { words } from './words.ts';
import { words as leadWords } from './words-lead.ts';
import { words as quizWords } from './words-quiz.ts';

export interface QuizRow {
  readonly id: string;
  readonly title: Texts;
  readonly languages: readonly string[];
  readonly status: 'draft' | 'open' | 'closed';
  readonly versionId: string | null;
  readonly questions: number;
  readonly changedAt: string;
}

export const QUIZ_TONES = { draft: 'waiting', open: 'good', closed: 'plain' } as const;

export function QuizzesList(): ReactElement {
  const t = useWords(words);
  const say = useWords(leadWords);
  const quiz = useWords(quizWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const { at } = useAsOf();
  const list = usePages<QuizRow>('GET /v1/leads/quizzes', { at: at ?? undefined });
  return (
    <>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <DataTable<QuizRow>
        label={t('quizzes')}
        rows={list.rows}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        loadMore={list.loadMore}
        onOpen={({ id }) => void navigate({ to: `/leads/quizzes/${encodeURIComponent(id)}` })}
        empty={
          <EmptyState
            icon="leads"
            title={t('quiz-title')}
            text={t('quiz-text')}
            action={
              <LinkButton to="/leads/quizzes/new" kind="primary" icon="plus">
                {quiz('new-quiz')}
              </LinkButton>
            }
          />
        }
        columns={quizColumns({ quiz, say, language })}
      />
    </>
  );
}

function quizColumns(of: {
  readonly quiz: Speak<keyof typeof quizWords.en>;
  readonly say: Speak<keyof typeof leadWords.en>;
  readonly language: Language;
}): readonly Column<QuizRow>[] {
  const { quiz, say, language } = of;
  return [
    {
      key: 'title',
      title: quiz('title'),
      width: 'minmax(160px, 2fr)',
      sortable: (row) => textOf(row.title, language),
      cell: (row) => (
        <bdi className="truncate font-medium">{textOf(row.title, language) || row.id}</bdi>
      ),
    },
    {
      key: 'status',
      title: say('state'),
      width: 120,
      cell: (row) => <Badge tone={QUIZ_TONES[row.status]}>{quiz(row.status)}</Badge>,
    },
    {
      key: 'questions',
      title: say('questions'),
      numeric: true,
      width: 110,
      cell: (row) => row.questions,
    },
    {
      key: 'languages',
      title: say('language'),
      width: 'minmax(100px, 1fr)',
      cell: (row) => row.languages.join(', '),
    },
    { key: 'version', title: say('version'), width: 100, cell: (row) => row.versionId ?? '–' },
    {
      key: 'changedAt',
      title: say('changed'),
      width: 150,
      sortable: true,
      cell: (row) => <Moment at={row.changedAt} relative />,
    },
  ];
}

interface VisitRow {
  readonly id: string;
  readonly quizId: string;
  readonly status: 'open' | 'abandoned' | 'completed';
  readonly language: string;
  readonly hasContact: boolean;
  readonly answered: number;
  readonly score: number | null;
  readonly grade: string | null;
  readonly startedAt: string;
}

const VISITS = ['open', 'abandoned', 'completed'] as const;
const VISIT_TONES = { open: 'info', abandoned: 'waiting', completed: 'good' } as const;
const PAGE_ROWS = 100;

export function VisitsList(): ReactElement {
  const t = useWords(words);
  const say = useWords(leadWords);
  const navigate = useNavigate();
  const { at } = useAsOf();
  const [chosen, choose] = useUrlState('visit', 'all');
  const status = VISITS.find((each) => each === chosen);
  const list = usePages<VisitRow>(
    'GET /v1/leads/sessions',
    { status, at: at ?? undefined },
    { limit: PAGE_ROWS, live: 'GET /v1/leads/sessions/live' },
  );
  return (
    <>
      <div className="flex">
        <SelectField
          label={say('state')}
          value={status ?? 'all'}
          onChange={choose}
          options={[
            { value: 'all', label: say('all-visits') },
            ...VISITS.map((value) => ({ value, label: say(value) })),
          ]}
        />
      </div>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <DataTable<VisitRow>
        label={t('sessions')}
        rows={list.rows}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        loadMore={list.loadMore}
        onOpen={({ id }) => void navigate({ to: generatedPath('leads.sessions', id) })}
        empty={<EmptyState icon="leads" title={say('visits-title')} text={say('visits-text')} />}
        columns={visitColumns(say)}
      />
    </>
  );
}

function visitColumns(say: Speak<keyof typeof leadWords.en>): readonly Column<VisitRow>[] {
  return [
    {
      key: 'startedAt',
      title: say('begun'),
      width: 200,
      sortable: true,
      cell: (row) => <Moment at={row.startedAt} />,
    },
    {
      key: 'quiz',
      title: say('quiz'),
      width: 'minmax(120px, 1.5fr)',
      cell: (row) => <bdi className="truncate">{row.quizId}</bdi>,
    },
    {
      key: 'status',
      title: say('state'),
      width: 140,
      cell: (row) => <Badge tone={VISIT_TONES[row.status]}>{say(row.status)}</Badge>,
    },
    {
      key: 'answered',
      title: say('answered'),
      numeric: true,
      width: 110,
      cell: (row) => row.answered,
    },
    {
      key: 'contact',
      title: say('contact'),
      width: 'minmax(120px, 1fr)',
      cell: (row) => say(row.hasContact ? 'has-contact' : 'no-contact'),
    },
    { key: 'grade', title: say('grade'), width: 90, cell: (row) => <bdi>{row.grade ?? '–'}</bdi> },
    {
      key: 'score',
      title: say('score'),
      numeric: true,
      width: 90,
      sortable: true,
      cell: (row) => row.score ?? '–',
    },
  ];
}
