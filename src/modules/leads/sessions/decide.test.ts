import { describe, expect, test } from 'vitest';
import { AT, givenEvents } from '../../../../test/support/given.ts';
import { Value } from 'typebox/value';
import { qualifyLead } from '../commands.ts';
import { EXAMPLE_QUIZ, SHORT_QUIZ } from '../quizzes/examples.ts';
import { quizStream, type QuizState } from '../quizzes/state.ts';
import type { AnswerValue } from './answer.ts';
import { decide, STEPS_MAX } from './decide.ts';
import type { SessionEvent } from './events.ts';
import { evolve, initialState, type KnownSession } from './state.ts';

const quizId = 'what-kind-of-guest';
const tokenHash = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';
const version = (number: number, definition = EXAMPLE_QUIZ) => ({
  versionId: `v${number}`,
  number,
  publishedAt: AT,
  definition,
});
const QUIZ: QuizState = { status: 'open', draft: EXAMPLE_QUIZ, versions: [version(1)] };
const sessions = { initialState, decide, evolve };

const started: SessionEvent = {
  type: 'QuizSessionStarted',
  data: {
    sessionId: 'id-1',
    quizId,
    versionId: 'v1',
    language: 'pl',
    tokenHash,
    attribution: {},
    firstQuestionId: 'occasion',
    abandonAfterMinutes: 30,
  },
};
const given = (...events: readonly SessionEvent[]) =>
  givenEvents(sessions, ...events).around(quizStream(quizId), QUIZ);
const says = (questionId: string, value: AnswerValue, more: object = {}) =>
  ({
    type: 'AnswerQuizQuestion',
    input: { quizId, tokenHash, questionId, value, ...more },
  }) as const;

/** Everything that these answers, one after another, lead to. */
function after(...answers: readonly (readonly [string, AnswerValue])[]): readonly SessionEvent[] {
  return answers.reduce<readonly SessionEvent[]>(
    (events, [questionId, value]) => {
      const next = given(...events).when(says(questionId, value));
      if (typeof next === 'string') throw new Error(`${questionId}: ${next}`);
      return [...events, ...next];
    },
    [started],
  );
}
const TO_CONTACT = [
  ['occasion', 'curious'],
  ['wishes', null],
  ['rating', 4],
] as const;
const CONTACT = { email: 'ana@example.com', consents: ['email'] } satisfies AnswerValue;

describe('a number without bounds of its own', () => {
  const [first = EXAMPLE_QUIZ.questions[0]!] = EXAMPLE_QUIZ.questions;
  const guests = { id: 'guests', kind: 'number', title: first.title, required: true } as const;
  const definition = { ...EXAMPLE_QUIZ, questions: [{ ...guests, scorePer: 10_000 }] };
  const quiz: QuizState = { status: 'open', draft: definition, versions: [version(1, definition)] };
  const answered = (value: number) =>
    givenEvents(sessions, started).around(quizStream(quizId), quiz).decision(says('guests', value));

  test('is refused beyond what a condition can be about, such as a phone number', () => {
    for (const [value, code, limit] of [
      [48_601_234_567, 'TOO_GREAT', 1_000_000_000],
      [-1e300, 'TOO_SMALL', -1_000_000_000],
    ] as const)
      expect(answered(value)).toMatchObject({
        code: 'ANSWER_INVALID',
        details: { fault: { code, params: { limit } } },
      });
  });

  test('scores no more than a lead can be qualified with', () => {
    const decision = answered(1_000_000_000);
    const done = decision.outcome === 'accepted' ? decision.events.at(-1) : undefined;
    if (done?.type !== 'QuizSessionCompleted') throw new Error('it was not completed');
    const { score, grade, endingId } = done.data;
    expect(score).toBe(10_000_000_000_000);
    expect(Value.Check(qualifyLead.input, { score, grade, endingId })).toBe(true);
  });
});

