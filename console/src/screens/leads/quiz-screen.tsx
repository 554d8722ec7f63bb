/** One quiz: how far people come, question by question; its questions, commands and story. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { DataTable, type Column } from '../../design/data-table.tsx';
import { Figure } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { formatNumber } from '../../words/format.ts';
import type { Language } from '../../words/define-words.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import { ThingScreen } from '../lists/thing-screen.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { words } from './words.ts';

interface Question {
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
  readonly questions: readonly Question[];
}

export function QuizScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingScreen
      category="leads.quizzes"
      title={t('title')}
      back="/leads"
      above={(id) => <HowFar id={id} />}
    />
  );
}

function howFarColumns(of: {
  readonly t: Speak<keyof typeof words.en>;
  readonly language: Language;
  readonly most: number;
  number(value: number | undefined): string;
}): readonly Column<Question>[] {
  const { t, language, most, number } = of;
  return [
    {
      key: 'question',
      title: t('question'),
      width: 'minmax(120px, 1fr)',
      cell: (row) => row.questionId,
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

function HowFar({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const read = useRead('GET /v1/leads/quizzes/{id}/funnel', { params: { id } });
  const funnel = shaped<Funnel | undefined>(read.data);
  const most = Math.max(1, ...(funnel?.questions ?? []).map(({ asked }) => asked));
  const number = (value: number | undefined): string =>
    value === undefined ? '–' : formatNumber(value, language);
  return (
    <>
      <FailureNote error={read.error} />
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
        <Figure label={t('started')} value={number(funnel?.sessions.started)} />
        <Figure label={t('completed')} value={number(funnel?.sessions.completed)} tone="good" />
        <Figure label={t('abandoned')} value={number(funnel?.sessions.abandoned)} />
        <Figure label={t('contacts')} value={number(funnel?.sessions.contacts)} tone="good" />
      </div>
      <Card title={t('funnel')} isFlush>
        <DataTable<Question>
          label={t('funnel')}
          rows={funnel?.questions ?? []}
          rowKey={({ questionId }) => questionId}
          isLoading={read.isPending}
          columns={howFarColumns({ t, language, most, number })}
        />
      </Card>
    </>
  );
}
