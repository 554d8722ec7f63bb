/**
 * The quiz as the public sees it: /public/{slug}/quiz/{quizSlug}. Open to everybody, so what guards it stands here: a
 * proof of work, a field that only a program fills in, a bound on the sessions of one address. A session belongs to
 * whoever has its token.
 */
import type { Principal } from '../../access/principal.ts';
import { Failure } from '../../core/errors.ts';
import { STREAM_ID } from '../../core/aggregate.ts';
import { createSlidingCounts } from '../../core/sliding-counts.ts';
import { sha256Text } from '../../http/modules/digests.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { rateLimited } from '../../http/problem.ts';
import { OPEN, type Answer, type Call, type Route } from '../../http/route.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';
import { tenantOfSlug } from '../business/index.ts';
import { publicEnding, publicQuiz } from './quizzes/public-view.ts';
import { openVersion, QUIZZES, versionOf, type QuizState } from './quizzes/state.ts';
import { createChallenges, newToken, type Challenges } from './routes-challenge.ts';
import {
  ANSWER_BODY,
  LANGUAGE,
  PLACE,
  refused,
  SESSION,
  SHAPES,
  START_BODY,
  type AnswerBody,
  type StartBody,
} from './routes-public-shapes.ts';
import { languageFor } from './sessions/decide.ts';
import { SESSION_REFUSALS } from './sessions/commands.ts';
import { SESSIONS, type KnownSession, type SessionState } from './sessions/state.ts';

const TAG = 'Leads';
/** One a second for ten minutes: more than a trade fair behind one address, far less than a flood. */
export const SESSIONS_PER_ADDRESS = 600;
const WINDOW_SECONDS = 600;
const ADDRESSES_MAX = 100_000;
/** Answers belong to one person: no cache may keep them. */
const PRIVATE = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };

interface Public extends ModuleRouteDependencies {
  readonly challenges: Challenges;
  /** Counts a session of the address. Errors: RATE_LIMITED. */
  readonly admit: (client: string) => void;
}

export function publicQuizRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const { clock } = deps;
  const counts = createSlidingCounts({
    windowMs: WINDOW_SECONDS * 1000,
    keysMax: ADDRESSES_MAX,
  });
  const open: Public = {
    ...deps,
    challenges: createChallenges({ secret: Uint8Array.from(deps.linkSecret), clock }),
    admit(client) {
      const nowMs = clock.nowMs();
      if (counts.read(client, nowMs) >= SESSIONS_PER_ADDRESS)
        throw rateLimited('Too many quizzes were started from this address.', {
          policy: 'quiz-sessions',
          quota: SESSIONS_PER_ADDRESS,
          windowSeconds: WINDOW_SECONDS,
          remaining: 0,
          resetSeconds: Math.ceil(counts.untilBelow(client, nowMs, SESSIONS_PER_ADDRESS) / 1000),
        });
      counts.add(client, nowMs);
    },
  };
  return [readQuiz(open), startSession(open), answerQuestion(open), readSession(open)];
}

function readQuiz(deps: Public): Route {
  return {
    method: 'GET',
    path: '/public/{slug}/quiz/{quizSlug}',
    operationId: 'readPublicQuiz',
    tag: TAG,
    summary:
      'A quiz to be answered, in one language, and the challenge that starting a session needs',
    description:
      'The proof is a number n with which SHA-256 of `{text}:{n}` begins with `difficulty` zero bits.',
    access: OPEN,
    parameters: [...PLACE, LANGUAGE],
    answers: { 200: SHAPES.quiz },
    errors: ['NOT_FOUND', 'RATE_LIMITED'],
    async handle(call) {
      const place = placeOf(call);
      const quiz = await loadQuiz(deps, place);
      const version = openVersion(quiz);
      if (version === null) return notOpen(quiz, call);
      const language = languageFor(version.definition, call.query.get('language'));
      const body = {
        quizId: place.quizId,
        versionId: version.versionId,
        ...publicQuiz(version.definition, language),
        challenge: await deps.challenges.issue(place, call.client),
      };
      return { status: 200, headers: PRIVATE, body };
    },
  };
}

