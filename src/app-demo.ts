/** The demo tenant: its people, its filling, its evenings, what may be broken in it. Part of the composition root. */
import { randomUUIDv7 } from 'node:crypto';
import type { Files } from './app-files.ts';
import type { Frame, FrameParts } from './app-frame.ts';
import type { Opened } from './app-opened.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import type { PersonalMarks } from './core/event-type.ts';
import type { StoredEvent } from './core/event.ts';
import { createBreakIt, type BreakIt } from './demo/break-it/break-it.ts';
import { breakItRoutes } from './demo/break-it/routes.ts';
import { createDeletion, type Deletion } from './demo/delete-demo.ts';
import { hasDemoEnded } from './demo/ended.ts';
import { createEvening, type Evening } from './demo/evening.ts';
import { fillExtras } from './demo/extras/fill-extras.ts';
import { fillDemo } from './demo/fill-demo.ts';
import { isReachedByNobodyElse } from './demo/loopback.ts';
import { fillMessages } from './demo/messages/fill-messages.ts';
import type { Post } from './demo/messages/post.ts';
import {
  ensureDemoPeople,
  forbidKnownPasswords,
  toldLogins,
  type DemoLogins,
} from './demo/people.ts';
import { personsOfDemo } from './demo/persons.ts';
import { demoRoutes } from './demo/routes.ts';
import { movePastLeads } from './demo/past-leads.ts';
import { DEMO_TENANT, seedDemo } from './demo/seed-demo.ts';
import type { RunningDocuments } from './documents/documents.ts';
import type { Route } from './http/route.ts';
import type { Schemas } from './ingest/schemas/schemas.ts';
import { createAddressHashes } from './messaging/address-ids.ts';
import { createFactAppender } from './messaging/message-facts.ts';
import { conversationIdOf, suppressionIdOf } from './modules/messages/index.ts';
import type { Erasure } from './personal-data/erase.ts';
import { drawPicture } from './platform/images/draw-picture.ts';

/** Of each list; the evening has a handful at a time. */
const UNFINISHED_MAX = 200;
/** Three months of the demo take seconds; where they take longer, the next start goes on. */
const HANDLED_MS_MAX = 120_000;
const HANDLED_LOOK_MS = 500;
/** Documents of a page while they are removed. */
const DOCUMENTS_PAGE = 200;

export interface Demo {
  readonly routes: readonly Route[];
  /**
   * Begins to fill and to play, once the server listens there; empty when this process serves nobody. Answers with what to
   * tell whoever started it.
   */
  start(url: string): readonly string[];
}

export interface DemoParts extends FrameParts {
  readonly frame: Frame;
  readonly files: Files;
  readonly documents: RunningDocuments;
  readonly schemas: Schemas;
  readonly erasure: Erasure;
  /** Process ids of the children that read PDFs. */
  readonly workerPids: () => readonly number[];
}

interface Running {
  url: string;
  /** Stops filling and evenings. */
  stopPlay: () => Promise<void>;
  playing: boolean;
}

/** After everything that it uses; null where the demo is off. */
export async function openDemo(
  config: Config,
  opened: Opened,
  parts: DemoParts,
): Promise<Demo | null> {
  const { storage, log, access, logger } = parts;
  const isClosed = isReachedByNobodyElse(config.http);
  if (!config.demo) {
    if (config.roles.has('http') && !isClosed) await forbidKnownPasswords(access.context);
    return null;
  }
  const seeded = await seedDemo({ database: storage.database, log });
  const isOver = await hasDemoEnded(log);
  // A process that serves nobody cannot tell who reaches those that do.
  const logins: DemoLogins =
    isOver || !config.roles.has('http')
      ? { kind: 'own' }
      : await ensureDemoPeople(access.context, { isLoopback: isClosed });
  const running: Running = { url: '', stopPlay: () => Promise.resolve(), playing: false };
  const breakIt = isClosed ? openBreakIt(parts, running) : null;
  const deletion = openDeletion(parts, running, breakIt);
  const routes = demoRoutes({
    deletion,
    breaks: breakIt !== null,
    stopped: () => !running.playing,
  });
  return {
    routes: [...routes, ...(breakIt === null ? [] : breakItRoutes(breakIt))],
    start(url) {
      running.url = url;
      // They call the server, so they end before it does.
      opened.add(deletion, (it) => it.stop());
      opened.add(running, (it) => it.stopPlay());
      if (breakIt !== null) opened.add(breakIt, (it) => it.stop());
      // A deletion that a crash cut goes on; one that was done finds nothing.
      if (isOver)
        void deletion.delete('server:start').catch((error: unknown) => {
          logger.warn('the demo could not be deleted to its end', { error });
        });
      else if (config.roles.has('jobs')) play(parts, running);
      return isOver ? [] : [...seeded, ...toldLogins(logins, url)];
    },
  };
}

