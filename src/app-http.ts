/** The HTTP face of a server process and the front door of events. Part of the composition root. */
import path from 'node:path';
import { createAuthenticator } from './access/authenticator.ts';
import { databaseKeyLookup } from './access/key-lookup.ts';
import { knownScopes } from './access/scopes.ts';
import { exportOf } from './app-erasure.ts';
import type { Opened } from './app-opened.ts';
import { moduleRoutesWithPages } from './app-public.ts';
import { storageRefusal } from './app-storage.ts';
import type { Config } from './config.ts';
import { documentRoutes } from './documents/routes.ts';
import { systemClock } from './core/clock.ts';
import { KEPT_BY_LAW } from './modules/invoices/index.ts';
import { healthOf } from './health.ts';
import type { RawRoute } from './http/dependencies.ts';
import { createIngestRoute } from './http/ingest-route.ts';
import { createLoadShedder, type LoadShedder } from './http/load-shedding/load-shedder.ts';
import { overloadedOnWire } from './http/overloaded-answer.ts';
import type { Route } from './http/route.ts';
import { auditRoutes } from './http/routes-audit.ts';
import { personalDataRoutes } from './http/routes-personal-data.ts';
import { policyRoutes } from './http/routes-policies.ts';
import { projectionRoutes } from './http/routes-projections.ts';
import { webhookRoutes } from './http/routes-webhooks.ts';
import { createHttpServer } from './http/server.ts';
import { ADMITTED_BEFORE_MAX, createAdmission } from './ingest/admission.ts';
import { createIngest, type Ingest } from './ingest/ingest.ts';
import { createLiveFigures, type LiveFigures } from './platform/telemetry/live.ts';
import { createBatchTracer } from './platform/telemetry/tracing.ts';
import type { Services, Parts } from './app-services.ts';

const VERSION = '0.5.0';
const ROOT = path.resolve(import.meta.dirname, '..');

/** Listens; answers with the address. */
export async function openHttp(
  config: Config,
  opened: Opened,
  parts: Parts & Services,
): Promise<string> {
  const { storage, log, reader, logger, metrics, frame, schemas, deadLetters } = parts;
  const { audit, access, keys, files, modules } = parts;
  const { database } = storage;
  const lookup = databaseKeyLookup(storage.credentials, knownScopes(modules));
  const door = await openFrontDoor(config, opened, { ...parts, lookup });
  const server = createHttpServer({
    log: reader,
    database,
    authenticator: createAuthenticator({ lookup, clock: systemClock, sessions: access.sessions }),
    clock: systemClock,
    logger,
    metrics,
    rawRoutes: [door.route],
    shedder: door.shedder,
    ingestServices: { schemas, deadLetters },
    audit,
    access,
    modules: {
      ...frame,
      ...files,
      clock: systemClock,
      audit,
      linkSecret: keys.linkSecret,
      moduleRoutes: moduleRoutesWithPages(config, opened, parts),
    },
    moreRoutes: furtherRoutes(parts),
    retention: log,
    health: () => healthOf({ database, refusal: storageRefusal(storage) }),
    metricsText: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
    live: door.live,
    consoleFolder: path.join(ROOT, 'console/dist'),
    trustedProxies: config.http.trustedProxies,
    version: VERSION,
  });
  opened.add(server, (it) => it.close());
  return server.listen({ host: config.http.host, port: config.http.port });
}

/** What `createHttpServer` mounts beside its own routes and those of modules. */
export function furtherRoutes(parts: Parts & Services): readonly Route[] {
  const { frame, audit, documents, erasure, log, logger } = parts;
  return [
    ...auditRoutes({ audit, clock: systemClock }),
    ...documentRoutes(documents),
    ...projectionRoutes(frame),
    ...policyRoutes(frame),
    ...webhookRoutes({ webhooks: frame.webhooks.service, log, creations: parts.access.creations }),
    ...personalDataRoutes({
      erasure,
      export: exportOf(parts),
      keptPrefix: KEPT_BY_LAW,
      log,
      logger,
    }),
    ...(parts.demo?.routes ?? []),
    ...(parts.messagingRoutes ?? []),
  ];
}

interface FrontDoor {
  readonly route: RawRoute;
  readonly shedder: LoadShedder;
  readonly live: LiveFigures;
}

/** `POST /v1/events`, and the figures of what passes it. */
async function openFrontDoor(
  config: Config,
  opened: Opened,
  parts: Parts & Services & { readonly lookup: ReturnType<typeof databaseKeyLookup> },
): Promise<FrontDoor> {
  const { log, logger, metrics, schemas, deadLetters, sealer, lookup } = parts;
  const live = createLive(parts, () => ingest.totals);
  const ingest = createIngest({
    log,
    schemas,
    deadLetters,
    sealer,
    metrics,
    tracer: await createBatchTracer(config.tracing),
  });
  live.start();
  opened.add(live, (it) => {
    it.stop();
  });
  const admission = createAdmission(metrics, { queuedEvents: () => log.queuedEvents() });
  const shedder = createLoadShedder({
    admission,
    window: ADMITTED_BEFORE_MAX,
    refusal: overloadedOnWire(),
    metrics,
    logger,
  });
  // Keys only: the raw route has no check against forged requests of a browser.
  const authenticator = createAuthenticator({ lookup, clock: systemClock });
  const route = opened.add(
    createIngestRoute({ ingest, authenticator, admission, shedder, logger }),
    (it) => {
      it.close();
    },
  );
  return { route, shedder, live };
}

function createLive({ log, frame, appends }: Parts, totals: () => Ingest['totals']): LiveFigures {
  return createLiveFigures({
    appends,
    totals: {
      duplicates: () => totals().duplicates,
      rejected: () => totals().rejected,
    },
    queueLength: () => log.queuedEvents(),
    lagSeconds: () => frame.projections.knownLagSeconds(),
    clock: systemClock,
  });
}
