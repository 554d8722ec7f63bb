/** Sending of messages: channels, the outbox, what providers report. Part of the composition root. */
import type { Frame, FrameParts } from './app-frame.ts';
import type { Opened } from './app-opened.ts';
import { CONNECT_TIMEOUT_MS, STATEMENT_TIMEOUT_MS } from './app-storage.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import { demoKeptIn, openDemoPost, templatesOf, type DemoPost } from './app-demo-post.ts';
import { withoutPast } from './demo/messages/past.ts';
import { lockName } from './access/tenants.ts';
import { createMessaging, type Messaging } from './messaging/create-messaging.ts';
import { whatsAppRoutes } from './messaging/webhooks/routes-whatsapp.ts';
import type { Route } from './http/route.ts';
import { mailRoutes } from './messaging/mail/routes-mail.ts';
import { optInTokenOf } from './messaging/opt-in-tokens.ts';
import type { TemplateProvider } from './messaging/templates/sync-templates.ts';
import type { ThreadOptions } from './messaging/thread/protocol.ts';
import { openSenderThread } from './messaging/thread/senders.ts';
import { createUnsubscribeLinks, type UnsubscribeLinks } from './messaging/unsubscribe-links.ts';
import { OPT_IN_TOKEN_PLACE } from './modules/messages/index.ts';
import { messageIdOfMail } from './platform/mail/mail-id.ts';
import { openDatabase } from './platform/postgres/pool.ts';
import { barePage, createSlugs, sentTokenOf, TOKEN_PLACE, type Slugs } from './public/index.ts';
import { classifyError } from './platform/whatsapp/error-classes.ts';
import { createWhatsAppClient, type WhatsAppClient } from './platform/whatsapp/client.ts';

/** Outcomes, statuses and the sweep overlap. Claims and intents have connections of their own, in the thread that sends. */
const CONNECTIONS_MAX = 3;

/** Errors of statuses come without a status of HTTP. */
const STATUS_ERROR = 400;

export interface RunningMessaging extends Messaging {
  readonly links: UnsubscribeLinks;
  readonly slugs: Slugs;
  readonly demoPost: DemoPost;
}

/** Before the frame starts: what it reads of the log is told to the frame here. `start` it afterwards. */
export function openMessaging(
  config: Config,
  opened: Opened,
  parts: FrameParts & { readonly frame: Frame },
): RunningMessaging {
  const { storage, log, keys, frame, logger, metrics } = parts;
  const { whatsapp, publicUrl, senderSecrets } = config.messaging;
  const database = opened.add(
    openDatabase({
      url: storage.url,
      connectionsMax: CONNECTIONS_MAX,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      isPatient: storage.isPatient,
      logger,
    }),
    (it) => it.close(),
  );
  const nowUs = (): number => Math.round((performance.timeOrigin + performance.now()) * 1000);
  const client = opened.add(createWhatsAppClient({ baseUrl: whatsapp.url, nowUs }), (it) =>
    it.close(),
  );
  const tokenOf = (name: string | null): string | undefined =>
    senderSecrets.get(name ?? '') ?? whatsapp.token;
  const links = createUnsubscribeLinks({ secret: keys.linkSecret, publicUrl });
  const demoPost = openDemoPost({ frame, logger, messaging: () => messaging });
  const messaging: Messaging = createMessaging({
    database,
    log,
    pipeline: frame.pipeline,
    reader: (model) => frame.projections.reader(model),
    release: frame,
    addressSecret: keys.linkSecret,
    openSenders: demoPost.listenTo(openSenderThread(threadOptions(config, storage.url))),
    templatesOf: templatesOf(config, templatesBy(client, tokenOf)),
    classify: (code) => classifyError(code, STATUS_ERROR),
    unsubscribeUrl: links.urlOf,
    withToken: ({ text, ...place }) =>
      text
        .replaceAll(TOKEN_PLACE, () => sentTokenOf(keys.linkSecret, place))
        .replaceAll(OPT_IN_TOKEN_PLACE, () => optInTokenOf(keys.linkSecret, place)),
    messageIdOfMail,
    clock: systemClock,
    logger,
    metrics,
  });
  for (const subscriber of messaging.subscribers) frame.subscribe(withoutPast(subscriber));
  const slugs = createSlugs({ database: storage.database, clock: systemClock, lockName });
  return { ...messaging, links, slugs, demoPost };
}

/** The provider lists templates; who has a review to wait for looks for one. */
function templatesBy(
  client: WhatsAppClient,
  tokenOf: TemplateProvider['tokenOf'],
): TemplateProvider {
  return {
    tokenOf,
    submitTemplate: (account, template) => client.submitTemplate(account, template),
    async statusOf(account, { name, language }) {
      const listed = await client.listTemplates(account);
      const found = listed.find((each) => each.name === name && each.language === language);
      return found?.status ?? null;
    },
  };
}

function threadOptions(config: Config, url: string): ThreadOptions {
  const { whatsapp, smtpUrl, publicUrl, senderSecrets } = config.messaging;
  return {
    database: {
      url,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    },
    whatsappUrl: whatsapp.url,
    smtpUrl: smtpUrl ?? null,
    domain: publicUrl === undefined ? 'localhost' : new URL(publicUrl).hostname,
    token: whatsapp.token ?? null,
    secrets: senderSecrets,
    keptIn: demoKeptIn(config),
  };
}

/** After the frame was started. Ends before it: what is under way is recorded through it. */
export function startMessaging(config: Config, opened: Opened, messaging: RunningMessaging): void {
  if (!config.roles.has('jobs')) return;
  const { demoPost } = messaging;
  // Ends after whoever sends: it hears of what was sent last.
  demoPost.start();
  opened.add(demoPost, (it) => it.stop());
  messaging.start();
  if (config.demo) demoPost.begin();
  opened.add(messaging, (it) => it.stop());
}

/** What providers and recipients call. */
export function messagingRoutes(config: Config, messaging: RunningMessaging): readonly Route[] {
  const { whatsapp, bounceToken } = config.messaging;
  const { links, slugs } = messaging;
  const tenantOfSlug = (slug: string): Promise<string | null> => slugs.tenantOf(slug);
  return [
    ...whatsAppRoutes({
      appSecret: whatsapp.appSecret,
      verifyToken: whatsapp.verifyToken,
      take: (tenant, items) => messaging.takeWebhook(tenant, items),
      tenantOfSlug,
    }),
    ...mailRoutes({
      links,
      unsubscribe: (place) => messaging.unsubscribe(place),
      takeReport: (tenant, report) => messaging.takeReport(tenant, report),
      bounceToken,
      page: barePage,
      tenantOfSlug,
    }),
  ];
}