describe('getting back', () => {
  const inTwoHours = { ...SHORT_QUIZ, followUpAfterHours: 2 };

  test('what the quiz says of it is kept by the session to its end, whatever the quiz says by then', () => {
    const quiz: QuizState = { ...QUIZ, versions: [version(1, inTwoHours)] };
    const begin = { type: 'StartQuizSession', input: { quizId, tokenHash } } as const;
    const [first] = givenEvents(sessions).around(quizStream(quizId), quiz).when(begin);
    expect(first).toMatchObject({ data: { followUpAfterHours: 2 } });
    const hours = { followUpAfterHours: 2 };
    const events = after(...TO_CONTACT, ['contact', CONTACT]).map((event) =>
      event.type === 'QuizSessionStarted' ? { ...event, data: { ...event.data, ...hours } } : event,
    );
    const state = events.slice(0, -1);
    const last = given(...state.slice(0, -1)).when(says('contact', CONTACT));
    expect(last).toMatchObject([{}, { type: 'QuizSessionCompleted', data: hours }]);
  });

  test('of a quiz that says nothing nothing is kept', () => {
    const last = after(...TO_CONTACT, ['contact', CONTACT]).at(-1);
    expect(last?.type).toBe('QuizSessionCompleted');
    expect(last?.data).not.toHaveProperty('followUpAfterHours');
  });
});

describe('starting', () => {
  const start = (more: object = {}) =>
    ({ type: 'StartQuizSession', input: { quizId, tokenHash, ...more } }) as const;

  test('a session is on the newest version, in the language wished for where the quiz has it', () => {
    const around = givenEvents(sessions).around(quizStream(quizId), {
      ...QUIZ,
      versions: [version(1), version(2)],
    });
    expect(around.when(start({ language: 'pl-PL' }))).toMatchObject([
      { data: { versionId: 'v2', language: 'pl', firstQuestionId: 'occasion' } },
    ]);
    expect(around.when(start({ language: 'de' }))).toMatchObject([{ data: { language: 'en' } }]);
  });

  test('what stands behind the referrer may be about a person and is left out', () => {
    const attribution = { referrer: 'https://example.com/a?email=ana@example.com#x' };
    const events = givenEvents(sessions)
      .around(quizStream(quizId), QUIZ)
      .when(start({ attribution }));
    expect(events).toMatchObject([
      { data: { attribution: { referrer: 'https://example.com/a' } } },
    ]);
  });

  test('Q6: an id is started once', () => {
    expect(given(started).when(start())).toBe('SESSION_EXISTS');
  });

  test.each(['draft', 'closed'] as const)('a quiz that is %s starts nothing', (status) => {
    const around = givenEvents(sessions).around(quizStream(quizId), { ...QUIZ, status });
    expect(around.when(start())).toBe('QUIZ_NOT_OPEN');
  });
});

