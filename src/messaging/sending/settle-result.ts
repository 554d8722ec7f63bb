/**
 * What follows from the answer of a provider: the facts for the message's stream, what the outbox does with it, and what
 * it means for the sender or campaign. Pure.
 */
import type { SendResult, TransportError } from '../../core/message-transport.ts';
import type { MessageFact } from '../../modules/messages/index.ts';
import {
  ATTEMPTS_MAX,
  BLOCKED_MS,
  RETRY_FIRST_MS,
  RETRY_NEXT_DAY_MS,
  RETRY_PAUSE_MAX_MS,
  UNKNOWN_DECIDED_AFTER_MS,
} from '../limits.ts';
import type { Outcome } from '../outbox/transitions.ts';

export type Effect =
  /** Half the rate, growing back. */
  | { readonly kind: 'slow-sender' }
  | { readonly kind: 'block-sender'; readonly pauseMs: number }
  | { readonly kind: 'pause-campaign'; readonly campaignId: string; readonly reason: string }
  /** The provider says that the person wants no marketing. */
  | { readonly kind: 'opt-out' };

export interface Settled {
  readonly facts: readonly MessageFact[];
  readonly outcome: Outcome;
  readonly effect: Effect | null;
}

export interface Attempted {
  readonly messageId: string;
  readonly campaignId: string | null;
  /** From 1: the one that was made. */
  readonly attempt: number;
  readonly nowMs: number;
}

export function settleResult(attempted: Attempted, result: SendResult): Settled {
  const { messageId, attempt, nowMs } = attempted;
  switch (result.kind) {
    case 'accepted': {
      const { providerId } = result;
      const accepted: MessageFact = {
        type: 'MessageAccepted',
        data: { messageId, attempt, providerId },
      };
      return {
        facts: [accepted],
        outcome: { messageId, state: 'accepted', providerId, dueAtUs: 0 },
        effect: null,
      };
    }
    case 'unknown': {
      const decideFrom = new Date(nowMs + UNKNOWN_DECIDED_AFTER_MS).toISOString();
      const unknown: MessageFact = {
        type: 'MessageOutcomeUnknown',
        data: { messageId, attempt, decideFrom },
      };
      return { facts: [unknown], outcome: ended(messageId, 'unknown'), effect: null };
    }
    case 'not-sent': {
      const pauseMs = pauseAfter(attempt);
      const error = {
        class: 'retry',
        code: 'not-reached',
        detail: 'The provider could not be reached.',
      } as const;
      return attempt >= ATTEMPTS_MAX
        ? failed(attempted, error, null)
        : held(attempted, { reason: 'provider-unreachable', pauseMs, effect: null });
    }
    case 'refused':
      return settleRefusal(attempted, result.error, result.retryAfterMs);
  }
}

function settleRefusal(
  attempted: Attempted,
  error: TransportError,
  retryAfterMs: number | null,
): Settled {
  const { attempt, campaignId } = attempted;
  const isLast = attempt >= ATTEMPTS_MAX;
  const pauseMs = Math.max(retryAfterMs ?? 0, pauseAfter(attempt));
  const reason = `provider-${error.class}`;
  switch (error.class) {
    case 'slow-down': {
      const effect = { kind: 'slow-sender' } as const;
      return isLast
        ? failed(attempted, error, effect)
        : held(attempted, { reason, pauseMs, effect });
    }
    case 'retry':
      return isLast
        ? failed(attempted, error, null)
        : held(attempted, { reason, pauseMs, effect: null });
    case 'pair':
      // 4^X seconds, X from 0: the provider's own rule for this error.
      return isLast
        ? failed(attempted, error, null)
        : held(attempted, { reason, pauseMs: pairPause(attempt), effect: null });
    case 'sender':
      // Whatever is wrong with the sender, the message is not to blame: it waits as long as it may.
      return held(attempted, {
        reason,
        pauseMs: BLOCKED_MS,
        effect: { kind: 'block-sender', pauseMs: BLOCKED_MS },
      });
    case 'campaign':
      if (campaignId === null) return failed(attempted, error, null);
      return held(attempted, {
        reason,
        pauseMs: BLOCKED_MS,
        effect: { kind: 'pause-campaign', campaignId, reason: `${error.class} ${error.code}` },
      });
    case 'next-day':
      return attempt > 1
        ? failed(attempted, error, null)
        : held(attempted, { reason, pauseMs: RETRY_NEXT_DAY_MS, effect: null });
    case 'opted-out':
      return failed(attempted, error, { kind: 'opt-out' });
    case 'recipient':
    case 'content':
      return failed(attempted, error, null);
  }
}

function held(
  { messageId, attempt, nowMs }: Attempted,
  {
    reason,
    pauseMs,
    effect,
  }: { readonly reason: string; readonly pauseMs: number; readonly effect: Effect | null },
): Settled {
  const untilMs = nowMs + pauseMs;
  const until = new Date(untilMs).toISOString();
  return {
    facts: [
      { type: 'MessageAttempted', data: { messageId, attempt } },
      { type: 'MessageHeld', data: { messageId, reason, until } },
    ],
    outcome: { messageId, state: 'waiting', providerId: null, dueAtUs: untilMs * 1000 },
    effect,
  };
}

function failed(
  { messageId, attempt }: Attempted,
  { class: kind, code, detail }: TransportError,
  effect: Effect | null,
): Settled {
  return {
    facts: [
      { type: 'MessageAttempted', data: { messageId, attempt } },
      { type: 'MessageFailed', data: { messageId, class: kind, code, detail } },
    ],
    outcome: ended(messageId, 'ended'),
    effect,
  };
}

function ended(messageId: string, state: 'ended' | 'unknown'): Outcome {
  return { messageId, state, providerId: null, dueAtUs: 0 };
}

function pauseAfter(attempt: number): number {
  return Math.min(RETRY_FIRST_MS * 2 ** (attempt - 1), RETRY_PAUSE_MAX_MS);
}

function pairPause(attempt: number): number {
  return Math.min(1000 * 4 ** (attempt - 1), RETRY_PAUSE_MAX_MS);
}
