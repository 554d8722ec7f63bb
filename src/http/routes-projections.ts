/**
 * Projections over HTTP: their state, pause, rebuild, swap, parked events. They belong to the installation, not to a
 * tenant. Their state names no tenant, so any valid key may read it; commands change it for everybody, and the check and
 * parked events name tenants and streams: these want projections:write.
 */
import { Failure } from '../core/errors.ts';
import type { CheckPage } from '../projections/check-projections.ts';
import type { SnapshotCheck } from '../pipeline/snapshots/check-snapshots.ts';
import type { ProjectionStatus, Projections, ShadowStatus } from '../projections/projections.ts';
import {
  ParkedLeft,
  ParkedPage,
  ParkedStream,
  ProjectionCheckPage,
  ProjectionJson,
  ProjectionPage,
  RebuildRequest,
} from './projection-shapes.ts';
import { limitOf } from './query-input.ts';
import { ANY_KEY, type Answer, type Call, type Parameter, type Route, scoped } from './route.ts';

export interface ProjectionRoutesDependencies {
  readonly projections: Projections & { check(after?: string): Promise<CheckPage> };
  /** Absent where there are no streams with snapshots, as in some tests. */
  readonly checkSnapshots?: () => Promise<SnapshotCheck>;
}

const TAG = 'Projections';
const ACCESS = scoped('projections:write');
const BODY_BYTES_MAX = 4096;
const PARKED_LIMIT = { standard: 100, max: 1_000 };
const NAME: Parameter = {
  name: 'name',
  in: 'path',
  description: 'Name of the read model, such as customers.list.',
  schema: { type: 'string' },
  example: 'customers.list',
};
const LIMIT: Parameter = {
  name: 'limit',
  in: 'query',
  description: 'Most items to return.',
  schema: { type: 'integer', minimum: 1, maximum: PARKED_LIMIT.max },
};
/** What the audit trail calls the commands. */
const COMMAND_DONE = {
  pause: 'projection.paused',
  resume: 'projection.resumed',
  'swap-back': 'projection.swapped-back',
} as const;
const AFTER: Parameter = {
  name: 'after',
  in: 'query',
  description: '`next` of the page before: goes on with the read models behind it.',
  schema: { type: 'string', maxLength: 200 },
  example: 'customers.list',
};
const STREAM_EXAMPLE = { tenant: 'default', stream: 'customers/01J9ZQ4Y' };

export function projectionRoutes(deps: ProjectionRoutesDependencies): readonly Route[] {
  return [...readingRoutes(deps), ...commandRoutes(deps), ...parkedRoutes(deps)];
}

function readingRoutes(deps: ProjectionRoutesDependencies): readonly Route[] {
  const { projections } = deps;
  return [
    {
      method: 'GET',
      path: '/v1/projections',
      operationId: 'listProjections',
      tag: TAG,
      summary: 'Read models: how far they are, their copies, what is parked',
      access: ANY_KEY,
      answers: { 200: { description: 'The projections', schema: ProjectionPage } },
      async handle() {
        const items = (await projections.status()).map(projectionJson);
        return { status: 200, body: { items } };
      },
    },
    checkRoute(deps),
  ];
}

function checkRoute({ projections, checkSnapshots }: ProjectionRoutesDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/projections/check',
    operationId: 'checkProjections',
    tag: TAG,
    summary: 'Compare small buckets with a replay of the log',
    description:
      'Takes seconds, and goes on with `next`. The first page also compares some snapshots with a fold of their streams. `comptoir doctor` reads it.',
    access: ACCESS,
    parameters: [AFTER],
    answers: { 200: { description: 'What was found', schema: ProjectionCheckPage } },
    async handle({ query }) {
      const after = query.get('after') ?? undefined;
      const page = await projections.check(after);
      const items = page.items.map((check) => ({
        ...check,
        samples: check.samples.map((each) => ({ ...each, position: String(each.position) })),
      }));
      const snapshots = after === undefined ? await checkSnapshots?.() : undefined;
      const { next } = page;
      return { status: 200, body: { items, next, ...(snapshots && { snapshots }) } };
    },
  };
}

