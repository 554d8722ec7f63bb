import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import type { Texts } from '../definition.ts';
import { QUIZ_EVENTS, type QuizEvent } from '../events.ts';

interface QuizRow {
  readonly title: Texts;
  readonly languages: readonly string[];
  readonly status: string;
  /** Null before the first one is published. */
  readonly version_id: string | null;
  readonly questions: number;
  readonly created_at: string;
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

export const quizList = defineReadModel<Recorded<QuizEvent>, QuizRow>({
  name: 'leads.quizzes',
  version: 1,
  columns: {
    title: 'jsonb',
    languages: 'jsonb',
    status: 'text',
    version_id: 'text',
    questions: 'integer',
    created_at: 'timestamptz',
    changed_at: 'timestamptz',
  },
  indexes: [['created_at']],
  on: QUIZ_EVENTS,
  keys: (event) => [event.data.quizId],
  project(row, event) {
    const { at } = event;
    if (event.type === 'QuizCreated') {
      const { title, languages, questions } = event.data.definition;
      const times = { created_at: at, changed_at: at };
      const shape = { title, languages, questions: questions.length };
      return { ...shape, status: 'draft', version_id: null, ...times };
    }
    if (row === null) return null;
    switch (event.type) {
      case 'QuizDraftSaved':
        return { ...row, changed_at: at };
      case 'QuizPublished': {
        const { title, languages, questions } = event.data.definition;
        const shape = { title, languages, questions: questions.length };
        const version = { status: 'open', version_id: event.data.versionId };
        return { ...row, ...shape, ...version, changed_at: at };
      }
      case 'QuizClosed':
        return { ...row, status: 'closed', changed_at: at };
      case 'QuizReopened': {
        const status = row.version_id === null ? 'draft' : 'open';
        return { ...row, status, changed_at: at };
      }
    }
  },
  personal: 'none',
  list: {
    filters: { status: 'status' },
    order: [{ column: 'created_at', descending: true }],
  },
});
