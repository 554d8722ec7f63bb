import type { EventMoment } from '../../core/aggregate.ts';
import { slotOf } from './campaigns/slots.ts';
import type { MessageEvent } from './events.ts';
import { furthest, statusOf, type MessageStatus } from './progress.ts';

export const MESSAGES = 'messages';

type Requested = Extract<MessageEvent, { readonly type: 'MessageRequested' }>['data'];

export interface KnownMessage {
  readonly status: MessageStatus;
  readonly messageId: string;
  readonly campaignId: string | null;
  /** Null for a message of a campaign: its content stands on the page of the campaign. */
  readonly request: Omit<Requested, 'messageId'> | null;
  readonly attempts: number;
  /** Why it is held, was dropped, failed or bounced. */
  readonly reason: string | null;
  readonly heldUntil: string | null;
  /** While the outcome is unknown: from when a person may decide. */
  readonly decideFrom: string | null;
  readonly providerId: string | null;
  readonly requestedAt: string | null;
  readonly acceptedAt: string | null;
  readonly sentAt: string | null;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
}

export type MessageState = { readonly status: 'none' } | KnownMessage;

export const initialState: MessageState = { status: 'none' };

/** The first event of a message of a campaign is a fact, so every event may be the first. */
export function evolve(
  state: MessageState,
  event: MessageEvent,
  { at }: EventMoment,
): MessageState {
  const held = state.status === 'none' ? begun(event.data.messageId) : state;
  const next = { ...held, status: furthest(held.status, statusOf(event.type)) };
  return withDetails(next, event, at);
}

function begun(messageId: string): KnownMessage {
  return {
    status: 'requested',
    messageId,
    campaignId: slotOf(messageId)?.campaignId ?? null,
    request: null,
    attempts: 0,
    reason: null,
    heldUntil: null,
    decideFrom: null,
    providerId: null,
    requestedAt: null,
    acceptedAt: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
  };
}

function withDetails(state: KnownMessage, event: MessageEvent, at: string): KnownMessage {
  const quiet = { ...state, heldUntil: null, decideFrom: null };
  switch (event.type) {
    case 'MessageRequested': {
      const { messageId: _id, ...request } = event.data;
      return { ...state, request, requestedAt: at };
    }
    case 'MessageHeld':
      return { ...quiet, reason: event.data.reason, heldUntil: event.data.until };
    case 'MessageDropped':
      return { ...quiet, reason: event.data.reason };
    case 'MessageAttempted':
      return { ...quiet, ...triedIn(state, event.data) };
    case 'MessageAccepted': {
      const { providerId } = event.data;
      return { ...quiet, ...triedIn(state, event.data), providerId, acceptedAt: at };
    }
    case 'MessageSent':
      return { ...quiet, sentAt: at };
    case 'MessageDelivered':
      return { ...quiet, deliveredAt: at };
    case 'MessageRead':
      return { ...quiet, readAt: at };
    case 'MessageFailed':
    case 'MessageBounced':
      return { ...quiet, reason: event.data.code };
    case 'MessageOutcomeUnknown':
      return { ...state, ...triedIn(state, event.data), decideFrom: event.data.decideFrom };
    case 'MessageResendAsked':
    case 'MessageGivenUp':
    case 'MessageCancelled':
      return quiet;
  }
}

/** What it was held for before says nothing any more. */
function triedIn(
  { attempts }: KnownMessage,
  { attempt }: { readonly attempt: number },
): Pick<KnownMessage, 'attempts' | 'reason'> {
  return { attempts: Math.max(attempts, attempt), reason: null };
}

/** Without whose data it is: that is an id of somebody. */
export function viewOf(state: MessageState): object {
  if (state.status === 'none' || state.request === null) return state;
  const { personId: _person, ...request } = state.request;
  return { ...state, request };
}