function startSession(deps: Public): Route {
  return {
    method: 'POST',
    path: '/public/{slug}/quiz/{quizSlug}/sessions',
    operationId: 'startPublicQuizSession',
    tag: TAG,
    summary: 'Starts a session; its token is shown once and kept nowhere',
    access: OPEN,
    parameters: PLACE,
    body: START_BODY,
    answers: { 201: SHAPES.started },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'RATE_LIMITED'],
    refusals: SESSION_REFUSALS,
    async handle(call) {
      const place = placeOf(call);
      // safe because the route has validated it
      const { proof, website = '', language, attribution } = call.body as StartBody;
      deps.admit(call.client);
      const sessionId = await deps.challenges.open(place, proof);
      if (sessionId === null)
        throw new Failure('INPUT_INVALID', 'proof: does not solve a challenge of this quiz.', {
          errors: [
            {
              at: '/proof',
              message: 'does not solve a current challenge of this quiz',
              code: 'PROOF_WRONG',
            },
          ],
        });
      const token = newToken();
      const members = { sessionId, token };
      // Whoever fills in what nobody sees is told that all went well, and learns nothing.
      if (website !== '') return decoy(deps, { call, place, members, language });
      const answer = await deps.pipeline.handle({
        principal: visitor(place.tenant),
        category: SESSIONS,
        command: 'StartQuizSession',
        id: sessionId,
        input: {
          quizId: place.quizId,
          tokenHash: sha256Text(token),
          ...(language === undefined ? {} : { language }),
          ...(attribution === undefined ? {} : { attribution }),
        },
      });
      if (answer.status === 'done')
        return { status: 201, headers: PRIVATE, body: { ...members, ...shown(answer) } };
      return answer.code === 'QUIZ_NOT_OPEN'
        ? notOpen(await loadQuiz(deps, place), call)
        : refused(answer, call.traceId);
    },
  };
}

function answerQuestion(deps: Public): Route {
  return {
    method: 'POST',
    path: '/public/{slug}/quiz/{quizSlug}/sessions/{id}/answers',
    operationId: 'answerPublicQuizQuestion',
    tag: TAG,
    summary: 'Answers the question that is asked, or one answered before anew',
    description:
      'The same answer again changes nothing. Needs `Authorization: Bearer TOKEN` of the session.',
    access: OPEN,
    parameters: [...PLACE, SESSION],
    body: ANSWER_BODY,
    answers: { 200: SHAPES.answered },
    errors: ['INPUT_INVALID', 'UNAUTHENTICATED', 'NOT_FOUND', 'RATE_LIMITED'],
    refusals: SESSION_REFUSALS,
    async handle(call) {
      const place = placeOf(call);
      const id = sessionIdOf(call);
      const tokenHash = sha256Text(tokenOf(call));
      // safe because the route has validated it
      const body = call.body as AnswerBody;
      const answer = await deps.pipeline.handle({
        principal: visitor(place.tenant),
        category: SESSIONS,
        command: 'AnswerQuizQuestion',
        id,
        input: { ...body, quizId: place.quizId, tokenHash },
      });
      if (answer.status === 'done') {
        const result = await resultOf(deps, place, answer.members);
        return { status: 200, headers: PRIVATE, body: { ...shown(answer), result } };
      }
      if (answer.code === 'SESSION_UNKNOWN') throw unknownId();
      return refused(answer, call.traceId);
    },
  };
}

function readSession(deps: Public): Route {
  return {
    method: 'GET',
    path: '/public/{slug}/quiz/{quizSlug}/sessions/{id}',
    operationId: 'readPublicQuizSession',
    tag: TAG,
    summary: 'A session with the quiz as it was when the session was started: to go on later',
    access: OPEN,
    parameters: [...PLACE, SESSION],
    answers: { 200: SHAPES.session },
    errors: ['UNAUTHENTICATED', 'NOT_FOUND', 'RATE_LIMITED'],
    async handle(call) {
      const place = placeOf(call);
      const id = sessionIdOf(call);
      const tokenHash = sha256Text(tokenOf(call));
      const { state } = await deps.pipeline.load(place.tenant, SESSIONS, id);
      // safe because the stream is one of the category
      const session = state as SessionState;
      const isOwn =
        session.status !== 'unknown' &&
        session.quizId === place.quizId &&
        session.tokenHash === tokenHash;
      if (!isOwn) throw unknownId();
      return { status: 200, headers: PRIVATE, body: await sessionView(deps, place, session) };
    },
  };
}

