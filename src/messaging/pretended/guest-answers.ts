/** Lets the guest of a conversation answer what the house wrote last. */
import type { Clock } from '../../core/clock.ts';
import { CUSTOMERS, type CustomerState } from '../../modules/customers/index.ts';
import {
  conversationIdOf,
  CONVERSATIONS,
  SENDERS,
  type ConversationState,
  type SenderState,
} from '../../modules/messages/index.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { drawsOf } from '../../platform/pretended/plan-statuses.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import type { InboundMessage } from '../webhooks/parse-webhook.ts';
import { answerIn } from './answers.ts';

/** Null where there is nothing to answer: it was no answer of the house, or something was written since. */
export type GuestAnswers = (
  sender: SenderPlace,
  message: ClaimedMessage,
) => Promise<InboundMessage | null>;

export function createGuestAnswers({
  pipeline,
  clock,
}: {
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly clock: Clock;
}): GuestAnswers {
  return async ({ tenant, senderId }, { messageId, recipient: addressId }) => {
    const id = conversationIdOf({ senderId, addressId });
    // safe because the stream of a category has the state of its aggregate
    const held = (await pipeline.load(tenant, CONVERSATIONS, id)).state as ConversationState;
    if (held.status !== 'open' || held.optedOut || held.address === null) return null;
    if (held.lines.at(-1)?.messageId !== messageId) return null;
    // safe because the stream of a category has the state of its aggregate
    const sender = (await pipeline.load(tenant, SENDERS, senderId)).state as SenderState;
    if (sender.status === 'unknown' || sender.terms.phoneNumberId === null) return null;
    const language = await languageOf(pipeline, { tenant, customerId: held.customerId });
    return {
      kind: 'inbound',
      phoneNumberId: sender.terms.phoneNumberId,
      from: held.address,
      name: held.name,
      // The same answer again is known by it.
      providerId: `pretended.${messageId}`,
      type: 'text',
      text: answerIn(language ?? sender.terms.language, drawsOf(messageId)),
      at: new Date(clock.nowMs()).toISOString(),
    };
  };
}

async function languageOf(
  pipeline: Pick<Pipeline, 'load'>,
  { tenant, customerId }: { readonly tenant: string; readonly customerId: string | null },
): Promise<string | null> {
  if (customerId === null) return null;
  // safe because the stream of a category has the state of its aggregate
  const customer = (await pipeline.load(tenant, CUSTOMERS, customerId)).state as CustomerState;
  return customer.status === 'active' ? customer.language : null;
}
