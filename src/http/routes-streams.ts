/**
 * Time travel over single streams: what one was at a version or time, what happened to it, and what changed between
 * two moments. For every aggregate of every module; what a module hides of its state is hidden here too.
 */
import { ChangesView, HistoryPage, StateView } from '../contract-modules.ts';
import { STREAM_ID } from '../core/aggregate.ts';
import { scopesOfModule } from '../access/scopes.ts';
import type { LogReader } from '../log/log.ts';
import { diff } from '../pipeline/diff.ts';
import type { Pipeline, StreamState } from '../pipeline/pipeline.ts';
import { mountedOf, type Mounted } from './modules/addresses.ts';
import { checkPlace } from './modules/own-location.ts';
import type { ModuleServices } from './modules/services.ts';
import {
  AT,
  HISTORY_PARAMETERS,
  historyPage,
  momentOf,
  stateAt,
  unknownId,
  VERSION,
  versionOf,
  viewOf,
  type Moment,
  type StreamPlace,
} from './moments.ts';
import { requireScope } from './mount-routes.ts';
import { invalid, microsOf } from './query-input.ts';
import { scoped, type Call, type Parameter, type Route } from './route.ts';
import { chainRoute } from './routes-streams-chain.ts';

export interface StreamRouteDependencies extends Pick<ModuleServices, 'modules' | 'pipeline'> {
  readonly log: LogReader;
}

const PLACE: readonly Parameter[] = [
  {
    name: 'category',
    in: 'path',
    description: 'Such as `customers`; its module needs to be readable for the key too.',
    schema: { type: 'string' },
  },
  {
    name: 'id',
    in: 'path',
    description: 'The id within the category.',
    schema: { type: 'string' },
  },
];

/** A stream of a module that is in this server. */
interface Asked {
  readonly place: StreamPlace;
  readonly mounted: Mounted;
}

export function streamRoutes(deps: StreamRouteDependencies): readonly Route[] {
  const byCategory = new Map(
    deps.modules.flatMap(mountedOf).map((mounted) => [mounted.aggregate.category, mounted]),
  );
  /** Errors: NOT_FOUND for a category of no module, FORBIDDEN without the module's read scope. */
  const askedOf = async ({ principal, params }: Call): Promise<Asked> => {
    const { category = '', id = '' } = params;
    const mounted = byCategory.get(category);
    if (mounted === undefined || !STREAM_ID.test(id)) throw unknownId();
    requireScope(principal, scopesOfModule(mounted.module.name).read);
    const place = { tenant: principal.tenant, category, id };
    await checkPlace(deps.pipeline, principal, { aggregate: mounted.aggregate, place });
    return { place, mounted };
  };
  return [
    stateRoute(deps.pipeline, askedOf),
    historyRoute(deps.pipeline, askedOf),
    changesRoute(deps.pipeline, askedOf),
    chainRoute(deps.log),
  ];
}

type AskedOf = (call: Call) => Promise<Asked>;

function stateRoute(pipeline: Pipeline, askedOf: AskedOf): Route {
  return {
    method: 'GET',
    path: '/v1/streams/{category}/{id}/state',
    operationId: 'readStreamState',
    tag: 'Streams',
    summary: 'State of a stream, now or as of a version or time',
    access: scoped('events:read'),
    parameters: [...PLACE, VERSION, AT],
    answers: { 200: { description: 'The state then', schema: StateView, headers: ['etag'] } },
    audit: { class: 'access', action: 'stream.state-read' },
    errors: ['INPUT_INVALID', 'NOT_FOUND'],
    async handle(call) {
      const { place, mounted } = await askedOf(call);
      const found = await stateAt(pipeline, place, momentOf(call.query));
      const version = Number(found.version);
      const body: StateView = {
        category: place.category,
        id: place.id,
        version,
        at: found.at,
        state: viewOf(mounted.aggregate, found.state),
      };
      return { status: 200, headers: { etag: `"${version}"` }, body };
    },
  };
}

function historyRoute(pipeline: Pipeline, askedOf: AskedOf): Route {
  return {
    method: 'GET',
    path: '/v1/streams/{category}/{id}/history',
    operationId: 'readStreamHistory',
    tag: 'Streams',
    summary: 'What happened to a stream, oldest or newest first, and what each event changed',
    access: scoped('events:read'),
    parameters: [...PLACE, ...HISTORY_PARAMETERS],
    answers: { 200: { description: 'A page of its history', schema: HistoryPage } },
    audit: { class: 'access', action: 'stream.history-read' },
    errors: ['INPUT_INVALID', 'NOT_FOUND'],
    handle: async (call) => {
      const { place } = await askedOf(call);
      return { status: 200, body: await historyPage(pipeline, place, call.query) };
    },
  };
}

const BOUNDS: readonly Parameter[] = [
  {
    name: 'from',
    in: 'query',
    description: 'A version, or an RFC 3339 time with zone; before its first event by default.',
    schema: { type: 'string' },
    example: '3',
  },
  {
    name: 'to',
    in: 'query',
    description: 'A version, or an RFC 3339 time with zone; now by default.',
    schema: { type: 'string' },
    example: '2026-11-21T09:30:00Z',
  },
];

function changesRoute(pipeline: Pipeline, askedOf: AskedOf): Route {
  return {
    method: 'GET',
    path: '/v1/streams/{category}/{id}/changes',
    operationId: 'readStreamChanges',
    tag: 'Streams',
    summary: 'What changed between two moments of a stream, field by field',
    access: scoped('events:read'),
    parameters: [...PLACE, ...BOUNDS],
    answers: { 200: { description: 'The changes', schema: ChangesView } },
    audit: { class: 'access', action: 'stream.changes-read' },
    errors: ['INPUT_INVALID', 'NOT_FOUND'],
    async handle(call) {
      const { place, mounted } = await askedOf(call);
      const moments = { from: boundOf(call.query, 'from'), to: boundOf(call.query, 'to') };
      const to = await stateAt(pipeline, place, moments.to);
      const from = await stateBefore(pipeline, place, moments.from);
      if (from.version > to.version)
        throw invalid('from', 'must not be later than to.', {
          code: 'NOT_BEFORE',
          params: { other: 'to' },
        });
      const shown = ({ version, state }: StreamState) =>
        version === 0n ? {} : viewOf(mounted.aggregate, state);
      const body: ChangesView = {
        category: place.category,
        id: place.id,
        from: { version: Number(from.version), at: from.at },
        to: { version: Number(to.version), at: to.at },
        changes: [...diff(shown(from), shown(to))],
      };
      return { status: 200, body };
    },
  };
}

const NOTHING: StreamState = { state: undefined, version: 0n, at: null };

/** Before the first event there is nothing, which is where a stream's changes begin. */
async function stateBefore(
  pipeline: Pipeline,
  place: StreamPlace,
  moment: Moment | null,
): Promise<StreamState> {
  if (moment === null) return NOTHING;
  if ('version' in moment) return stateAt(pipeline, place, moment);
  return pipeline.loadAsOf(place, moment);
}

/** Digits are a version, everything else a time. Errors: INPUT_INVALID. */
function boundOf(query: ReadonlyMap<string, string>, name: 'from' | 'to'): Moment | null {
  const text = query.get(name);
  if (text === undefined || (name === 'from' && text === '0')) return null;
  if (/^\d+$/.test(text)) return { version: versionOf(text, name) };
  const atMicros = microsOf(query, name);
  return atMicros === undefined ? null : { atMicros };
}