async function sessionView(deps: Public, place: Place, session: KnownSession): Promise<object> {
  const { status, versionId, language, current, answers, contact, consents, result } = session;
  const definition = versionOf(await loadQuiz(deps, place), versionId)?.definition;
  return {
    status,
    versionId,
    ...(definition === undefined ? {} : publicQuiz(definition, language)),
    current,
    answers,
    contact,
    consents: consents.map(({ channel }) => channel),
    result: await resultOf(deps, place, { versionId, language, result }),
  };
}

interface Place {
  readonly tenant: string;
  readonly quizId: string;
}

function placeOf({ params }: Call): Place {
  const tenant = tenantOfSlug(params['slug'] ?? '');
  const quizId = params['quizSlug'] ?? '';
  if (tenant === null || !/^[a-z0-9][a-z0-9-]{0,59}$/.test(quizId)) throw unknownId();
  return { tenant, quizId };
}

function sessionIdOf({ params }: Call): string {
  const id = params['id'] ?? '';
  if (!STREAM_ID.test(id)) throw unknownId();
  return id;
}

/** Errors: UNAUTHENTICATED. */
function tokenOf({ request }: Call): string {
  const token = /^Bearer ([A-Za-z0-9_-]{22})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined)
    throw new Failure('UNAUTHENTICATED', 'Send the token of the session as a bearer token.');
  return token;
}

/** May answer quizzes of this tenant, and nothing else. */
function visitor(tenant: string): Principal {
  return { keyId: 'public:quiz', tenant, scopes: new Set(['leads:answer'] as const) };
}

async function loadQuiz({ pipeline }: Public, { tenant, quizId }: Place): Promise<QuizState> {
  const { state } = await pipeline.load(tenant, QUIZZES, quizId);
  // safe because the stream is one of the category
  return state as QuizState;
}

/** A closed quiz says so; a draft is as unknown as any other. Errors: NOT_FOUND. */
function notOpen(quiz: QuizState, { traceId }: Call): Answer {
  if (quiz.status !== 'closed') throw unknownId();
  return refused({ status: 'refused', code: 'QUIZ_NOT_OPEN', details: {} }, traceId);
}

async function decoy(
  deps: Public,
  to: {
    readonly call: Call;
    readonly place: Place;
    readonly members: object;
    readonly language: string | undefined;
  },
): Promise<Answer> {
  const quiz = await loadQuiz(deps, to.place);
  const version = openVersion(quiz);
  if (version === null) return notOpen(quiz, to.call);
  const { versionId, definition } = version;
  const told = { status: 'open', versionId, language: languageFor(definition, to.language) };
  const body = { ...to.members, ...told, current: definition.questions[0]?.id ?? null };
  return { status: 201, headers: PRIVATE, body };
}

/** The members that `respond` gives, but for the result, which names grades. */
function shown({ members }: Extract<CommandAnswer, { status: 'done' }>): object {
  const { status, versionId, language, current } = members;
  return { status, versionId, language, current };
}

/** Null until the session is completed. */
async function resultOf(
  deps: Public,
  place: Place,
  { versionId, language, result }: Readonly<Record<string, unknown>>,
): Promise<object | null> {
  if (typeof versionId !== 'string' || typeof language !== 'string') return null;
  // safe because the state of a session has no other result
  const held = (result ?? null) as KnownSession['result'];
  if (held === null) return null;
  const definition = versionOf(await loadQuiz(deps, place), versionId)?.definition;
  const ending =
    definition === undefined ? null : publicEnding(definition, held.endingId, language);
  return { score: held.score, ending };
}
