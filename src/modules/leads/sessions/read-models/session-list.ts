import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import {
  quizContactGiven,
  quizSessionAbandoned,
  quizSessionCompleted,
  quizSessionResumed,
  quizSessionStarted,
  type SessionEvent,
} from '../events.ts';

/** Without the single answers: they are a thousand a second at times, and each would write the row again. */
const ON = [
  quizSessionStarted,
  quizContactGiven,
  quizSessionCompleted,
  quizSessionAbandoned,
  quizSessionResumed,
] as const;
type Listed = Extract<SessionEvent, { type: (typeof ON)[number]['name'] }>;

interface SessionRow {
  readonly quiz_id: string;
  readonly version_id: string;
  readonly status: string;
  readonly language: string;
  readonly has_contact: boolean;
  /** Null until it is completed or abandoned. */
  readonly answered: number | null;
  readonly score: number | null;
  readonly grade: string | null;
  readonly ending_id: string | null;
  readonly utm_source: string | null;
  readonly utm_campaign: string | null;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly [column: string]: unknown;
}

export const sessionList = defineReadModel<Recorded<Listed>, SessionRow>({
  name: 'leads.sessions',
  version: 1,
  columns: {
    quiz_id: 'text',
    version_id: 'text',
    status: 'text',
    language: 'text',
    has_contact: 'boolean',
    answered: 'integer',
    score: 'bigint',
    grade: 'text',
    ending_id: 'text',
    utm_source: 'text',
    utm_campaign: 'text',
    started_at: 'timestamptz',
    ended_at: 'timestamptz',
  },
  indexes: [['started_at'], ['quiz_id', 'started_at']],
  on: ON,
  keys: (event) => [event.data.sessionId],
  project(row, event) {
    if (event.type === 'QuizSessionStarted') {
      const { quizId, versionId, language, attribution } = event.data;
      const { utmSource = null, utmCampaign = null } = attribution;
      return {
        quiz_id: quizId,
        version_id: versionId,
        status: 'open',
        language,
        has_contact: false,
        answered: null,
        score: null,
        grade: null,
        ending_id: null,
        utm_source: utmSource,
        utm_campaign: utmCampaign,
        started_at: event.at,
        ended_at: null,
      };
    }
    if (row === null) return null;
    switch (event.type) {
      case 'QuizContactGiven':
        return { ...row, has_contact: true };
      case 'QuizSessionCompleted': {
        const { score, grade, endingId, answered } = event.data;
        const result = { score, grade, ending_id: endingId, answered };
        return { ...row, ...result, status: 'completed', ended_at: event.at };
      }
      case 'QuizSessionAbandoned': {
        const { answered } = event.data;
        return { ...row, status: 'abandoned', answered, ended_at: event.at };
      }
      case 'QuizSessionResumed':
        return { ...row, status: 'open', answered: null, ended_at: null };
    }
  },
  // What the events say of the person does not reach the row; whose session it is, it says.
  personal: { person: 'key', columns: [] },
  list: {
    filters: { quizId: 'quiz_id', versionId: 'version_id', status: 'status', source: 'utm_source' },
    order: [{ column: 'started_at', descending: true }],
    range: { column: 'started_at' },
  },
});