/** Fills what is missing, then lets evenings pass; in one process as in many. */
function play(parts: DemoParts, running: Running): void {
  const { frame, logger, log, storage, schemas } = parts;
  const { pipeline, pipelineAt } = frame;
  const fill = fillDemo({ pipeline, pipelineAt, clock: systemClock, logger });
  const stopping = new AbortController();
  let evening: Evening | null = null;
  const extras = fill.done.then(async ({ complete }) => {
    if (stopping.signal.aborted) return;
    evening = createEvening({
      pipeline,
      clock: systemClock,
      logger,
      unfinishedOrders: () => unfinishedOrders(frame),
      isOver: () => hasDemoEnded(log),
    });
    evening.start();
    const { signal } = stopping;
    const post = postOf(parts);
    const settled = (): Promise<boolean> => isHandled(parts, signal);
    const messages = { pipeline, pipelineAt, clock: systemClock, post, settled, logger, signal };
    // What is told of the past after these would be written about as if it happened now.
    if (complete) await fillMessages(messages);
    if (complete) await movePastLeads({ pipeline, settled, logger, signal });
    await fillExtras({
      pipeline,
      clock: systemClock,
      logger,
      database: storage.database,
      bucketOf: (tenant) => log.bucketOf(tenant),
      url: () => running.url,
      refresh: () => schemas.refresh(),
      draw: drawPicture,
      signal,
    });
  });
  running.playing = true;
  running.stopPlay = async () => {
    running.playing = false;
    stopping.abort();
    await fill.stop();
    await evening?.stop();
    await extras;
  };
}

/** Whether policies and lists came in time to what the demo's bucket holds now. */
async function isHandled({ frame, log }: DemoParts, signal: AbortSignal): Promise<boolean> {
  const bucket = log.bucketOf(DEMO_TENANT);
  const { position } = await log.head(bucket);
  const untilMs = performance.now() + HANDLED_MS_MAX;
  while (!signal.aborted && performance.now() < untilMs) {
    const passed = await frame.passed(bucket);
    if (passed === null || passed >= position) return true;
    await new Promise((resolve) => setTimeout(resolve, HANDLED_LOOK_MS));
  }
  return false;
}

/** What the demo notes of messages: ids of addresses as the sender of messages makes them, and facts as it appends them. */
function postOf({ log, keys }: DemoParts): Post {
  const addresses = createAddressHashes(keys.linkSecret);
  const facts = createFactAppender(log);
  return {
    async idsOf({ channel, senderId, address }) {
      const addressId = await addresses.addressIdOf({ tenant: DEMO_TENANT, address });
      return {
        conversationId: conversationIdOf({ senderId, addressId }),
        suppressionId: suppressionIdOf({ channel, addressId }),
      };
    },
    note: (noted) => facts.append(DEMO_TENANT, noted),
  };
}

/** Of the read models: they may be a moment behind, and what is missed is seen five minutes later. */
async function unfinishedOrders({ modules, projections }: Frame): Promise<readonly string[]> {
  const ids = async (model: string, filters: Readonly<Record<string, string>>) => {
    const found = modules
      .flatMap(({ readModels }) => readModels)
      .find(({ name }) => name === model);
    if (found === undefined) return [];
    const page = await projections
      .reader(found)
      .list({ tenant: DEMO_TENANT, filters, limit: UNFINISHED_MAX });
    return page.items.map(({ key, row }) => {
      const { order_id: orderId = key } = row;
      return typeof orderId === 'string' ? orderId : key;
    });
  };
  const open = await ids('orders.list', { status: 'open' });
  const fired = await ids('orders.tickets', { status: 'open' });
  return [...new Set([...open, ...fired])];
}

function openBreakIt(parts: DemoParts, running: Running): BreakIt {
  const { log, logger, storage, workerPids } = parts;
  return createBreakIt({
    log,
    database: storage.database,
    bucketOf: (tenant) => log.bucketOf(tenant),
    url: () => running.url,
    clock: systemClock,
    logger,
    newId: () => randomUUIDv7(),
    workerPids,
    kill: killed,
  });
}

/** False when the process had ended already. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

function openDeletion(parts: DemoParts, running: Running, breakIt: BreakIt | null): Deletion {
  const { access, log, logger, modules, erasure, schemas } = parts;
  const marks = new Map<string, PersonalMarks>();
  for (const { aggregate } of modules.flatMap(({ aggregates }) => aggregates))
    for (const { personal } of aggregate.events)
      if (personal?.type !== undefined) marks.set(personal.type, personal);
  const marksOf = (event: StoredEvent): PersonalMarks | undefined =>
    event.decided ? marks.get(event.type) : schemas.marksFor(DEMO_TENANT, event);
  return createDeletion({
    context: access.context,
    log,
    logger,
    async stopAll() {
      await breakIt?.stop();
      await running.stopPlay();
    },
    persons: () => personsOfDemo(log, marksOf),
    erase: (personId) => erasure.erase(DEMO_TENANT, personId, 'server:demo'),
    removeThings: () => removeThings(parts),
  });
}

async function removeThings({ documents, frame }: DemoParts) {
  let count = 0;
  for (;;) {
    const page = await documents.list(DEMO_TENANT, { after: null, limit: DOCUMENTS_PAGE });
    for (const { id } of page.items) if (await documents.remove(DEMO_TENANT, id)) count += 1;
    if (!page.more) break;
  }
  const { service } = frame.webhooks;
  const endpoints = await service.list(DEMO_TENANT);
  for (const { endpointId: id } of endpoints) await service.remove({ tenant: DEMO_TENANT, id });
  return { documents: count, webhooks: endpoints.length };
}
