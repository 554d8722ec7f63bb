/** What a lane stands on: who judges, who sends, who keeps what became of it. */
import type { SendResult } from '../../core/message-transport.ts';
import type { Logger } from '../../core/logger.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import type { IntentLead } from './intent-lead.ts';
import type { Sendable } from './prepared.ts';

/**
 * Why a moment passed unused: the process stood still, every connection to the provider waited for its answer, intents were not
 * written or facts not read in time, the next claim came late, or nothing was due.
 */
export type LostMoment = 'stalled' | 'provider' | 'intents' | 'facts' | 'unclaimed' | 'not-due';

export interface LaneDependencies {
  readonly database: Queryable;
  /** Those that may go out; of the others it was noted why not. Errors: none of them was looked at. */
  readonly prepare: (
    sender: SenderPlace,
    messages: readonly ClaimedMessage[],
  ) => Promise<readonly Sendable[]>;
  /** Never throws. */
  readonly send: (sendable: Sendable) => Promise<SendResult>;
  /** Whether it would leave at once, and not wait for a connection. */
  readonly hasRoom: (sendable: Sendable) => boolean;
  /** Keeps what became of a request; never throws. */
  readonly record: (sender: SenderPlace, message: ClaimedMessage, result: SendResult) => void;
  readonly intentLead: IntentLead;
  readonly onMomentsLost: (reason: LostMoment, count: number) => void;
  /** UUID of whoever claims. */
  readonly owner: string;
  readonly logger: Logger;
}
