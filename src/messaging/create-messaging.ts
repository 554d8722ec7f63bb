/** Sending of messages and what comes back of them, over the ports of a process. */
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import type { ReadModel } from '../core/read-model.ts';
import type { Person } from '../core/personal-data.ts';
import type { EventLog } from '../log/log.ts';
import type { TransportError } from '../core/message-transport.ts';
import { CUSTOMERS } from '../modules/customers/index.ts';
import {
  JUDGED_BY,
  messageList,
  suppressionIdOf,
  SUPPRESSIONS,
  type AddressIds,
  type ReleaseDependencies,
} from '../modules/messages/index.ts';
import { waitForLists } from '../http/modules/read-your-writes.ts';
import { createAddressHashes } from './address-ids.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Database } from '../platform/postgres/database.ts';
import type { RowReader } from '../projections/projections.ts';
import type { Subscriber } from '../subscriptions/durable/durable.ts';
import { createCommandGiver, type GiveCommand } from './commands.ts';
import { createPrepare, type PrepareDependencies } from './content/prepare-messages.ts';
import { createStateCache } from './content/state-cache.ts';
import { gatherFacts } from './gather-facts.ts';
import { FACT_SPAN_MS } from './limits.ts';
import { createFactAppender, type FactAppender } from './message-facts.ts';
import type { MessagePlace } from './outbox/outbox-row.ts';
import { readEntries, type OutboxEntry } from './outbox/receipts.ts';
import { forgetPerson } from './outbox/remove-old-rows.ts';
import { createSentEntries, type SentEntries } from './outbox/sent-entries.ts';
import { applyEffect, effectOfFailure, type IsCustomer } from './effects.ts';
import { holdRestored } from './outbox/restored-copy.ts';
import { createFillOutbox } from './reading/fill-outbox.ts';
import { knowSenders } from './reading/know-senders.ts';
import { createReleaseCampaigns } from './reading/release-campaigns.ts';
import { Dispatcher } from './sending/dispatcher.ts';
import { createListsReady } from './sending/lists-ready.ts';
import { createLookAgain } from './sending/look-again.ts';
import { createOutcomes } from './sending/outcomes.ts';
import { recoverIntents } from './sending/recover.ts';
import {
  createTemplateReader,
  TemplateSync,
  type TemplateProvider,
} from './templates/sync-templates.ts';
import type { WebhookItem } from './webhooks/parse-webhook.ts';
import { takeReport } from './mail/take-report.ts';
import type { MailReport } from './mail/parse-report.ts';
import type { OpenSenders } from './thread/senders.ts';
import type { UnsubscribePlace } from './unsubscribe-links.ts';
import { createTakeStatuses } from './webhooks/take-statuses.ts';
import { takeWebhook } from './webhooks/take-webhook.ts';

export interface MessagingDependencies {
  readonly database: Database;
  readonly log: EventLog;
  readonly pipeline: Pick<Pipeline, 'load' | 'handle'>;
  readonly reader: (model: ReadModel) => RowReader;
  readonly release: Omit<ReleaseDependencies, 'log'>;
  /** 32 bytes: keys the hashes of addresses. */
  readonly addressSecret: Uint8Array;
  /** Who claims, paces and sends. */
  readonly openSenders: OpenSenders;
  /** Who reviews the templates of a tenant. */
  readonly templatesOf: (tenant: string) => TemplateProvider;
  readonly classify: (code: number | null) => TransportError;
  readonly unsubscribeUrl: (of: {
    readonly tenant: string;
    readonly addressId: string;
    readonly messageId: string;
  }) => string | null;
  /** Fills the places of tokens in a text that goes out. */
  readonly withToken: PrepareDependencies['withToken'];
  /** Id of our message by that of an e-mail; null for one that is none of ours. */
  readonly messageIdOfMail: (mailId: string) => string | null;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: MetricRegistry;
}

export interface Messaging {
  /** To be added before subscriptions begin. */
  readonly subscribers: readonly Subscriber[];
  /** What a webhook says; durable when it resolves. */
  takeWebhook(tenant: string, items: readonly WebhookItem[]): Promise<void>;
  /** False when it is about nothing that was sent here. */
  takeReport(tenant: string, report: MailReport): Promise<boolean>;
  /** The recipient of an e-mail wants no more offers. */
  unsubscribe(place: UnsubscribePlace): Promise<void>;
  /** Before anything reads the log: holds what an older copy of the database calls waiting. */
  holdRestored(): Promise<void>;
  start(): void;
  /** Of a tenant whose senders passed unseen. */
  knowSenders(tenant: string): Promise<void>;
  /** Drains: what is under way is answered and recorded. */
  stop(): Promise<void>;
  /** Of an erased person nothing is sent any more. */
  forget(person: Person): Promise<readonly string[]>;
}

