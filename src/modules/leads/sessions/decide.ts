/**
 * A session:   (unknown) -- start --> open -- last answer --> completed
 *                                     open -- nobody answers --> abandoned -- answer --> open (resumed) or completed
 *
 * It is decided beside the quiz, of which it sees the version it was started on for as long as it lives.
 */
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import { plainAttribution, type ConsentGiven } from '../contact.ts';
import { ABANDON_AFTER_MINUTES, type QuizDefinition } from '../quizzes/definition.ts';
import { openVersion, quizStream, versionOf, type QuizState } from '../quizzes/state.ts';
import { outcomeOf, walk, type Walk } from '../quizzes/walk.ts';
import { readAnswer, type ReadAnswer } from './answer.ts';
import type { SessionCommand } from './commands.ts';
import type { SessionEvent } from './events.ts';
import type { HeldAnswer, KnownSession, SessionState } from './state.ts';

/** Every question several times over; keeps a stream that anybody can write to short. */
export const STEPS_MAX = 300;

const MINUTE_MS = 60_000;

type Start = Extract<SessionCommand, { type: 'StartQuizSession' }>;
type Answer = Extract<SessionCommand, { type: 'AnswerQuizQuestion' }>;

export function consults(command: SessionCommand): readonly StreamReference[] {
  return command.type === 'AbandonQuizSession' ? [] : [quizStream(command.input.quizId)];
}

export function decide(
  state: SessionState,
  command: SessionCommand,
  around: Surroundings,
): Decision<SessionEvent> {
  switch (command.type) {
    case 'StartQuizSession':
      return start(state, command, around);
    case 'AnswerQuizQuestion':
      return answer(state, command, around);
    case 'AbandonQuizSession':
      return state.status === 'open' ? abandon(state, command) : accepted([]);
  }
}

function quizAround(around: Surroundings, quizId: string): QuizState {
  // safe because the stream is one of the category
  return around.stateOf(quizStream(quizId)) as QuizState;
}

function start(
  state: SessionState,
  { id: sessionId, input }: Start,
  around: Surroundings,
): Decision<SessionEvent> {
  if (state.status !== 'unknown') return rejected('SESSION_EXISTS');
  const { quizId, tokenHash, language: wished, attribution = {} } = input;
  const published = openVersion(quizAround(around, quizId));
  const first = published?.definition.questions[0];
  if (published === null || first === undefined) return rejected('QUIZ_NOT_OPEN');
  const { versionId, definition } = published;
  const data = {
    sessionId,
    quizId,
    versionId,
    language: languageFor(definition, wished),
    tokenHash,
    attribution: plainAttribution(attribution),
    firstQuestionId: first.id,
    abandonAfterMinutes: definition.abandonAfterMinutes ?? ABANDON_AFTER_MINUTES,
    ...followUpIn(definition),
  };
  return accepted([{ type: 'QuizSessionStarted', data }]);
}

/** The one wished for, the same language of another country, or the quiz's first. */
export function languageFor({ languages }: QuizDefinition, wished: string | undefined): string {
  const base = wished?.slice(0, 2);
  const found =
    languages.find((each) => each === wished) ??
    languages.find((each) => each.slice(0, 2) === base);
  return found ?? languages[0] ?? 'en';
}

/** `session` and the definition it stays on, once the token is known to be its own. */
interface Asked {
  readonly session: KnownSession;
  readonly definition: QuizDefinition;
  readonly way: Walk;
}

function answer(
  state: SessionState,
  command: Answer,
  around: Surroundings,
): Decision<SessionEvent> {
  const { quizId, tokenHash, questionId, value, versionId } = command.input;
  if (state.status === 'unknown' || state.quizId !== quizId || state.tokenHash !== tokenHash)
    return rejected('SESSION_UNKNOWN');
  if (versionId !== undefined && versionId !== state.versionId)
    return rejected('QUIZ_VERSION_OTHER', { versionId: state.versionId });
  const definition = versionOf(quizAround(around, quizId), state.versionId)?.definition;
  const question = definition?.questions.find(({ id }) => id === questionId);
  if (definition === undefined || question === undefined)
    return rejected('QUESTION_UNKNOWN', { versionId: state.versionId });
  const read = readAnswer(question, value, state.language);
  if (read.kind === 'invalid')
    return rejected('ANSWER_INVALID', { questionId, reason: read.reason, fault: read.fault });
  // A client that lost the answer to its request sends it again: nothing changes, also at the end.
  if (isHeld(state, questionId, read)) return accepted([]);
  if (read.kind === 'skipped' && question.kind === 'contact' && state.contact !== null)
    return rejected('ANSWER_INVALID', {
      questionId,
      reason: 'the contact was given already',
      fault: { code: 'REQUIRED' },
    });
  const asked = { session: state, definition, way: walk(definition, state.answers) };
  return refusalOf(asked, questionId) ?? accepted(taken(asked, command, read));
}

function refusalOf({ session, way }: Asked, questionId: string): Rejected | null {
  if (session.status === 'completed') return rejected('SESSION_COMPLETED');
  if (session.steps >= STEPS_MAX) return rejected('SESSION_TOO_LONG', { max: STEPS_MAX });
  if (way.current === questionId || way.path.includes(questionId)) return null;
  return rejected('QUESTION_NOT_ASKED', { current: way.current });
}

