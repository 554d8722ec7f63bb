/** The person of a session is the session itself; a lead made of it has the same id, so that one erasure forgets both. */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import {
  attribution,
  CONTACT_POINTERS,
  consentGiven,
  contactFields,
  personal,
} from '../contact.ts';

const ids = { sessionId: Type.String(), quizId: Type.String(), versionId: Type.String() };
const PERSON = '/sessionId';

/** Of an answer: what it says of the way through the quiz. */
const step = {
  questionId: Type.String(),
  /** False for an answer that replaces an earlier one. */
  isFirst: Type.Boolean(),
  /** Since the question was first shown. */
  tookMs: Type.Integer({ minimum: 0 }),
  /** The question that is asked now; null at the end. */
  next: Type.Union([Type.String(), Type.Null()]),
  /** Whether it had never been asked before. */
  nextIsNew: Type.Boolean(),
};

/** As the quiz of that version says; absent where it does not. */
const followUpAfterHours = Type.Optional(Type.Integer({ minimum: 0 }));

export const quizSessionStarted = defineEvent({
  name: 'QuizSessionStarted',
  wireName: 'comptoir.quiz-session.started',
  data: Type.Object({
    ...ids,
    language: Type.String(),
    /** SHA-256 of the token that answers need, in base64url; the token itself is kept nowhere. */
    tokenHash: Type.String(),
    attribution,
    firstQuestionId: Type.String(),
    abandonAfterMinutes: Type.Integer({ minimum: 1 }),
    followUpAfterHours,
  }),
});

export const quizQuestionAnswered = defineEvent({
  name: 'QuizQuestionAnswered',
  wireName: 'comptoir.quiz-session.question-answered',
  data: Type.Object({
    ...ids,
    ...step,
    skipped: Type.Boolean(),
    choices: Type.Optional(Type.Array(Type.String())),
    number: Type.Optional(Type.Number()),
    text: Type.Optional(personal(Type.String())),
  }),
  personal: { person: PERSON, fields: ['/text'] },
});

export const quizContactGiven = defineEvent({
  name: 'QuizContactGiven',
  wireName: 'comptoir.quiz-session.contact-given',
  data: Type.Object({
    ...ids,
    ...step,
    ...contactFields,
    language: Type.String(),
    consents: Type.Array(consentGiven),
    attribution,
  }),
  personal: { person: PERSON, fields: [...CONTACT_POINTERS] },
});

export const quizSessionCompleted = defineEvent({
  name: 'QuizSessionCompleted',
  wireName: 'comptoir.quiz-session.completed',
  data: Type.Object({
    ...ids,
    score: Type.Integer(),
    variables: Type.Record(Type.String(), Type.Integer()),
    endingId: Type.Union([Type.String(), Type.Null()]),
    grade: Type.Union([Type.String(), Type.Null()]),
    hasContact: Type.Boolean(),
    answered: Type.Integer({ minimum: 0 }),
    tookMs: Type.Integer({ minimum: 0 }),
    followUpAfterHours,
  }),
});

export const quizSessionAbandoned = defineEvent({
  name: 'QuizSessionAbandoned',
  wireName: 'comptoir.quiz-session.abandoned',
  data: Type.Object({
    ...ids,
    /** Where it was left. */
    questionId: Type.Union([Type.String(), Type.Null()]),
    hasContact: Type.Boolean(),
    answered: Type.Integer({ minimum: 0 }),
    followUpAfterHours,
  }),
});

export const quizSessionResumed = defineEvent({
  name: 'QuizSessionResumed',
  wireName: 'comptoir.quiz-session.resumed',
  data: Type.Object({
    ...ids,
    /** Where it had been left. */
    questionId: Type.Union([Type.String(), Type.Null()]),
    abandonAfterMinutes: Type.Integer({ minimum: 1 }),
  }),
});

/** It was answered since it was last looked at: to be looked at again then. */
export const quizSessionFoundActive = defineEvent({
  name: 'QuizSessionFoundActive',
  wireName: 'comptoir.quiz-session.found-active',
  data: Type.Object({ ...ids, lookAgainAt: Type.String() }),
});

export const SESSION_EVENTS = [
  quizSessionStarted,
  quizQuestionAnswered,
  quizContactGiven,
  quizSessionCompleted,
  quizSessionAbandoned,
  quizSessionResumed,
  quizSessionFoundActive,
] as const;
export type SessionEvent = EventOf<(typeof SESSION_EVENTS)[number]>;
