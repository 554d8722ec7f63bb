import type { EventMoment, StreamReference } from '../../../core/aggregate.ts';
import type { QuizDefinition } from './definition.ts';
import type { QuizEvent } from './events.ts';

export const QUIZZES = 'leads.quizzes';

export function quizStream(quizId: string): StreamReference {
  return { category: QUIZZES, id: quizId };
}

export interface QuizVersion {
  readonly versionId: string;
  readonly number: number;
  /** RFC 3339. */
  readonly publishedAt: string;
  readonly definition: QuizDefinition;
}

export interface KnownQuiz {
  /** `open` has a published version that sessions may be started on. */
  readonly status: 'draft' | 'open' | 'closed';
  readonly draft: QuizDefinition;
  /** Oldest first, all of them: sessions stay on theirs. */
  readonly versions: readonly QuizVersion[];
}

export type QuizState = { readonly status: 'unknown' } | KnownQuiz;

export const initialState: QuizState = { status: 'unknown' };

export function evolve(state: QuizState, event: QuizEvent, { at }: EventMoment): QuizState {
  if (event.type === 'QuizCreated')
    return { status: 'draft', draft: event.data.definition, versions: [] };
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'QuizDraftSaved':
      return { ...state, draft: event.data.definition };
    case 'QuizPublished': {
      const { versionId, number, definition } = event.data;
      const version = { versionId, number, publishedAt: at, definition };
      return { status: 'open', draft: definition, versions: [...state.versions, version] };
    }
    case 'QuizClosed':
      return { ...state, status: 'closed' };
    case 'QuizReopened':
      return { ...state, status: state.versions.length > 0 ? 'open' : 'draft' };
  }
}

/** The version that new sessions are started on; null where there is none, or none are started. */
export function openVersion(state: QuizState): QuizVersion | null {
  return state.status === 'open' ? (state.versions.at(-1) ?? null) : null;
}

export function versionOf(state: QuizState, versionId: string): QuizVersion | null {
  if (state.status === 'unknown') return null;
  return state.versions.find((each) => each.versionId === versionId) ?? null;
}

/** Without the definitions of older versions, which together may be large. */
export function view(state: QuizState): object {
  if (state.status === 'unknown') return state;
  const { status, draft, versions } = state;
  return {
    status,
    draft,
    published: versions.at(-1) ?? null,
    versions: versions.map(({ versionId, number, publishedAt }) => ({
      versionId,
      number,
      publishedAt,
    })),
  };
}
