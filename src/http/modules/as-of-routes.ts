/**
 * POST and GET /v1/as-of/{model}: the copy of a list as of a moment, which `?at=` of the list reads and asks for by
 * itself; here one has it prepared without waiting, and sees how far it is. Whoever may read the list may ask for it: it
 * shows no more than the list, and what was erased since is erased in it too. What the copies of other moments are, and
 * whose, is told to nobody.
 */
import { Type } from 'typebox';
import { Failure } from '../../core/errors.ts';
import type { ModuleScope } from '../../access/principal.ts';
import { scopesOfModule } from '../../access/scopes.ts';
import type { ShadowStatus } from '../../projections/projections.ts';
import { requireScope } from '../mount-routes.ts';
import { invalid, microsOf } from '../query-input.ts';
import { ANY_KEY, type Call, type Parameter, type Route } from '../route.ts';
import { askerOf } from './read-as-of.ts';
import type { ModuleRouteDependencies } from './services.ts';

const BODY_BYTES_MAX = 1024;

const Moment = Type.String({
  format: 'date-time',
  description: 'RFC 3339 with zone; not in the future.',
});
const AsOfRequest = Type.Object({ at: Moment }, { additionalProperties: false });
const Count = Type.Integer({ minimum: 0 });
const AsOfCopy = Type.Object({
  model: Type.String(),
  asOf: Moment,
  ready: Type.Boolean({ description: 'True once `?at=` of the list is answered.' }),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  eventsDone: Count,
  behindEvents: Count,
});

const COPY_EXAMPLE = {
  model: 'orders.list',
  asOf: '2026-11-21T09:30:00.000Z',
  ready: false,
  progress: 0.42,
  eventsDone: 12_600,
  behindEvents: 17_400,
};

const MODEL: Parameter = {
  name: 'model',
  in: 'path',
  description: 'Name of the read model, as AS_OF_NOT_BUILT names it.',
  schema: { type: 'string' },
  example: 'orders.list',
};
const AT: Parameter = {
  name: 'at',
  in: 'query',
  description: 'The moment; RFC 3339 with zone.',
  schema: { type: 'string', format: 'date-time' },
  example: '2026-11-21T09:30:00Z',
};

type Dependencies = Pick<ModuleRouteDependencies, 'modules' | 'projections'>;

export function asOfRoutes(deps: Dependencies): readonly Route[] {
  const scopes = new Map<string, ModuleScope>();
  for (const { name, readModels } of deps.modules)
    for (const model of readModels) scopes.set(model.name, scopesOfModule(name).read);
  /** Errors: NOT_FOUND for a model of no module, FORBIDDEN without the module's read scope. */
  const modelOf = ({ principal, params }: Call): string => {
    const { model = '' } = params;
    const scope = scopes.get(model);
    if (scope === undefined) throw new Failure('NOT_FOUND', 'There is no list of this name.');
    requireScope(principal, scope);
    return model;
  };
  return [askRoute(deps, modelOf), progressRoute(deps, modelOf)];
}

const COMMON = {
  path: '/v1/as-of/{model}',
  tag: 'Modules',
  access: ANY_KEY,
} as const;

function askRoute({ projections }: Dependencies, modelOf: (call: Call) => string): Route {
  return {
    ...COMMON,
    method: 'POST',
    operationId: 'askForCopyAsOf',
    summary: 'Have a list prepared as it was at a moment',
    description:
      'Needs the permission to read the list. Asking again changes nothing and tells how far the copy is. A list has at ' +
      'most two copies; one of your own makes room, or one that nobody looked at in the last ten minutes.',
    parameters: [MODEL],
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: { 'application/json': { schema: AsOfRequest, example: { at: COPY_EXAMPLE.asOf } } },
    },
    answers: {
      202: { description: 'How far it is', schema: AsOfCopy, example: COPY_EXAMPLE },
    },
    audit: { class: 'audit', action: 'list.as-of-asked', keepsBody: true },
    errors: [
      'INPUT_INVALID',
      'FORBIDDEN',
      'NOT_FOUND',
      'AS_OF_COPIES_IN_USE',
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    async handle(call) {
      const model = modelOf(call);
      // safe because the body is valid under AsOfRequest
      const { at } = call.body as { readonly at: string };
      const micros = microsOf(new Map([['at', at]]), 'at');
      if (micros === undefined) throw invalid('at', 'is missing.', 'REQUIRED');
      const wanted = { asOfMicros: micros, by: askerOf(call) };
      return { status: 202, body: copyOf(model, await projections.askShadow(model, wanted)) };
    },
  };
}

function progressRoute({ projections }: Dependencies, modelOf: (call: Call) => string): Route {
  return {
    ...COMMON,
    method: 'GET',
    operationId: 'readCopyAsOf',
    summary: 'How far the copy of a list as of a moment is',
    parameters: [MODEL, AT],
    answers: {
      200: { description: 'How far it is', schema: AsOfCopy, example: COPY_EXAMPLE },
    },
    errors: ['INPUT_INVALID', 'FORBIDDEN', 'NOT_FOUND'],
    async handle(call) {
      const model = modelOf(call);
      const micros = microsOf(call.query, 'at');
      if (micros === undefined) throw invalid('at', 'is missing.', 'REQUIRED');
      const shadow = await projections.shadow(model, { asOfMicros: micros, by: askerOf(call) });
      if (shadow === null)
        throw new Failure('NOT_FOUND', 'There is no copy of this list as of this moment.');
      return { status: 200, body: copyOf(model, shadow) };
    },
  };
}

function copyOf(model: string, { eventsDone, behindEvents, ...status }: ShadowStatus): object {
  return {
    model,
    ...status,
    eventsDone: Number(eventsDone),
    behindEvents: Number(behindEvents),
  };
}