function commandRoutes({ projections }: ProjectionRoutesDependencies): readonly Route[] {
  const command = (
    word: 'pause' | 'resume' | 'swap-back',
    summary: string,
    run: (name: string) => Promise<void>,
  ): Route => ({
    method: 'POST',
    path: `/v1/projections/{name}/${word}`,
    operationId: `${word.replace('-b', 'B')}Projection`,
    tag: TAG,
    summary,
    access: ACCESS,
    parameters: [NAME],
    answers: { 200: { description: 'The projection afterwards', schema: ProjectionJson } },
    audit: { class: 'audit', action: COMMAND_DONE[word] },
    errors: ['NOT_FOUND', 'INPUT_INVALID'],
    async handle(call) {
      await run(nameOf(call));
      return { status: 200, body: await oneOf(projections, nameOf(call)) };
    },
  });
  return [
    command('pause', 'Stop; everywhere within 2 s', (name) => projections.pause(name)),
    command('resume', 'Go on', (name) => projections.resume(name)),
    command('swap-back', 'Use the earlier copy again', (name) => projections.swapBack(name)),
    {
      method: 'POST',
      path: '/v1/projections/{name}/rebuild',
      operationId: 'rebuildProjection',
      tag: TAG,
      summary: 'Fill a new copy beside the one in use, or one as of a moment',
      access: ACCESS,
      parameters: [NAME],
      body: {
        bytesMax: BODY_BYTES_MAX,
        content: { 'application/json': { schema: RebuildRequest, example: {} } },
        validatedLater: true,
      },
      answers: { 202: { description: 'It is begun, or goes on', schema: ProjectionJson } },
      audit: { class: 'audit', action: 'projection.rebuilt', keepsBody: true },
      errors: ['NOT_FOUND', 'INPUT_INVALID', 'UNSUPPORTED_MEDIA_TYPE'],
      async handle(call): Promise<Answer> {
        await projections.rebuild(nameOf(call), rebuildOptions(call.body));
        return { status: 202, body: await oneOf(projections, nameOf(call)) };
      },
    },
  ];
}

function parkedRoutes({ projections }: ProjectionRoutesDependencies): readonly Route[] {
  const settle = (word: 'retry' | 'skip', summary: string, run: Projections['retry']): Route => ({
    method: 'POST',
    path: `/v1/projections/{name}/parked/${word}`,
    operationId: `${word}ParkedEvents`,
    tag: TAG,
    summary,
    access: ACCESS,
    parameters: [NAME],
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: { 'application/json': { schema: ParkedStream, example: STREAM_EXAMPLE } },
    },
    answers: { 200: { description: 'How many events of the stream are left', schema: ParkedLeft } },
    audit: {
      class: 'audit',
      action: word === 'skip' ? 'projection.skipped' : 'projection.retried',
      keepsBody: true,
    },
    errors: ['NOT_FOUND', 'INPUT_INVALID', 'UNSUPPORTED_MEDIA_TYPE', 'OVERLOADED'],
    async handle(call) {
      // safe because the route's schema was checked before
      const of = call.body as { readonly tenant: string; readonly stream: string };
      return { status: 200, body: await run(nameOf(call), of) };
    },
  });
  return [
    {
      method: 'GET',
      path: '/v1/projections/{name}/parked',
      operationId: 'listParkedEvents',
      tag: TAG,
      summary: 'Events that could not be handled, and those that wait behind them',
      access: ACCESS,
      parameters: [NAME, LIMIT],
      answers: { 200: { description: 'By bucket and position', schema: ParkedPage } },
      errors: ['NOT_FOUND', 'INPUT_INVALID'],
      async handle(call) {
        const limit = limitOf(call.query, PARKED_LIMIT);
        const parked = await projections.parked(nameOf(call), limit + 1);
        const items = parked
          .slice(0, limit)
          .map((event) => ({ ...event, position: String(event.position) }));
        return { status: 200, body: { items, more: parked.length > limit } };
      },
    },
    settle('retry', 'Handle what is parked of a stream again, in order', (name, of) =>
      projections.retry(name, of),
    ),
    settle('skip', 'Give up the first parked event of a stream and handle what waits', (name, of) =>
      projections.skip(name, of),
    ),
  ];
}

const nameOf = ({ params }: Call): string => params['name'] ?? '';

function rebuildOptions(body: unknown): { readonly asOf?: string } {
  const refuse = (at: string): never => {
    throw new Failure('INPUT_INVALID', 'The body holds nothing but asOf, a time.', {
      errors: [{ at, message: 'is not accepted here', code: 'NOT_ACCEPTED' }],
    });
  };
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse('/');
  for (const [name, value] of Object.entries(body))
    if (name !== 'asOf' || typeof value !== 'string') return refuse(`/${name.slice(0, 64)}`);
  return body;
}

async function oneOf(projections: Projections, name: string): Promise<object> {
  const status = (await projections.status()).find((each) => each.name === name);
  if (status === undefined) throw new Failure('NOT_FOUND', `There is no projection ${name}.`);
  return projectionJson(status);
}

export function shadowJson({ eventsDone, behindEvents, ...rest }: ShadowStatus) {
  return { ...rest, eventsDone: Number(eventsDone), behindEvents: Number(behindEvents) };
}

/** Counts of events fit a double: 2^53 of them would take 40,000 years at 400,000 a minute. */
function projectionJson(status: ProjectionStatus): object {
  return {
    ...status,
    generations: status.generations.map((each) => {
      const [done, behind] = [Number(each.eventsDone), Number(each.behindEvents)];
      const progress = done + behind === 0 ? 1 : done / (done + behind);
      return { ...each, eventsDone: done, behindEvents: behind, progress };
    }),
    shadows: status.shadows.map(shadowJson),
  };
}
