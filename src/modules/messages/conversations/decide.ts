import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type EventsElsewhere } from '../../../core/decision.ts';
import { consultsOf, requestedEvent, type Wanted } from '../request.ts';
import { isInWindow } from '../rules/judge-send.ts';
import { optOutConfirmation, optOutLanguage } from '../rules/opt-out.ts';
import { SENDERS, type SenderState } from '../senders/state.ts';
import { MESSAGES } from '../state.ts';
import { SUPPRESSIONS, type SuppressionState } from '../suppressions/state.ts';
import { decide as decideSuppression } from '../suppressions/suppression.ts';
import type { ConversationCommand } from './commands.ts';
import type { ConversationEvent } from './events.ts';
import { CONVERSATIONS, type ConversationState, type KnownConversation } from './state.ts';

type Receive = Extract<ConversationCommand, { type: 'ReceiveInbound' }>;
type Reply = Extract<ConversationCommand, { type: 'ReplyInConversation' }>;

/** A sender's clock may be ahead of ours: nobody writes in the future. */
function sentAtOf({ at, input }: Receive): string {
  return Date.parse(input.sentAt) > Date.parse(at) ? at : input.sentAt;
}

export function consults(
  command: ConversationCommand,
  around: Surroundings,
): readonly StreamReference[] {
  if (command.type === 'ReceiveInbound') return [{ category: SENDERS, id: command.input.senderId }];
  if (command.type !== 'ReplyInConversation') return [];
  const own = ownState(around, command.id);
  if (own.status === 'none') return [ownStream(command.id)];
  return [ownStream(command.id), ...consultsOf(replyOf(own, command))];
}

/** Streams that get events too: the message that goes out, and the address that is not written to any more. */
export function streams(
  command: ConversationCommand,
  around: Surroundings,
): readonly StreamReference[] {
  if (command.type === 'ReplyInConversation') return [{ category: MESSAGES, id: replyId(command) }];
  if (command.type !== 'ReceiveInbound' || wordOf(command, around) === null) return [];
  return [
    { category: MESSAGES, id: confirmationId(command) },
    { category: SUPPRESSIONS, id: command.input.suppressionId },
  ];
}

function ownStream(id: string): StreamReference {
  return { category: CONVERSATIONS, id };
}

function ownState(around: Surroundings, id: string): ConversationState {
  // safe because the stream is one of the category
  return around.stateOf(ownStream(id)) as ConversationState;
}

function replyId({ commandId }: Reply): string {
  return `reply.${commandId}`;
}

function confirmationId({ commandId }: Receive): string {
  return `stop.${commandId}`;
}

export function decide(
  state: ConversationState,
  command: ConversationCommand,
  around: Surroundings,
): Decision<ConversationEvent> {
  const { id: conversationId } = command;
  if (command.type === 'ReceiveInbound') return receive(state, command, around);
  if (state.status === 'none') return accepted([]);
  switch (command.type) {
    case 'ReplyInConversation':
      return reply(state, command, around);
    case 'AssignConversation': {
      const { to } = command.input;
      if (state.assignedTo === to) return accepted([]);
      return accepted([{ type: 'ConversationAssigned', data: { conversationId, to } }]);
    }
    case 'SeeConversation':
      if (state.unread === 0) return accepted([]);
      return accepted([{ type: 'ConversationSeen', data: { conversationId } }]);
    case 'CloseConversation':
      if (state.status === 'closed') return accepted([]);
      return accepted([{ type: 'ConversationClosed', data: { conversationId } }]);
    case 'OptInConversation': {
      if (!state.optedOut) return accepted([]);
      const { reason } = command.input;
      return accepted([{ type: 'ConversationOptedIn', data: { conversationId, reason } }]);
    }
  }
}

function receive(
  state: ConversationState,
  command: Receive,
  around: Surroundings,
): Decision<ConversationEvent> {
  const { id: conversationId, input } = command;
  const { providerId, kind, text = null, customerId = null } = input;
  if (state.status !== 'none' && state.seenIds.includes(providerId)) return accepted([]);
  const events: ConversationEvent[] = [];
  const personId = customerId ?? (state.status === 'none' ? conversationId : state.personId);
  if (state.status === 'none') events.push(opened(command, personId));
  else if (customerId !== null && customerId !== state.customerId)
    events.push({ type: 'ConversationLinked', data: { conversationId, customerId } });
  const sentAt = sentAtOf(command);
  events.push({
    type: 'InboundMessageReceived',
    data: { conversationId, personId, providerId, kind, text, sentAt },
  });
  const word = wordOf(command, around);
  if (word === null || (state.status !== 'none' && state.optedOut)) return accepted(events);
  const elsewhere = afterOptOut({ command, personId, language: word }, around);
  const confirm = elsewhere.some(({ category }) => category === MESSAGES);
  const known = customerId ?? (state.status === 'none' ? null : state.customerId);
  events.push({
    type: 'ConversationOptedOut',
    data: { conversationId, customerId: known, channel: input.channel, language: word, confirm },
  });
  return accepted(events, elsewhere);
}

