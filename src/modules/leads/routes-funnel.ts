/** GET /v1/leads/quizzes/{id}/funnel: how far people come, question by question, and how long they take. */
import { itemWriter } from '../../http/modules/item-json.ts';
import { ID, streamIdOf } from '../../http/modules/command-routes.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { scoped, type Route } from '../../http/route.ts';
import { QUESTIONS_MAX } from './quizzes/definition.ts';
import { QUIZZES, versionOf, type QuizState, type QuizVersion } from './quizzes/state.ts';
import {
  emptyRow,
  funnelKey,
  quizFunnel,
  TIME_BOUNDS_SECONDS,
  type FunnelRow,
} from './sessions/read-models/funnel.ts';

export function funnelRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/leads/quizzes/{id}/funnel',
    operationId: 'readQuizFunnel',
    tag: 'Leads',
    summary: 'How far people come in a version of a quiz, where they leave, and how long they take',
    description:
      '`dropOff` is the share of sessions in which a question was asked and neither answered nor skipped; sessions ' +
      'under way count among them.',
    access: scoped('leads:read'),
    parameters: [
      ID,
      {
        name: 'versionId',
        in: 'query',
        description: 'The newest by default.',
        schema: { type: 'string', maxLength: 10 },
        example: 'v1',
      },
      WAIT,
    ],
    answers: {
      200: {
        description: 'Questions in the order of the quiz',
        example: {
          quizId: 'what-kind-of-guest',
          versionId: 'v1',
          sessions: { started: 10, completed: 6, abandoned: 3, contacts: 5, medianSeconds: 60 },
          questions: [
            {
              questionId: 'occasion',
              asked: 10,
              answered: 8,
              skipped: 0,
              abandoned: 2,
              dropOff: 0.2,
            },
          ],
        },
      },
    },
    errors: ['NOT_FOUND', 'WAIT_TIMEOUT'],
    async handle(call) {
      const id = streamIdOf(call);
      const { tenant } = call.principal;
      const { state } = await deps.pipeline.load(tenant, QUIZZES, id);
      // safe because the stream is one of the category
      const version = versionIn(state as QuizState, call.query.get('versionId'));
      if (version === null) throw unknownId();
      await waitForModel(deps, call, quizFunnel);
      return { status: 200, body: await funnelOf(deps, { tenant, quizId: id, version }) };
    },
  };
}

function versionIn(quiz: QuizState, wished: string | undefined): QuizVersion | null {
  if (quiz.status === 'unknown') return null;
  return wished === undefined ? (quiz.versions.at(-1) ?? null) : versionOf(quiz, wished);
}

async function funnelOf(
  { projections }: ModuleRouteDependencies,
  of: { readonly tenant: string; readonly quizId: string; readonly version: QuizVersion },
): Promise<object> {
  const { tenant, quizId, version } = of;
  const { versionId, definition } = version;
  const place = { quizId, versionId };
  const ids = [null, ...definition.questions.slice(0, QUESTIONS_MAX).map(({ id }) => id)];
  const keys = ids.map((each) => funnelKey(place, each));
  const rows = await projections.reader(quizFunnel).getMany({ tenant, keys });
  const write = itemWriter(quizFunnel);
  const rowOf = (questionId: string | null): FunnelRow => {
    const found = rows.get(funnelKey(place, questionId));
    // safe because rows of this model have its columns
    return found === undefined ? emptyRow({ ...place, questionId }) : (found.row as FunnelRow);
  };
  const whole = rowOf(null);
  return {
    ...place,
    sessions: {
      started: whole.asked,
      completed: whole.answered,
      abandoned: whole.abandoned,
      contacts: whole.contacts,
      medianSeconds: medianOf(whole.times),
    },
    boundsSeconds: TIME_BOUNDS_SECONDS,
    questions: definition.questions.map(({ id }) => questionView(id, rowOf(id))),
    // While an event of a question could not be handled, its counts are too low.
    incomplete: [...rows.values()].filter((row) => row.incomplete).map(write),
  };
}

function questionView(questionId: string, row: FunnelRow): object {
  const { asked, answered, skipped, abandoned, took_ms: tookMs, times } = row;
  return {
    questionId,
    asked,
    answered,
    skipped,
    abandoned,
    dropOff: asked === 0 ? 0 : Math.max(0, asked - answered - skipped) / asked,
    meanSeconds: answered === 0 ? null : Math.round(tookMs / answered / 100) / 10,
    medianSeconds: medianOf(times),
    times,
  };
}

/** The upper bound of the class in which the middle one lies; null without any, or above the last bound. */
function medianOf(times: readonly number[]): number | null {
  const total = times.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [index, count] of times.entries()) {
    below += count;
    if (total > 0 && below * 2 >= total) return TIME_BOUNDS_SECONDS[index] ?? null;
  }
  return null;
}
