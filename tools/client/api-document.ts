/**
 * The OpenAPI document of the whole interface, made without a server: routes are described before anything runs, so
 * what only their handlers use may be absent.
 */
import { furtherRoutes } from '../../src/app-http.ts';
import { breakItRoutes } from '../../src/demo/break-it/routes.ts';
import { demoRoutes } from '../../src/demo/routes.ts';
import { openApiOf, type OpenApiDocument } from '../../src/http/openapi.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { MODULES } from '../../src/modules/index.ts';
import { MODULE_ROUTES } from '../../src/modules/routes.ts';
import { withPublicPages } from '../../src/public/index.ts';

/** The same document that a server answers at /openapi.json, but for its version. */
export async function apiDocument(): Promise<OpenApiDocument> {
  const nothing = standIn();
  const server = createHttpServer({
    ...nothing,
    log: nothing,
    database: nothing,
    authenticator: nothing,
    access: nothing,
    clock: nothing,
    logger: nothing,
    metrics: nothing,
    rawRoutes: [],
    ingestServices: nothing,
    audit: nothing,
    modules: {
      modules: MODULES,
      moduleRoutes: withPublicPages(MODULE_ROUTES, nothing),
      pipeline: nothing,
      projections: nothing,
      clock: nothing,
      audit: nothing,
      blobs: nothing,
      images: nothing,
      linkSecret: new Uint8Array(32),
    },
    moreRoutes: [...furtherRoutes(nothing), ...demoRoutes(nothing), ...breakItRoutes(nothing)],
    retention: nothing,
    health: nothing,
    metricsText: nothing,
    live: nothing,
    consoleFolder: null,
    trustedProxies: [],
    version: '',
  });
  await server.close();
  return openApiOf(server.routes, '');
}

/** Has every member and can be called; both give the same again. */
// oxlint-disable-next-line typescript/no-explicit-any -- safe because no handler runs that would use it
function standIn(): any {
  const it: object = new Proxy(() => undefined, {
    get: (_target, name) => {
      // Not a promise, and empty for whoever walks or spreads it.
      if (name === 'then') return undefined;
      if (name === Symbol.iterator) return () => [][Symbol.iterator]();
      if (name === Symbol.toPrimitive) return () => '';
      return it;
    },
    apply: () => it,
    ownKeys: () => [],
    getOwnPropertyDescriptor: () => undefined,
  });
  return it;
}