function opened({ id: conversationId, input }: Receive, personId: string): ConversationEvent {
  const { customerId = null, channel, senderId, address, name = null, suppressionId } = input;
  const who = { conversationId, personId, customerId };
  const data = { ...who, channel, senderId, address, name, suppressionId };
  return { type: 'ConversationOpened', data };
}

/** Language of the opt-out word that the message is; null when it is none. */
function wordOf({ input }: Receive, around: Surroundings): string | null {
  const { text, senderId } = input;
  return text === undefined ? null : optOutLanguage(text, senderLanguage(around, senderId));
}

function senderLanguage(around: Surroundings, id: string): string {
  // safe because the stream is one of the category
  const sender = around.stateOf({ category: SENDERS, id }) as SenderState;
  return sender.status === 'unknown' ? 'en' : sender.terms.language;
}

/** The address is suppressed, and the person hears once that it is. */
function afterOptOut(
  of: { readonly command: Receive; readonly personId: string; readonly language: string },
  around: Surroundings,
): readonly EventsElsewhere[] {
  const { id: conversationId, input, ...command } = of.command;
  const { channel, senderId, address, customerId, suppressionId } = input;
  // safe because the stream is one of the category
  const held = around.stateOf({ category: SUPPRESSIONS, id: suppressionId }) as SuppressionState;
  const suppressed = decideSuppression(held, {
    ...command,
    type: 'SuppressAddress',
    id: suppressionId,
    input: {
      channel,
      reason: 'opt-out',
      scope: 'all',
      origin: conversationId,
      ...(customerId === undefined ? {} : { customerId }),
    },
  });
  const messageId = confirmationId(of.command);
  const to = channel === 'email' ? { email: address } : { phone: address };
  const confirmation = requestedEvent(
    {
      messageId,
      channel,
      senderId,
      to,
      personId: of.personId,
      text: optOutConfirmation(of.language),
      ...(channel === 'email' ? { subject: optOutConfirmation(of.language) } : {}),
      purpose: 'reply',
      rest: { conversationId, confirmsOptOut: true, priority: 9 },
    },
    around,
  );
  return [
    ...(suppressed.outcome === 'accepted' && suppressed.events.length > 0
      ? [{ category: SUPPRESSIONS, id: suppressionId, events: suppressed.events }]
      : []),
    ...('outcome' in confirmation
      ? []
      : [{ category: MESSAGES, id: messageId, events: [confirmation] }]),
  ];
}

function replyOf(state: KnownConversation, command: Reply): Wanted {
  const { channel, senderId, address, personId } = state;
  const { text, subject, template } = command.input;
  const to = channel === 'email' ? { email: address ?? '' } : { phone: address ?? '' };
  const content = template === undefined ? { text, subject } : { text, subject, template };
  return {
    messageId: replyId(command),
    channel,
    senderId,
    to,
    personId,
    ...content,
    purpose: 'reply',
    rest: { conversationId: command.id },
  };
}

function reply(
  state: KnownConversation,
  command: Reply,
  around: Surroundings,
): Decision<ConversationEvent> {
  const { id: conversationId, at, input } = command;
  const { lastInboundAt, personId } = state;
  // Erased: there is nobody to answer.
  if (state.address === null)
    return rejected('MESSAGE_ADDRESS_MISSING', { channel: state.channel });
  const inWindow = isInWindow({ at, lastInboundAt });
  if (state.optedOut && !inWindow) return rejected('CONVERSATION_OPTED_OUT');
  if (input.text !== undefined && state.channel === 'whatsapp' && !inWindow)
    return rejected('CONVERSATION_WINDOW_CLOSED', { lastInboundAt });
  // Opened a moment ago by another process: a refusal makes the pipeline look once more.
  if (ownState(around, conversationId).status === 'none')
    return rejected('MESSAGE_SENDER_UNKNOWN', { senderId: state.senderId });
  const event = requestedEvent(replyOf(state, command), around);
  if ('outcome' in event) return event;
  const { messageId } = event.data;
  return accepted(
    [
      {
        type: 'ConversationReplied',
        data: { conversationId, personId, messageId, text: input.text ?? null },
      },
    ],
    [{ category: MESSAGES, id: messageId, events: [event] }],
  );
}
