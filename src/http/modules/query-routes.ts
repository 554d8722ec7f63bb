/** GET /v1/{module}, /v1/{module}/{id} and /history: lists come from read models, everything about one id from the log. */
import { HistoryPage } from '../../contract-modules.ts';
import type { ListDefinition, ReadModel } from '../../core/read-model.ts';
import type { RowListQuery } from '../../projections/projections.ts';
import {
  AT,
  HISTORY_PARAMETERS,
  historyPage,
  momentOf,
  stateAt,
  VERSION,
  viewOf,
} from '../moments.ts';
import { limitOf, microsOf } from '../query-input.ts';
import { scoped, type Call, type Parameter, type Route } from '../route.ts';
import type { Mounted } from './addresses.ts';
import { ID, streamIdOf } from './command-routes.ts';
import { itemWriter } from './item-json.ts';
import { checkWait, WAIT, waitForModel } from './read-your-writes.ts';
import type { ModuleRouteDependencies } from './services.ts';
import { detailSchema, ID_EXAMPLE, listSchema } from './shapes.ts';

const LIMIT = { standard: 100, max: 1000 };
const AFTER: Parameter = {
  name: 'after',
  in: 'query',
  description: '`next` of the page before.',
  schema: { type: 'string' },
};
const LIMIT_PARAMETER: Parameter = {
  name: 'limit',
  in: 'query',
  description: 'Most items of a page.',
  schema: { type: 'integer', minimum: 1, maximum: LIMIT.max, default: LIMIT.standard },
};

export function queryRoutes(deps: ModuleRouteDependencies, mounted: Mounted): readonly Route[] {
  return [listRoute(deps, mounted), detailRoute(deps, mounted), historyRoute(deps, mounted)];
}

function listRoute(deps: ModuleRouteDependencies, mounted: Mounted): Route {
  const { list: model, module, pascal, path, scopes } = mounted;
  const { filters } = listOf(model);
  const reader = deps.projections.reader(model);
  const write = itemWriter(model);
  return {
    method: 'GET',
    path,
    operationId: `list${pascal}`,
    tag: module.title,
    summary: `List of ${pascal.toLowerCase() === module.name ? module.title.toLowerCase() : `${mounted.singular}s`}`,
    description: 'Go on with `next` while `more` is true.',
    access: scoped(scopes.read),
    parameters: [...filterParameters(model), AFTER, LIMIT_PARAMETER, AT, WAIT],
    answers: {
      200: {
        description: 'A page',
        schema: listSchema(model),
        example: { items: [{ id: ID_EXAMPLE }], next: 'eyJrIjoiIn0', more: false },
      },
    },
    errors: [
      'INPUT_INVALID',
      'CURSOR_INVALID',
      'CURSOR_EXPIRED',
      'CURSOR_FOREIGN',
      'AS_OF_NOT_BUILT',
      'WAIT_TIMEOUT',
    ],
    async handle(call) {
      const query: RowListQuery = {
        tenant: call.principal.tenant,
        filters: givenFilters(call, filters),
        limit: limitOf(call.query, LIMIT),
        after: call.query.get('after'),
        asOfMicros: microsOf(call.query, 'at'),
      };
      await waitForModel(deps, call, model);
      const { items, next, more } = await reader.list(query);
      return { status: 200, body: { items: items.map(write), next, more } };
    },
  };
}

/** `defineModule` has seen to it that a listed model says how. */
function listOf(model: ReadModel): ListDefinition {
  if (model.list === undefined) throw new TypeError(`${model.name} does not say how it is listed`);
  return model.list;
}

const OWN_PARAMETERS: ReadonlySet<string> = new Set(['after', 'limit', 'at', 'wait']);

function filterParameters(model: ReadModel): readonly Parameter[] {
  return Object.keys(listOf(model).filters).map((name) => {
    if (OWN_PARAMETERS.has(name))
      throw new TypeError(`${model.name}: a filter cannot be called ${name}`);
    const description = `Only those with this ${name}.`;
    return { name, in: 'query', description, schema: { type: 'string' } };
  });
}

function givenFilters(
  { query }: Call,
  filters: ListDefinition['filters'],
): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(filters)) {
    const value = query.get(name);
    if (value !== undefined) given[name] = value;
  }
  return given;
}

function detailRoute(deps: ModuleRouteDependencies, mounted: Mounted): Route {
  const { aggregate, module, singular, path, pascal, scopes } = mounted;
  const { category } = aggregate;
  return {
    method: 'GET',
    path: `${path}/{id}`,
    operationId: `read${pascal}`,
    tag: module.title,
    summary: `One ${singular}, now or as of a version or time`,
    access: scoped(scopes.read),
    parameters: [ID, AT, VERSION, WAIT],
    answers: {
      200: {
        description: `The ${singular}; ETag is its version`,
        schema: detailSchema(singular),
        headers: ['etag'],
        example: { id: ID_EXAMPLE, version: 2, at: '2026-11-21T09:30:00.000Z' },
      },
    },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN'],
    async handle(call) {
      const id = streamIdOf(call);
      const moment = momentOf(call.query);
      await checkWait(deps.log, call);
      const place = { tenant: call.principal.tenant, category, id };
      const found = await stateAt(deps.pipeline, place, moment);
      const version = Number(found.version);
      // Given twice: first for the order that people read, last so that the state cannot hide it.
      const own = { id, version, at: found.at };
      const body = { ...own, ...viewOf(aggregate, found.state), ...own };
      return { status: 200, headers: { etag: `"${version}"` }, body };
    },
  };
}

function historyRoute(deps: ModuleRouteDependencies, mounted: Mounted): Route {
  const { aggregate, module, singular, path, pascal, scopes } = mounted;
  const { category } = aggregate;
  return {
    method: 'GET',
    path: `${path}/{id}/history`,
    operationId: `historyOf${pascal}`,
    tag: module.title,
    summary: `What happened to one ${singular}, oldest first, and what each event changed`,
    access: scoped(scopes.read),
    parameters: [ID, ...HISTORY_PARAMETERS, WAIT],
    answers: { 200: { description: 'A page of its history', schema: HistoryPage } },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN'],
    async handle(call) {
      const place = { tenant: call.principal.tenant, category, id: streamIdOf(call) };
      await checkWait(deps.log, call);
      return { status: 200, body: await historyPage(deps.pipeline, place, call.query) };
    },
  };
}
