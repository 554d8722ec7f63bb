/** Health, metrics and live figures: what operators and the console look at. */
import { Health } from '../contract.ts';
import type { HttpDependencies } from './dependencies.ts';
import { liveRoute } from './live-route.ts';
import { OPEN, type Route } from './route.ts';

type OperationDependencies = Pick<HttpDependencies, 'health' | 'metricsText' | 'live'>;

export interface OperationRoutes {
  readonly routes: readonly Route[];
  close(): void;
}

export function operationRoutes(deps: OperationDependencies): OperationRoutes {
  const live = liveRoute(deps.live);
  return {
    routes: [...healthRoutes(deps), metricsRoute(deps), live.route],
    close: live.close,
  };
}

function healthRoutes(deps: OperationDependencies): readonly Route[] {
  const ready: Route = {
    method: 'GET',
    path: '/health/ready',
    operationId: 'ready',
    tag: 'Operation',
    summary: 'Whether writes with a valid key are accepted now',
    access: OPEN,
    answers: {
      200: { description: 'They are', schema: Health },
      503: { description: 'They are not; `dependencies` says why', schema: Health },
    },
    async handle() {
      const health = await deps.health();
      return { status: health.status === 'ok' ? 200 : 503, body: health };
    },
  };
  const alive: Route = {
    method: 'GET',
    path: '/health/live',
    operationId: 'live',
    tag: 'Operation',
    summary: 'Whether the process answers at all',
    access: OPEN,
    answers: {
      200: {
        description: 'It does',
        schema: { type: 'object', properties: { status: { const: 'ok' } } },
      },
    },
    handle: () => ({ status: 200, body: { status: 'ok' } }),
  };
  return [alive, ready];
}

function metricsRoute(deps: OperationDependencies): Route {
  return {
    method: 'GET',
    path: '/metrics',
    operationId: 'metrics',
    tag: 'Operation',
    summary: 'Metrics of this process in the Prometheus text format',
    description:
      'Open to a process on the same machine whose request passed no proxy; everybody else needs the scope.',
    access: { kind: 'scope-or-loopback', scope: 'metrics:read' },
    answers: {
      200: { description: 'Metrics', contentType: 'text/plain', schema: { type: 'string' } },
    },
    async handle() {
      const { contentType, text } = await deps.metricsText();
      return { status: 200, body: text, contentType };
    },
  };
}
