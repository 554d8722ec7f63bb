import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { quizDefinition } from './definition.ts';

const quizId = Type.String();

export const quizCreated = defineEvent({
  name: 'QuizCreated',
  wireName: 'comptoir.quiz.created',
  data: Type.Object({ quizId, definition: quizDefinition }),
});

export const quizDraftSaved = defineEvent({
  name: 'QuizDraftSaved',
  wireName: 'comptoir.quiz.draft-saved',
  data: Type.Object({ quizId, definition: quizDefinition }),
});

/** Versions are numbered 1, 2, 3; sessions stay on the one they were started on. */
export const quizPublished = defineEvent({
  name: 'QuizPublished',
  wireName: 'comptoir.quiz.published',
  data: Type.Object({
    quizId,
    versionId: Type.String(),
    number: Type.Integer({ minimum: 1 }),
    definition: quizDefinition,
  }),
});

export const quizClosed = defineEvent({
  name: 'QuizClosed',
  wireName: 'comptoir.quiz.closed',
  data: Type.Object({ quizId }),
});

export const quizReopened = defineEvent({
  name: 'QuizReopened',
  wireName: 'comptoir.quiz.reopened',
  data: Type.Object({ quizId }),
});

export const QUIZ_EVENTS = [
  quizCreated,
  quizDraftSaved,
  quizPublished,
  quizClosed,
  quizReopened,
] as const;
export type QuizEvent = EventOf<(typeof QUIZ_EVENTS)[number]>;