export function createMessaging(deps: MessagingDependencies): Messaging {
  const { log, pipeline, clock } = deps;
  const addressIds = createAddressHashes(deps.addressSecret);
  const giveCommand = createCommandGiver(pipeline);
  const facts = gatherFacts(createFactAppender(log), FACT_SPAN_MS);
  const sent = createSentEntries();
  const isCustomer: IsCustomer = async (tenant, id) =>
    (await pipeline.load(tenant, CUSTOMERS, id)).version > 0n;
  const shared: Shared = { ...deps, addressIds, giveCommand, isCustomer, facts, sent };
  const dispatcher = openDispatcher(shared);
  const sync = new TemplateSync({ ...deps, providerOf: deps.templatesOf, giveCommand });
  const wake = (): void => dispatcher.wake();
  return {
    ...openIntake(shared),
    subscribers: [
      createReleaseCampaigns({ ...deps.release, log }),
      createFillOutbox({ addressIds, reader: deps.reader, pipeline, clock, wake }),
      createTemplateReader(deps),
    ],
    holdRestored: () => holdWhatIsOld(deps),
    knowSenders: (tenant) => knowSenders(deps, { bucket: log.bucketOf(tenant), tenant }),
    start() {
      dispatcher.start();
      sync.start();
    },
    async stop() {
      await Promise.all([dispatcher.stop(), sync.stop()]);
    },
    async forget(person) {
      sent.clear();
      await forgetPerson(deps.database, { ...person, bucket: log.bucketOf(person.tenant) });
      return ['messaging_outbox'];
    },
  };
}

/** Microseconds since the epoch; 0 for an empty log. */
async function newestRecordedAtUs(log: MessagingDependencies['log']): Promise<number> {
  let newest = 0;
  // One after another: a start that takes every connection of its pool leaves none to processes beside it.
  for (let bucket = 0; bucket < log.bucketCount; bucket += 1)
    newest = Math.max(newest, Number((await log.head(bucket)).recordedAtMicros));
  return newest;
}

async function holdWhatIsOld({ database, log, logger }: MessagingDependencies): Promise<void> {
  const { incarnation } = log;
  const recordedAtUs = (): Promise<number> => newestRecordedAtUs(log);
  const count = await holdRestored(database, { incarnation, recordedAtUs });
  if (count > 0)
    logger.warn('messages of a restored copy wait for a person: they may have left before', {
      count,
    });
}

interface Shared extends MessagingDependencies {
  readonly addressIds: AddressIds;
  readonly giveCommand: GiveCommand;
  readonly isCustomer: IsCustomer;
  readonly facts: FactAppender;
  readonly sent: SentEntries;
}

/** What `judgeSend` is told of comes from these. */
function openDispatcher(shared: Shared): Dispatcher {
  const { database, pipeline, clock, logger, facts, log } = shared;
  const { incarnation } = log;
  const states = createStateCache(pipeline, clock);
  return new Dispatcher({
    ...shared,
    prepare: createPrepare({ ...shared, states }),
    listsReady: createListsReady({ log, logger, models: JUDGED_BY, ...shared.release }),
    outcomes: createOutcomes({ database, facts, logger }),
    lookAgain: createLookAgain({ database, pipeline, logger }),
    onEffect: (sender, effect, message) => {
      applyEffect(shared, { sender, effect, message }).catch((error: unknown) => {
        const name = effect.kind;
        logger.warn('what a provider asked for could not be done', { error, name });
      });
    },
    recover: () => recoverIntents({ database, facts, pipeline, clock, incarnation }),
  });
}

/** What comes in from providers and recipients. */
function openIntake(shared: Shared): Pick<Messaging, 'takeWebhook' | 'takeReport' | 'unsubscribe'> {
  const { log, clock, giveCommand } = shared;
  const intake = {
    ...shared,
    bucketOf: (tenant: string) => log.bucketOf(tenant),
    upToNow: (tenant: string, model: ReadModel) =>
      waitForLists({ log, projections: shared.release.projections }, tenant, [model]),
    async onFailure(place: MessagePlace, entry: OutboxEntry, error: TransportError) {
      const { senderId, campaignId } = entry;
      const effect = effectOfFailure(error.class, { campaignId, code: error.code });
      const sender = { ...place, senderId };
      if (effect !== null) await applyEffect(shared, { sender, effect, message: entry });
    },
    messageIdOf: shared.messageIdOfMail,
    nowIso: () => new Date(clock.nowMs()).toISOString(),
  };
  const takeStatuses = createTakeStatuses(intake);
  return {
    takeWebhook: (tenant, items) => takeWebhook({ ...intake, takeStatuses }, tenant, items),
    takeReport: (tenant, report) =>
      takeReport(intake, { bucket: log.bucketOf(tenant), tenant }, report),
    async unsubscribe({ tenant, addressId, messageId: origin }) {
      const id = suppressionIdOf({ channel: 'email', addressId });
      const place = { bucket: log.bucketOf(tenant), tenant };
      const entry = (await readEntries(shared.database, place, [origin])).get(origin);
      // The outbox forgets; whoever finds an old e-mail says no all the same.
      const person = entry?.person ?? (await listedCustomer(shared, tenant, origin));
      // Whoever says no to offers takes the consent back, so that it does not count again when the address is lifted.
      const who =
        person !== null && (await shared.isCustomer(tenant, person)) ? { customerId: person } : {};
      const input = { channel: 'email', reason: 'unsubscribe', scope: 'marketing', origin, ...who };
      await giveCommand({ tenant, category: SUPPRESSIONS, command: 'SuppressAddress', id, input });
    },
  };
}

/** Of a message, by its list; null where that does not say: the address is left alone in any case. */
async function listedCustomer(
  { reader }: Pick<Shared, 'reader'>,
  tenant: string,
  messageId: string,
): Promise<string | null> {
  const listed = await reader(messageList)
    .get({ tenant, key: messageId })
    .catch(() => null);
  const customerId = listed?.row['customer_id'];
  return typeof customerId === 'string' ? customerId : null;
}
