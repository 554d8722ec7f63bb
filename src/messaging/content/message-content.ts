/** What a message says, brought together from its request or its campaign: whom, what for, which text. */
import type { Channel } from '../outbox/outbox-row.ts';
import type { ClaimedMessage } from '../outbox/outbox-row.ts';
import {
  CAMPAIGNS,
  MESSAGES,
  type CampaignState,
  type MessageState,
  type MessageStatus,
  type Purpose,
  type Variables,
} from '../../modules/messages/index.ts';
import type { StateCache } from './state-cache.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';

export interface Wanted {
  readonly message: ClaimedMessage;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly needsConsent: boolean;
  readonly confirmsOptOut: boolean;
  readonly awaited: boolean;
  readonly customerId: string | null;
  /** Of somebody who is no customer, whose consents are the lead's then. */
  readonly leadId: string | null;
  /** Of a message of its own; a campaign's is looked up with the customer. */
  readonly address: string | null;
  readonly template: {
    readonly id: string;
    readonly version: number;
    readonly language: string;
    readonly variables: Variables;
  } | null;
  readonly text: string | null;
  readonly subject: string | null;
  readonly notBefore: string | null;
  readonly expiresAt: string | null;
  readonly campaign: 'running' | 'paused' | 'cancelled' | null;
}

export interface ContentDependencies {
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly states: StateCache;
}

/** Nothing is to be sent: what the stream of the message says already is what the outbox has to say too. */
export interface Settled {
  readonly settled: 'accepted' | 'unknown' | 'ended';
}

/** Null for a message whose request cannot be found, or whose person was erased. */
export async function contentOf(
  deps: ContentDependencies,
  tenant: string,
  message: ClaimedMessage,
): Promise<Wanted | Settled | null> {
  return message.campaignId === null
    ? ownContent(deps, tenant, message)
    : campaignContent(deps, tenant, { ...message, campaignId: message.campaignId });
}

async function ownContent(
  { pipeline }: ContentDependencies,
  tenant: string,
  message: ClaimedMessage,
): Promise<Wanted | Settled | null> {
  const loaded = await pipeline.load(tenant, MESSAGES, message.messageId);
  // safe because the stream of a category has the state of its aggregate
  const state = loaded.state as MessageState;
  if (state.status === 'none' || state.request === null) return null;
  const settled = settledBy(state.status);
  if (settled !== null) return { settled };
  const { request } = state;
  const { channel, purpose, needsConsent, confirmsOptOut, to, text, subject } = request;
  const { awaited = false, notBefore, expiresAt, template } = request;
  return {
    message,
    channel,
    purpose,
    needsConsent,
    confirmsOptOut,
    awaited,
    customerId: to.customerId,
    leadId: to.leadId,
    address: to.address,
    template: template === null ? null : { ...template, variables: template.variables ?? {} },
    text,
    subject,
    notBefore,
    expiresAt,
    campaign: null,
  };
}

/**
 * The outbox is filled from the log a moment later, and may have been restored or filled anew: what was cancelled just now
 * does not go out, and what went out does not go out again. Null for what is still to be sent.
 */
function settledBy(status: MessageStatus): Settled['settled'] | null {
  switch (status) {
    case 'requested':
    case 'held':
    case 'sending':
      return null;
    case 'unknown':
      return 'unknown';
    case 'accepted':
    case 'sent':
    case 'delivered':
    case 'read':
      return 'accepted';
    case 'dropped':
    case 'cancelled':
    case 'given-up':
    case 'failed':
    case 'bounced':
      return 'ended';
  }
}

async function campaignContent(
  { states }: ContentDependencies,
  tenant: string,
  message: ClaimedMessage & { readonly campaignId: string },
): Promise<Wanted | null> {
  const id = message.campaignId;
  // safe because the stream of a category has the state of its aggregate
  const campaign = (await states.load({ tenant, category: CAMPAIGNS, id })) as CampaignState;
  if (campaign.status === 'unknown' || message.language === null) return null;
  const { channel, templateId, templateVersion, variables, expiresAt, status } = campaign;
  if (templateVersion === null) return null;
  return {
    message,
    channel,
    purpose: 'marketing',
    needsConsent: true,
    confirmsOptOut: false,
    awaited: false,
    customerId: message.person,
    leadId: null,
    address: null,
    template: { id: templateId, version: templateVersion, language: message.language, variables },
    text: null,
    subject: null,
    notBefore: null,
    expiresAt,
    campaign: status === 'paused' || status === 'cancelled' ? status : 'running',
  };
}
