import { describe, expect, test } from 'vitest';
import { givenEvents } from '../../../../test/support/given.ts';
import { decide, VERSIONS_MAX } from './decide.ts';
import type { QuizEvent } from './events.ts';
import { EXAMPLE_QUIZ, SHORT_QUIZ } from './examples.ts';
import { evolve, initialState, openVersion, view, type QuizState } from './state.ts';

const quizzes = { initialState, decide, evolve };
const given = (...events: readonly QuizEvent[]) => givenEvents(quizzes, ...events);
const quizId = 'id-1';
const created: QuizEvent = { type: 'QuizCreated', data: { quizId, definition: SHORT_QUIZ } };
const published = (number: number, definition = SHORT_QUIZ): QuizEvent => ({
  type: 'QuizPublished',
  data: { quizId, versionId: `v${number}`, number, definition },
});
const saved: QuizEvent = { type: 'QuizDraftSaved', data: { quizId, definition: EXAMPLE_QUIZ } };
const closed: QuizEvent = { type: 'QuizClosed', data: { quizId } };
const publish = { type: 'PublishQuiz', input: {} } as const;

describe('creating', () => {
  const create = { slug: 'x', definition: SHORT_QUIZ };

  test('Q1: a slug is taken once', () => {
    expect(given().when({ type: 'CreateQuiz', input: create })).toEqual([created]);
    expect(given(created).when({ type: 'CreateQuiz', input: create })).toBe('QUIZ_EXISTS');
  });

  test('one with faults may be a draft and cannot be published at once', () => {
    const definition = { ...SHORT_QUIZ, endings: [] };
    const input = { ...create, definition };
    expect(given().when({ type: 'CreateQuiz', input })).toHaveLength(1);
    const decided = given().decision({ type: 'CreateQuiz', input: { ...input, publish: true } });
    expect(decided).toMatchObject({
      code: 'QUIZ_FAULTY',
      details: { faults: [{ code: 'ENDING_MISSING' }] },
    });
  });
});

describe('publishing', () => {
  test('versions are numbered, and older ones stay as they are', () => {
    expect(given(created).when(publish)).toEqual([published(1)]);
    const second = given(created, published(1), saved);
    expect(second.when(publish)).toEqual([published(2, EXAMPLE_QUIZ)]);
    // safe because the fold gives nothing else
    const state = given(created, published(1), saved, published(2, EXAMPLE_QUIZ)).state as Extract<
      QuizState,
      { versions: unknown }
    >;
    expect(state.versions.map(({ definition }) => definition)).toEqual([SHORT_QUIZ, EXAMPLE_QUIZ]);
    expect(openVersion(state)?.versionId).toBe('v2');
    expect(JSON.stringify(view(state)).split('Tea or coffee?')).toHaveLength(1);
  });

  test('what is published already is not published again', () => {
    expect(given(created, published(1)).when(publish)).toEqual([]);
    expect(given(created, published(1), closed).when(publish)).toMatchObject([
      { type: 'QuizReopened' },
    ]);
  });

  test('there is an end to versions', () => {
    const all = Array.from({ length: VERSIONS_MAX }, (_, index) => published(index + 1));
    expect(given(created, ...all, saved).when(publish)).toBe('QUIZ_VERSIONS_FULL');
  });
});

test('a closed quiz is reopened with the version it had', () => {
  const { state } = given(created, published(1), closed);
  expect(openVersion(state)).toBeNull();
  const reopened: QuizEvent = { type: 'QuizReopened', data: { quizId } };
  const after = given(created, published(1), closed, reopened).state;
  expect(openVersion(after)?.versionId).toBe('v1');
  expect(given(created, closed, reopened).state).toMatchObject({ status: 'draft' });
});
