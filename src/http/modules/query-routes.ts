/** GET /v1/{module}, /v1/{module}/{id} and /history: lists come from read models, everything about one id from the log. */
import { HistoryPage } from '../../contract-modules.ts';
import { pluralOf } from '../../core/module.ts';
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
import { scoped, type Parameter, type Route } from '../route.ts';
import type { Mounted } from './addresses.ts';
import { auditedDetail, auditedList, personOfStream, personsOfRows } from './audited.ts';
import { ID, streamIdOf } from './command-routes.ts';
import { itemWriter } from './item-json.ts';
import { conditionParameters, conditionsOf, LIMIT, LIMIT_PARAMETER } from './list-conditions.ts';
import { checkLocation, checkPlace } from './own-location.ts';
import { readAsOf } from './read-as-of.ts';
import { checkWait, WAIT, waitForModel } from './read-your-writes.ts';
import type { ModuleRouteDependencies } from './services.ts';
import { detailSchema, ID_EXAMPLE, listSchema } from './shapes.ts';

const AFTER: Parameter = {
  name: 'after',
  in: 'query',
  description: '`next` of the page before.',
  schema: { type: 'string' },
};

/** What the documentation of every list says of `at`. */
export const LIST_AS_OF =
  'With `at`: from a copy of the list as of then, which is prepared unless it is there; one that takes longer than 5 ' +
  'seconds is answered with AS_OF_NOT_BUILT, its progress and Retry-After.';

export function queryRoutes(deps: ModuleRouteDependencies, mounted: Mounted): readonly Route[] {
  return [listRoute(deps, mounted), detailRoute(deps, mounted), historyRoute(deps, mounted)];
}

function listRoute(deps: ModuleRouteDependencies, mounted: Mounted): Route {
  const { list: model, module, pascal, path, scopes } = mounted;
  const reader = deps.projections.reader(model);
  const write = itemWriter(model);
  const { more: told, ...audited } = auditedList(mounted, 'listed');
  return {
    method: 'GET',
    path,
    operationId: `list${pascal}`,
    tag: module.title,
    summary: `List of ${pascal.toLowerCase() === module.name ? module.title.toLowerCase() : pluralOf(mounted)}`,
    description: `Go on with \`next\` while \`more\` is true. ${LIST_AS_OF}`,
    access: scoped(scopes.read),
    parameters: [...conditionParameters(model), AFTER, LIMIT_PARAMETER, AT, WAIT, ...told],
    ...audited,
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
      'AS_OF_COPIES_IN_USE',
      'WAIT_TIMEOUT',
    ],
    async handle(call) {
      const query: RowListQuery = {
        tenant: call.principal.tenant,
        ...conditionsOf(call, model),
        limit: limitOf(call.query, LIMIT),
        after: call.query.get('after'),
        asOfMicros: microsOf(call.query, 'at'),
      };
      await waitForModel(deps, call, model);
      const { items, next, more } = await readAsOf(deps, call, {
        path,
        models: [model],
        read: () => reader.list(query),
      });
      const about = personsOfRows(model, items);
      const body = { items: items.map(write), next, more };
      return about === undefined ? { status: 200, body } : { status: 200, body, audited: about };
    },
  };
}

function detailRoute(deps: ModuleRouteDependencies, mounted: Mounted): Route {
  const { aggregate, module, singular, path, pascal, scopes } = mounted;
  const { category } = aggregate;
  const { more: told, ...audited } = auditedDetail(mounted, 'read');
  return {
    method: 'GET',
    path: `${path}/{id}`,
    operationId: `read${pascal}`,
    tag: module.title,
    summary: `One ${singular}, now or as of a version or time`,
    access: scoped(scopes.read),
    parameters: [ID, AT, VERSION, WAIT, ...told],
    ...audited,
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
      checkLocation(call.principal, aggregate, found.state);
      const version = Number(found.version);
      // Given twice: first for the order that people read, last so that the state cannot hide it.
      const own = { id, version, at: found.at };
      const body = { ...own, ...viewOf(aggregate, found.state), ...own };
      const headers = { etag: `"${version}"` };
      return { status: 200, headers, body, audited: personOfStream(mounted, id) };
    },
  };
}

function historyRoute(deps: ModuleRouteDependencies, mounted: Mounted): Route {
  const { aggregate, module, singular, path, pascal, scopes } = mounted;
  const { category } = aggregate;
  const { more: told, ...audited } = auditedDetail(mounted, 'history-read');
  return {
    method: 'GET',
    path: `${path}/{id}/history`,
    operationId: `historyOf${pascal}`,
    tag: module.title,
    summary: `What happened to one ${singular}, oldest or newest first, and what each event changed`,
    access: scoped(scopes.read),
    parameters: [ID, ...HISTORY_PARAMETERS, WAIT, ...told],
    ...audited,
    answers: { 200: { description: 'A page of its history', schema: HistoryPage } },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN'],
    async handle(call) {
      const place = { tenant: call.principal.tenant, category, id: streamIdOf(call) };
      await checkWait(deps.log, call);
      await checkPlace(deps.pipeline, call.principal, { aggregate, place });
      const body = await historyPage(deps.pipeline, place, call.query);
      return { status: 200, body, audited: personOfStream(mounted, place.id) };
    },
  };
}