describe('answering', () => {
  test('a jump is taken, and the event says what is asked next', () => {
    expect(given(started).when(says('occasion', 'curious'))).toMatchObject([
      {
        type: 'QuizQuestionAnswered',
        data: { choices: ['curious'], isFirst: true, next: 'wishes', nextIsNew: true },
      },
    ]);
  });

  test('Q9: a question that is not on the way is refused', () => {
    expect(given(started).when(says('rating', 3))).toBe('QUESTION_NOT_ASKED');
    expect(given(...after(['occasion', 'curious'])).when(says('guests', 3))).toBe(
      'QUESTION_NOT_ASKED',
    );
  });

  test('Q9: an earlier answer may be changed; the way changes with it', () => {
    const events = given(...after(['occasion', 'curious'], ['wishes', 'x'])).when(
      says('occasion', 'party'),
    );
    expect(events).toMatchObject([{ data: { isFirst: false, next: 'guests', nextIsNew: true } }]);
  });

  test('Q10: the same answer again changes nothing, at the end too', () => {
    const all = after(...TO_CONTACT, ['contact', CONTACT]);
    expect(all.at(-1)).toMatchObject({
      type: 'QuizSessionCompleted',
      data: { score: 8, grade: 'C', endingId: 'thanks', hasContact: true, answered: 3 },
    });
    expect(given(...all).when(says('contact', CONTACT))).toEqual([]);
    expect(given(...all).when(says('wishes', null))).toEqual([]);
    expect(given(...all).when(says('rating', 5))).toBe('SESSION_COMPLETED');
  });

  test('Q2: an answer to another version is refused with the version of the session', () => {
    const around = given(started).around(quizStream(quizId), {
      ...QUIZ,
      versions: [version(1), version(2, SHORT_QUIZ)],
    });
    const decided = around.decision(says('occasion', 'party', { versionId: 'v2' }));
    expect(decided).toMatchObject({ code: 'QUIZ_VERSION_OTHER', details: { versionId: 'v1' } });
    expect(around.when(says('nowhere', 'x'))).toBe('QUESTION_UNKNOWN');
    expect(around.when(says('occasion', 'curious'))).toMatchObject([{ data: { versionId: 'v1' } }]);
  });

  test('Q5: another token, and another quiz, find no session', () => {
    const other = { ...says('occasion', 'party').input, tokenHash: `${tokenHash.slice(0, -1)}A` };
    expect(given(started).when({ type: 'AnswerQuizQuestion', input: other })).toBe(
      'SESSION_UNKNOWN',
    );
    const elsewhere = { ...says('occasion', 'party').input, quizId: 'another' };
    expect(given(started).when({ type: 'AnswerQuizQuestion', input: elsewhere })).toBe(
      'SESSION_UNKNOWN',
    );
  });

  test.each<[string, AnswerValue, string]>([
    ['occasion', 'nothing', 'there is no such option'],
    ['occasion', null, 'an answer is required'],
    ['occasion', ['party'], 'one option is asked'],
    ['occasion', 3, 'one option is asked'],
  ])('%s cannot be answered with %j', (questionId, value, reason) => {
    const decided = given(started).decision(says(questionId, value));
    expect(decided).toMatchObject({ code: 'ANSWER_INVALID', details: { reason } });
  });

  test.each<[string, AnswerValue, object]>([
    ['guests', 9000, { code: 'TOO_GREAT', params: { limit: 500 } }],
    ['occasion', null, { code: 'REQUIRED' }],
    ['occasion', 3, { code: 'WRONG_TYPE', params: { type: 'string' } }],
  ])('what is wrong with %s of %j is told by a code for words of any language', (...asked) => {
    const [questionId, value, fault] = asked;
    const decided = given(started).decision(says(questionId, value));
    expect(decided).toMatchObject({ code: 'ANSWER_INVALID', details: { questionId, fault } });
  });

  test.each<[AnswerValue, string]>([
    [{ name: 'Ana', consents: ['email'] }, 'email is required'],
    [{ email: 'ana@example.com' }, 'the consent to email is required'],
    [{ email: 'ana@example.com', consents: ['email', 'sms'] }, 'sms is not offered'],
  ])('a contact such as %j is refused', (value, reason) => {
    const decided = given(...after(...TO_CONTACT)).decision(says('contact', value));
    expect(decided).toMatchObject({ code: 'ANSWER_INVALID', details: { reason } });
  });

  test('Q13: consent is kept with the words that were shown', () => {
    const events = given(...after(...TO_CONTACT)).when(says('contact', CONTACT));
    expect(events).toMatchObject([
      { data: { consents: [{ channel: 'email', wording: 'Napiszcie do mnie e-mail.' }] } },
      { type: 'QuizSessionCompleted' },
    ]);
  });

  test('Q11: a session takes no more answers than any quiz needs', () => {
    const { state } = given(started);
    const long = { ...(state as KnownSession), steps: STEPS_MAX };
    const around = { stateOf: () => QUIZ, versionOf: () => 1 };
    const command = { ...says('occasion', 'party'), ...COMMAND };
    expect(decide(long, command, around)).toMatchObject({ code: 'SESSION_TOO_LONG' });
  });
});

const COMMAND = {
  id: 'id-1',
  at: AT,
  commandId: 'c',
  secret: '',
  actor: 'public:quiz',
  approver: null,
  number: 0,
};
const later = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();

describe('being left', () => {
  const look = (minutes: number) =>
    ({ type: 'AbandonQuizSession', input: {}, at: later(minutes) }) as const;

  test('nobody answered for as long as the quiz allows', () => {
    expect(given(started).when(look(30))).toMatchObject([
      { type: 'QuizSessionAbandoned', data: { questionId: 'occasion', hasContact: false } },
    ]);
  });

  test('somebody did: it is looked at again then', () => {
    expect(given(started).when(look(29))).toMatchObject([
      { type: 'QuizSessionFoundActive', data: { lookAgainAt: later(30) } },
    ]);
  });

  test('what is completed or left already stays so', () => {
    const left = given(started).when(look(31));
    if (typeof left === 'string') throw new Error(left);
    expect(given(started, ...left).when(look(99))).toEqual([]);
    expect(given(...after(...TO_CONTACT, ['contact', CONTACT])).when(look(99))).toEqual([]);
  });

  test('an answer resumes it', () => {
    const left = given(started).when(look(31));
    if (typeof left === 'string') throw new Error(left);
    expect(given(started, ...left).when(says('occasion', 'party'))).toMatchObject([
      { type: 'QuizSessionResumed', data: { questionId: 'occasion' } },
      { type: 'QuizQuestionAnswered' },
    ]);
  });
});
