import type { StreamReference, Surroundings } from '../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { MessageCommand } from './commands.ts';
import type { MessageEvent } from './events.ts';
import { consultsOf, requestedEvent } from './request.ts';
import type { KnownMessage, MessageState } from './state.ts';

export function consults({ type, input }: MessageCommand): readonly StreamReference[] {
  return type === 'RequestMessage' ? consultsOf(input) : [];
}

export function decide(
  state: MessageState,
  command: MessageCommand,
  around: Surroundings,
): Decision<MessageEvent> {
  const { id: messageId } = command;
  if (command.type === 'RequestMessage') return request(state, command, around);
  if (state.status === 'none') return accepted([]);
  switch (command.type) {
    case 'ResendMessage':
      if (state.status === 'requested' && state.attempts > 0) return accepted([]);
      return settled(state, command.at, { type: 'MessageResendAsked', data: { messageId } });
    case 'GiveUpMessage':
      if (state.status === 'given-up') return accepted([]);
      return settled(state, command.at, { type: 'MessageGivenUp', data: { messageId } });
    case 'CancelMessage':
      switch (state.status) {
        case 'requested':
        case 'held':
          return accepted([{ type: 'MessageCancelled', data: { messageId } }]);
        case 'cancelled':
        case 'dropped':
        case 'given-up':
          return accepted([]);
        default:
          return rejected('MESSAGE_GONE_OUT', { status: state.status });
      }
  }
}

/** Asked again with the same key it is the same message, whatever else is asked now. */
function request(
  state: MessageState,
  { id: messageId, input }: Extract<MessageCommand, { type: 'RequestMessage' }>,
  around: Surroundings,
): Decision<MessageEvent> {
  const { dedupeKey, priority, awaited, notBefore, expiresAt, template, ...wanted } = input;
  if (state.status !== 'none')
    return dedupeKey === undefined ? rejected('MESSAGE_EXISTS') : accepted([]);
  const rest = {
    ...(priority === undefined ? {} : { priority }),
    ...(awaited === undefined ? {} : { awaited }),
    notBefore: notBefore ?? null,
    expiresAt: expiresAt ?? null,
  };
  const about = template === undefined ? {} : { template };
  const event = requestedEvent({ messageId, ...wanted, ...about, rest }, around);
  return 'outcome' in event ? event : accepted([event]);
}

/** A person decides only over what nobody knows, and only when no status can be expected any more. */
function settled(state: KnownMessage, at: string, event: MessageEvent): Decision<MessageEvent> {
  if (state.status !== 'unknown') return rejected('MESSAGE_NOT_UNKNOWN', { status: state.status });
  const { decideFrom } = state;
  if (decideFrom !== null && Date.parse(at) < Date.parse(decideFrom))
    return rejected('MESSAGE_STILL_OPEN', { decideFrom });
  return accepted([event]);
}
