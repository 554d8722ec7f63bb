import { expect, test } from 'vitest';
import { AT } from '../../../test/support/given.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import { abandonIdle, followSessions } from './policies.ts';

const ids = { sessionId: 's-1', quizId: 'q', versionId: 'v1' };
const recorded = (type: string, data: object): RecordedEvent =>
  // safe because these policies look at nothing else
  ({ type, data: { ...ids, ...data }, id: 's-1', at: AT }) as unknown as RecordedEvent;

test('a session has one timer, which moves when it was answered since', () => {
  const started = recorded('QuizSessionStarted', { abandonAfterMinutes: 30 });
  expect(abandonIdle.react(started, undefined)).toMatchObject([
    { kind: 'timer', timer: 'idle', at: '2026-11-21T10:00:00.000Z' },
  ]);
  const active = recorded('QuizSessionFoundActive', { lookAgainAt: '2026-11-21T10:07:00.000Z' });
  expect(abandonIdle.react(active, undefined)).toMatchObject([
    { timer: 'idle', at: '2026-11-21T10:07:00.000Z', command: { command: 'AbandonQuizSession' } },
  ]);
});

test('Q12: a contact makes a lead with the id of the session', () => {
  const given = recorded('QuizContactGiven', {
    email: 'ana@example.com',
    language: 'en',
    consents: [],
    attribution: {},
  });
  expect(followSessions.react(given, undefined)).toMatchObject([
    { command: 'CaptureLead', id: 's-1', input: { contact: { email: 'ana@example.com' } } },
  ]);
});

test('whoever was erased before is nobody to get back to', () => {
  const erased = recorded('QuizContactGiven', { email: null, name: null, consents: [] });
  expect(followSessions.react(erased, undefined)).toEqual([]);
});

test('what was completed qualifies the lead and asks that somebody gets back to it', () => {
  const result = { score: 90, grade: 'A', endingId: 'call' };
  const done = (hasContact: boolean) =>
    followSessions.react(recorded('QuizSessionCompleted', { ...result, hasContact }), undefined);
  expect(done(true)).toMatchObject([
    { command: 'QualifyLead', input: result },
    { command: 'RequestLeadFollowUp', input: { reason: 'completed' } },
  ]);
  expect(done(false)).toEqual([]);
});

test('what was left with a contact is followed too', () => {
  const left = recorded('QuizSessionAbandoned', { questionId: 'x', hasContact: true, answered: 1 });
  expect(followSessions.react(left, undefined)).toMatchObject([
    { command: 'RequestLeadFollowUp', input: { reason: 'abandoned' } },
  ]);
});

test('whoever gets back does so as soon as the quiz says, where it says something', () => {
  const said = (name: string, more: object) =>
    followSessions
      .react(recorded(name, { sessionId: 's', hasContact: true, ...more }), undefined)
      .at(-1);
  const after = { followUpAfterHours: 0 };
  expect(said('QuizSessionCompleted', after)).toMatchObject({
    input: { reason: 'completed', inHours: 0 },
  });
  expect(said('QuizSessionAbandoned', after)).toMatchObject({
    input: { reason: 'abandoned', inHours: 0 },
  });
  expect(said('QuizSessionCompleted', {})).toHaveProperty('input', { reason: 'completed' });
});
