/**
 * How far a message has come. Of what the sender notes itself, the newest counts: it comes in order. What the provider
 * reports comes in any order and more than once, so the furthest counts. Both in one rule: a status is replaced by one of
 * the same rank or a higher one, and all reported ones have ranks of their own. Pure.
 */
import type { MessageEvent } from './events.ts';

export const MESSAGE_STATUSES = [
  'requested',
  'held',
  'sending',
  'unknown',
  'dropped',
  'cancelled',
  'given-up',
  'accepted',
  'sent',
  'failed',
  'bounced',
  'delivered',
  'read',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Delivered lies above failed: with several devices one may fail and another get it. */
const RANK: Readonly<Record<MessageStatus, number>> = {
  requested: 0,
  held: 0,
  sending: 0,
  unknown: 0,
  dropped: 0,
  cancelled: 0,
  'given-up': 0,
  accepted: 1,
  sent: 2,
  failed: 3,
  bounced: 4,
  delivered: 5,
  read: 6,
};

export function furthest(held: MessageStatus, next: MessageStatus): MessageStatus {
  return RANK[next] >= RANK[held] ? next : held;
}

const STATUS_OF: Readonly<Record<MessageEvent['type'], MessageStatus>> = {
  MessageRequested: 'requested',
  MessageHeld: 'held',
  MessageDropped: 'dropped',
  MessageAttempted: 'sending',
  MessageAccepted: 'accepted',
  MessageSent: 'sent',
  MessageDelivered: 'delivered',
  MessageRead: 'read',
  MessageFailed: 'failed',
  MessageBounced: 'bounced',
  MessageOutcomeUnknown: 'unknown',
  MessageResendAsked: 'requested',
  MessageGivenUp: 'given-up',
  MessageCancelled: 'cancelled',
};

export function statusOf(type: MessageEvent['type']): MessageStatus {
  return STATUS_OF[type];
}
