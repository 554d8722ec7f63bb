/** What is to be done with a claimed message, judged with the facts of this moment. */
import type { TransportMessage } from '../../core/message-transport.ts';
import type { KnownSender } from '../../modules/messages/index.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';

/** What may go out, as data: whoever sends it may stand in another thread. */
export interface Sendable {
  readonly message: ClaimedMessage;
  /** Through whose account. */
  readonly from: KnownSender;
  readonly outgoing: TransportMessage;
}

export type Prepared =
  | ({ readonly kind: 'send' } & Sendable)
  | {
      readonly kind: 'hold';
      readonly message: ClaimedMessage;
      readonly reason: string;
      /** RFC 3339. */
      readonly until: string;
    }
  | { readonly kind: 'drop'; readonly message: ClaimedMessage; readonly reason: string }
  /** Its stream says already what became of it. */
  | {
      readonly kind: 'settled';
      readonly message: ClaimedMessage;
      readonly state: 'accepted' | 'unknown' | 'ended';
    };

/** Loads facts and contents of many messages of one sender in a few reads and judges each. Errors: whatever the reads throw. */
export type Prepare = (
  sender: SenderPlace,
  messages: readonly ClaimedMessage[],
) => Promise<readonly Prepared[]>;
