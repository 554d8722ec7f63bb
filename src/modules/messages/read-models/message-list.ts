/** Every message: the single ones as they are asked for, those of campaigns as their page is released. */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { campaignPageReleased, type CampaignEvent } from '../campaigns/events.ts';
import { MESSAGE_EVENTS, type MessageEvent } from '../events.ts';
import { furthest, MESSAGE_STATUSES, statusOf, type MessageStatus } from '../progress.ts';

export interface MessageRow {
  readonly status: MessageStatus;
  /** The status where it is one that somebody looks for among many; null for what goes its way. */
  readonly attention: MessageStatus | null;
  readonly channel: string;
  readonly sender_id: string;
  readonly customer_id: string | null;
  readonly lead_id: string | null;
  readonly person_id: string;
  /** Null for messages of campaigns: they go where the customer is reached when they are sent. */
  readonly address: string | null;
  readonly purpose: string;
  readonly use: string | null;
  readonly campaign_id: string | null;
  readonly conversation_id: string | null;
  readonly template_id: string | null;
  readonly language: string | null;
  /** Why it is held, was dropped, failed or bounced. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly held_until: string | null;
  readonly decide_from: string | null;
  readonly requested_at: string;
  readonly accepted_at: string | null;
  readonly sent_at: string | null;
  readonly delivered_at: string | null;
  readonly read_at: string | null;
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

type Released = Extract<CampaignEvent, { readonly type: 'CampaignPageReleased' }>;
type Seen = MessageEvent | Released;

export const messageList = defineReadModel<Recorded<Seen>, MessageRow>({
  name: 'messages.list',
  version: 3,
  columns: {
    status: 'text',
    attention: 'text',
    channel: 'text',
    sender_id: 'text',
    customer_id: 'text',
    lead_id: 'text',
    person_id: 'text',
    address: 'text',
    purpose: 'text',
    use: 'text',
    campaign_id: 'text',
    conversation_id: 'text',
    template_id: 'text',
    language: 'text',
    reason: 'text',
    attempts: 'integer',
    held_until: 'timestamptz',
    decide_from: 'timestamptz',
    requested_at: 'timestamptz',
    accepted_at: 'timestamptz',
    sent_at: 'timestamptz',
    delivered_at: 'timestamptz',
    read_at: 'timestamptz',
    changed_at: 'timestamptz',
  },
  // Three or four facts of a message come within seconds. None of them changes an indexed column, so none touches an index.
  fillFactor: 45,
  indexes: [
    ['requested_at'],
    ['attention', 'requested_at'],
    ['campaign_id', 'requested_at'],
    ['customer_id', 'requested_at'],
    ['conversation_id', 'requested_at'],
  ],
  on: [...MESSAGE_EVENTS, campaignPageReleased],
  keys: (event) =>
    event.type === 'CampaignPageReleased'
      ? event.data.recipients.map(({ messageId }) => messageId)
      : [event.data.messageId],
  project(row, event, key) {
    if (event.type === 'CampaignPageReleased') return row ?? ofCampaign(event, key);
    if (event.type === 'MessageRequested') return row ?? ofRequest(event);
    return row === null ? null : advanced(row, event);
  },
  personal: { person: 'person_id', columns: ['address'] },
  list: {
    filters: {
      status: 'status',
      attention: 'attention',
      channel: 'channel',
      senderId: 'sender_id',
      campaignId: 'campaign_id',
      customerId: 'customer_id',
      leadId: 'lead_id',
      conversationId: 'conversation_id',
      purpose: 'purpose',
      use: 'use',
      reason: 'reason',
    },
    order: [{ column: 'requested_at', descending: true }],
    range: { column: 'requested_at' },
  },
});

const NOTHING_YET = {
  status: 'requested',
  attention: null,
  reason: null,
  attempts: 0,
  held_until: null,
  decide_from: null,
  accepted_at: null,
  sent_at: null,
  delivered_at: null,
  read_at: null,
} as const;

function ofRequest({
  data,
  at,
}: Recorded<Extract<Seen, { type: 'MessageRequested' }>>): MessageRow {
  const { to, template } = data;
  return {
    ...NOTHING_YET,
    channel: data.channel,
    sender_id: data.senderId,
    customer_id: to.customerId,
    lead_id: to.leadId,
    person_id: data.personId,
    address: to.address,
    purpose: data.purpose,
    use: data.use,
    campaign_id: null,
    conversation_id: data.conversationId,
    template_id: template?.id ?? null,
    language: template?.language ?? null,
    requested_at: at,
    changed_at: at,
  };
}

function ofCampaign({ data, at }: Recorded<Released>, key: string): MessageRow | null {
  const recipient = data.recipients.find(({ messageId }) => messageId === key);
  if (recipient === undefined) return null;
  const { customerId, language } = recipient;
  return {
    ...NOTHING_YET,
    channel: data.channel,
    sender_id: data.senderId,
    customer_id: customerId,
    lead_id: null,
    person_id: customerId,
    address: null,
    purpose: 'marketing',
    use: null,
    campaign_id: data.campaignId,
    conversation_id: null,
    template_id: data.templateId,
    language,
    requested_at: at,
    changed_at: at,
  };
}

/** Most messages have only ever these. */
const ON_THE_WAY: ReadonlySet<MessageStatus> = new Set([
  'requested',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
]);

/** Whether the list by that status is found through `attention`. */
export function needsAttention(status: string): boolean {
  return MESSAGE_STATUSES.some((each) => each === status && !ON_THE_WAY.has(each));
}

type Later = Exclude<MessageEvent, { readonly type: 'MessageRequested' }>;

function advanced(row: MessageRow, event: Recorded<Later>): MessageRow {
  const status = furthest(row.status, statusOf(event.type));
  const attention = ON_THE_WAY.has(status) ? null : status;
  const settled = {
    ...row,
    status,
    attention,
    held_until: null,
    decide_from: null,
    changed_at: event.at,
  };
  switch (event.type) {
    case 'MessageHeld':
      return { ...settled, reason: event.data.reason, held_until: event.data.until };
    case 'MessageDropped':
      return { ...settled, reason: event.data.reason };
    case 'MessageAttempted':
      return { ...settled, ...triedIn(row, event.data) };
    case 'MessageAccepted':
      return { ...settled, ...triedIn(row, event.data), accepted_at: event.at };
    case 'MessageSent':
      return { ...settled, sent_at: event.at };
    case 'MessageDelivered':
      return { ...settled, delivered_at: event.at };
    case 'MessageRead':
      return { ...settled, read_at: event.at };
    case 'MessageFailed':
    case 'MessageBounced':
      return { ...settled, reason: event.data.code };
    case 'MessageOutcomeUnknown':
      return { ...settled, ...triedIn(row, event.data), decide_from: event.data.decideFrom };
    case 'MessageResendAsked':
    case 'MessageGivenUp':
    case 'MessageCancelled':
      return settled;
  }
}

/** What it was held for before says nothing any more. */
function triedIn(
  { attempts }: MessageRow,
  { attempt }: { readonly attempt: number },
): Pick<MessageRow, 'attempts' | 'reason'> {
  return { attempts: Math.max(attempts, attempt), reason: null };
}
