/**
 * From the log to the outbox: a durable subscription that writes, with its checkpoint, one row for each message that was
 * asked for, and what people decided about senders, campaigns and single messages. Handled again, nothing changes.
 */
import type { Clock } from '../../core/clock.ts';
import { createEventRecorder } from '../../core/record-event.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import type { Recorded } from '../../core/recorded-event.ts';
import type { ReadModel } from '../../core/read-model.ts';
import { customerList } from '../../modules/customers/index.ts';
import {
  CAMPAIGNS,
  campaignCancelled,
  campaignPageReleased,
  campaignPaused,
  campaignResumed,
  messageCancelled,
  messageGivenUp,
  messageRequested,
  messageResendAsked,
  SENDER_EVENTS,
  templateReviewed,
  type AddressIds,
  type CampaignEvent,
  type CampaignState,
  type MessageEvent,
  type SenderEvent,
  type TemplateEvent,
  conversationOptedIn,
  type ConversationEvent,
} from '../../modules/messages/index.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { RowReader } from '../../projections/projections.ts';
import type { Subscriber } from '../../subscriptions/durable/durable.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { enqueueMessages, type NewMessage } from '../outbox/enqueue.ts';
import { removeOptOut } from '../outbox/opt-outs.ts';
import { readHeldBefore } from '../outbox/restored-copy.ts';
import type { MessagePlace } from '../outbox/outbox-row.ts';
import { openSender, saveSender, stopSender } from '../outbox/senders.ts';
import { hurryUp, isCampaignPaused, pauseCampaign, settleByPerson } from '../outbox/transitions.ts';

export interface FillDependencies {
  readonly addressIds: AddressIds;
  readonly reader: (model: ReadModel) => Pick<RowReader, 'getMany'>;
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly clock: Clock;
  /** Somebody has something to send now. */
  readonly wake: () => void;
}

const ON = [
  messageRequested,
  messageResendAsked,
  messageGivenUp,
  messageCancelled,
  campaignPageReleased,
  campaignPaused,
  campaignResumed,
  campaignCancelled,
  conversationOptedIn,
  templateReviewed,
  ...SENDER_EVENTS,
] as const;
type Read = Recorded<
  MessageEvent | CampaignEvent | SenderEvent | ConversationEvent | TemplateEvent
>;
/** `heldBefore`: what was asked for up to then is held, in microseconds since the epoch: see restored-copy.ts. */
type Write = (tx: Queryable, heldBefore: number) => Promise<void>;

/** Marketing is never ahead of what somebody waits for. */
const CAMPAIGN_PRIORITY = 2;

export function createFillOutbox(deps: FillDependencies): Subscriber {
  const recorder = createEventRecorder(ON);
  return {
    name: 'messaging.outbox',
    types: recorder.types,
    from: 'beginning',
    async handle({ events, bucket }) {
      const writes: Write[] = [];
      for (const stored of events) {
        const recorded: RecordedEvent | null = recorder.record(stored);
        // safe because the recorder gives events of the types above
        const write = recorded === null ? null : await writeOf(deps, bucket, recorded as Read);
        if (write !== null) writes.push(write);
      }
      if (writes.length === 0) return null;
      return async (tx) => {
        const heldBefore = await readHeldBefore(tx);
        for (const write of writes) await write(tx, heldBefore);
        // A moment after the commit the rows are there; whoever looks too early looks again.
        setTimeout(deps.wake, WAKE_AFTER_MS).unref();
      };
    },
  };
}

const WAKE_AFTER_MS = 10;

async function writeOf(deps: FillDependencies, bucket: number, event: Read): Promise<Write | null> {
  const place = { bucket, tenant: event.tenant };
  switch (event.type) {
    case 'MessageRequested':
      return requested(deps, place, event);
    case 'CampaignPageReleased':
      return released(deps, place, event.data);
    case 'MessageResendAsked':
      return (tx, heldBefore) => {
        const isOld = Number(event.recordedAtMicros) <= heldBefore;
        return settleByPerson(tx, { ...place, ...event.data }, isOld ? 'restored' : 'queued');
      };
    case 'MessageGivenUp':
    case 'MessageCancelled':
      return (tx) => settleByPerson(tx, { ...place, ...event.data }, 'ended');
    case 'CampaignPaused':
      return (tx) => pauseCampaign(tx, { ...place, ...event.data }, 'paused');
    case 'CampaignResumed':
    case 'CampaignCancelled':
      // Of a cancelled one each message is judged, so that its stream says why it did not go out.
      return (tx) => pauseCampaign(tx, { ...place, ...event.data }, 'queued');
    case 'ConversationOptedIn':
      return (tx) => removeOptOut(tx, { ...place, conversationId: event.data.conversationId });
    case 'TemplateReviewed':
      return (tx) => hurryUp(tx, place);
    default:
      return senderWrite(place, event);
  }
}