function isHeld(session: KnownSession, questionId: string, read: ReadAnswer): boolean {
  if (!Object.hasOwn(session.answers, questionId)) return false;
  if (read.kind === 'contact') {
    const { contact, consents } = session;
    const { name = null, email = null, phone = null } = read.contact;
    const isSame = contact?.name === name && contact.email === email && contact.phone === phone;
    return isSame && wordsOf(consents) === wordsOf(read.consents);
  }
  const held = session.answers[questionId];
  const given = read.kind === 'invalid' ? undefined : heldAs(read);
  if (held === undefined || given === undefined) return false;
  const isSame = held.skipped === given.skipped && held.number === given.number;
  const [before, now] = [held, given].map(({ choices }) => choices.join(' '));
  return isSame && held.text === given.text && before === now;
}

function wordsOf(consents: readonly ConsentGiven[]): string {
  return JSON.stringify(consents.map(({ channel, wording }) => [channel, wording]));
}

function heldAs(read: Exclude<ReadAnswer, { readonly kind: 'invalid' }>): HeldAnswer {
  return {
    skipped: read.kind === 'skipped',
    choices: read.kind === 'choices' ? read.choices : [],
    number: read.kind === 'number' ? read.number : null,
    text: read.kind === 'text' ? read.text : null,
  };
}

/** What follows an answer: the session goes on, or it was the last one. */
function taken(
  { session, definition }: Asked,
  { id: sessionId, input: { questionId }, at }: Answer,
  read: Exclude<ReadAnswer, { readonly kind: 'invalid' }>,
): readonly SessionEvent[] {
  const { quizId, versionId, askedAt, answers: before } = session;
  const ids = { sessionId, quizId, versionId };
  const answers = { ...before, [questionId]: heldAs(read) };
  const way = walk(definition, answers);
  const asked = Object.hasOwn(askedAt, questionId) ? askedAt[questionId] : undefined;
  const step = {
    questionId,
    isFirst: !Object.hasOwn(before, questionId),
    tookMs: sinceMs(asked ?? session.lastAt, at),
    next: way.current,
    nextIsNew: way.current !== null && !Object.hasOwn(askedAt, way.current),
  };
  const given = givenEvent(session, { ...ids, ...step }, read);
  if (way.current !== null) return [...resumed(session, ids), given];
  const completed = {
    ...ids,
    ...outcomeOf(definition, way),
    variables: way.variables,
    hasContact: given.type === 'QuizContactGiven' || session.contact !== null,
    answered: way.path.filter((each) => answers[each]?.skipped === false).length,
    tookMs: sinceMs(session.startedAt, at),
    ...followUpIn(session),
  };
  return [...resumed(session, ids), given, { type: 'QuizSessionCompleted', data: completed }];
}

type StepData = Extract<SessionEvent, { type: 'QuizContactGiven' }>['data'];

function givenEvent(
  { language, attribution }: KnownSession,
  data: Omit<StepData, 'language' | 'consents' | 'attribution'>,
  read: Exclude<ReadAnswer, { readonly kind: 'invalid' }>,
): SessionEvent {
  if (read.kind === 'contact') {
    const proof = { language, consents: [...read.consents], attribution };
    return { type: 'QuizContactGiven', data: { ...data, ...read.contact, ...proof } };
  }
  const answered = { ...data, skipped: read.kind === 'skipped' };
  switch (read.kind) {
    case 'skipped':
      return { type: 'QuizQuestionAnswered', data: answered };
    case 'choices':
      return { type: 'QuizQuestionAnswered', data: { ...answered, choices: [...read.choices] } };
    case 'number':
      return { type: 'QuizQuestionAnswered', data: { ...answered, number: read.number } };
    case 'text':
      return { type: 'QuizQuestionAnswered', data: { ...answered, text: read.text } };
  }
}

function resumed(
  { status, abandonAfterMinutes, current }: KnownSession,
  ids: { readonly sessionId: string; readonly quizId: string; readonly versionId: string },
): readonly SessionEvent[] {
  if (status !== 'abandoned') return [];
  return [
    { type: 'QuizSessionResumed', data: { ...ids, questionId: current, abandonAfterMinutes } },
  ];
}

/** Asked by a timer that was set when the session was started: an answer costs no timer of its own. */
function abandon(
  session: KnownSession,
  { id: sessionId, at }: SessionCommand,
): Decision<SessionEvent> {
  const { quizId, versionId, abandonAfterMinutes, lastAt, answers } = session;
  const ids = { sessionId, quizId, versionId };
  const dueMs = Date.parse(lastAt) + abandonAfterMinutes * MINUTE_MS;
  if (Date.parse(at) < dueMs) {
    const lookAgainAt = new Date(dueMs).toISOString();
    return accepted([{ type: 'QuizSessionFoundActive', data: { ...ids, lookAgainAt } }]);
  }
  const answered = Object.values(answers).filter(({ skipped }) => !skipped).length;
  const left = { questionId: session.current, hasContact: session.contact !== null, answered };
  const data = { ...ids, ...left, ...followUpIn(session) };
  return accepted([{ type: 'QuizSessionAbandoned', data }]);
}

function followUpIn({ followUpAfterHours }: Pick<KnownSession, 'followUpAfterHours'>) {
  return followUpAfterHours === undefined ? {} : { followUpAfterHours };
}

/** Not negative: clocks of processes differ. */
function sinceMs(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
