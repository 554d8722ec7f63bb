import { expect, test } from 'vitest';
import { rowAfter } from '../../../../../test/support/given.ts';
import type { SessionEvent } from '../events.ts';
import { emptyRow, funnelKey, quizFunnel } from './funnel.ts';

const ids = { sessionId: 's', quizId: 'q', versionId: 'v1' };
const rowOf = (questionId: string | null, events: readonly SessionEvent[]) =>
  rowAfter(quizFunnel, funnelKey(ids, questionId), events);
const started: SessionEvent = {
  type: 'QuizSessionStarted',
  data: {
    ...ids,
    language: 'en',
    tokenHash: 'h',
    attribution: {},
    firstQuestionId: 'a',
    abandonAfterMinutes: 30,
  },
};
const answered = (questionId: string, more: object): SessionEvent => ({
  type: 'QuizQuestionAnswered',
  data: {
    ...ids,
    questionId,
    isFirst: true,
    tookMs: 4_000,
    next: 'b',
    nextIsNew: true,
    skipped: false,
    ...more,
  },
});
const empty = (questionId: string | null) => emptyRow({ ...ids, questionId });

test('Q16: a question counts once for each session, however often it is answered', () => {
  const again = answered('a', { isFirst: false, nextIsNew: false });
  const events = [started, answered('a', {}), again, again];
  expect(rowOf('a', events)).toEqual({
    ...empty('a'),
    asked: 1,
    answered: 1,
    took_ms: 4_000,
    times: [0, 1, 0, 0, 0, 0, 0, 0, 0],
  });
  expect(rowOf('b', events)).toEqual({ ...empty('b'), asked: 1 });
});

test('a skipped question is no answer, and its time is not counted', () => {
  expect(rowOf('a', [started, answered('a', { skipped: true })])).toEqual({
    ...empty('a'),
    asked: 1,
    skipped: 1,
  });
});

test('whoever leaves is counted where they left, until they come back', () => {
  const left: SessionEvent = {
    type: 'QuizSessionAbandoned',
    data: { ...ids, questionId: 'a', hasContact: false, answered: 0 },
  };
  const back: SessionEvent = {
    type: 'QuizSessionResumed',
    data: { ...ids, questionId: 'a', abandonAfterMinutes: 30 },
  };
  expect(rowOf('a', [started, left])).toMatchObject({ asked: 1, abandoned: 1 });
  expect(rowOf(null, [started, left])).toMatchObject({ asked: 1, abandoned: 1 });
  expect(rowOf('a', [started, left, back])).toMatchObject({ abandoned: 0 });
  expect(rowOf(null, [started, left, back])).toMatchObject({ abandoned: 0 });
});