function senderWrite(place: MessagePlace, event: Read): Write | null {
  switch (event.type) {
    case 'MessageSenderAdded':
    case 'MessageSenderChanged': {
      const { senderId, terms } = event.data;
      const { budgetPerSecond: budget, dayTier: dailyMax } = terms;
      return (tx) => saveSender(tx, { ...place, senderId, budget, dailyMax });
    }
    case 'MessageSenderPaused':
      return (tx) => stopSender(tx, { ...place, senderId: event.data.senderId });
    case 'MessageSenderResumed':
    // Judged one by one, messages of a closed sender say why they did not go out.
    case 'MessageSenderClosed':
      return (tx) => openSender(tx, { ...place, senderId: event.data.senderId });
    default:
      return null;
  }
}

type Requested = Extract<Read, { readonly type: 'MessageRequested' }>;

async function requested(
  { addressIds, clock }: FillDependencies,
  place: MessagePlace,
  { data, recordedAtMicros }: Requested,
): Promise<Write | null> {
  const { messageId, senderId, channel, to, personId, priority, notBefore } = data;
  const { address } = to;
  // Erased meanwhile: there is nobody to write to.
  if (address === null) return null;
  const { tenant } = place;
  const recipient = await addressIds.addressIdOf({ tenant, address });
  const nowMs = clock.nowMs();
  const message: NewMessage = {
    ...place,
    messageId,
    senderId,
    channel,
    campaignId: null,
    language: null,
    person: personId,
    recipient,
    priority,
    dueAtUs: Math.max(nowMs, notBefore === null ? 0 : Date.parse(notBefore)) * 1000,
    paused: false,
  };
  return (tx, heldBefore) => {
    const restored = Number(recordedAtMicros) <= heldBefore;
    return enqueueMessages(tx, [{ ...message, restored }], nowMs * 1000);
  };
}

type Released = Extract<CampaignEvent, { readonly type: 'CampaignPageReleased' }>['data'];

async function released(
  { addressIds, reader, clock, pipeline }: FillDependencies,
  place: MessagePlace,
  { campaignId, channel, senderId, recipients }: Released,
): Promise<Write> {
  const { tenant } = place;
  const keys = recipients.map(({ customerId }) => customerId);
  const customers = await reader(customerList).getMany({ tenant, keys });
  const nowMs = clock.nowMs();
  const messages = await Promise.all(
    recipients.map(async ({ messageId, customerId, language }): Promise<NewMessage> => {
      const row = customers.get(customerId)?.row;
      const address = channel === 'email' ? row?.['email'] : row?.['phone'];
      // Without an address it is judged all the same, so that its stream says why nothing went out.
      const recipient =
        typeof address === 'string'
          ? await addressIds.addressIdOf({ tenant, address })
          : `customer:${customerId}`;
      return {
        ...place,
        messageId,
        senderId,
        channel,
        campaignId,
        language,
        person: customerId,
        recipient,
        priority: CAMPAIGN_PRIORITY,
        dueAtUs: nowMs * 1000,
        paused: false,
      };
    }),
  );
  return async (tx, heldBefore) => {
    // Of a campaign that ran since the copy was made, pages that are released anew may have been sent.
    const restored =
      heldBefore > 0 && (await dueUs(pipeline, { tenant, campaignId })) <= heldBefore;
    // A page may have been released before the pause and be read after it.
    const paused = await isCampaignPaused(tx, { ...place, campaignId });
    await enqueueMessages(
      tx,
      messages.map((message) => ({ ...message, paused, restored })),
      nowMs * 1000,
    );
  };
}

/** When it was to start: a schedule that was over before the restore has started it before. In microseconds since the epoch. */
async function dueUs(
  pipeline: Pick<Pipeline, 'load'>,
  { tenant, campaignId }: { readonly tenant: string; readonly campaignId: string },
): Promise<number> {
  const { state } = await pipeline.load(tenant, CAMPAIGNS, campaignId);
  // safe because the stream of a category has the state of its aggregate
  const campaign = state as CampaignState;
  if (campaign.status === 'unknown') return 0;
  const { startedAt, scheduledFor } = campaign;
  return Date.parse(scheduledFor ?? startedAt ?? '') * 1000 || 0;
}
