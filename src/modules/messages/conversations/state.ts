import type { EventMoment } from '../../../core/aggregate.ts';
import type { Channel } from '../shapes.ts';
import type { ConversationEvent } from './events.ts';

export const CONVERSATIONS = 'messages.conversations';

/** The newest lines of the thread; all of them are in the history. */
export const LINES_MAX = 50;
/** Ids by which a repeated webhook is known; the provider repeats for days, and few write more in that time. */
const SEEN_MAX = 500;

export interface Line {
  readonly from: 'person' | 'house';
  /** Id of the provider, or of our message. */
  readonly messageId: string;
  readonly kind: string;
  readonly text: string | null;
  readonly at: string;
}

export interface KnownConversation {
  readonly status: 'open' | 'closed';
  readonly personId: string;
  readonly customerId: string | null;
  readonly channel: Channel;
  readonly senderId: string;
  readonly address: string | null;
  readonly name: string | null;
  readonly suppressionId: string;
  readonly lines: readonly Line[];
  readonly seenIds: readonly string[];
  /** RFC 3339. */
  readonly lastInboundAt: string | null;
  readonly optedOut: boolean;
  readonly assignedTo: string | null;
  readonly unread: number;
}

export type ConversationState = { readonly status: 'none' } | KnownConversation;

export const initialState: ConversationState = { status: 'none' };

export function evolve(
  state: ConversationState,
  event: ConversationEvent,
  { at }: EventMoment,
): ConversationState {
  if (event.type === 'ConversationOpened') {
    const { conversationId: _id, ...facts } = event.data;
    return { ...NEW, ...facts };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'ConversationLinked': {
      const { customerId } = event.data;
      return { ...state, customerId, personId: customerId };
    }
    case 'InboundMessageReceived':
      return withInbound(state, event.data);
    case 'ConversationOptedOut':
      return { ...state, optedOut: true };
    case 'ConversationOptedIn':
      return { ...state, optedOut: false };
    case 'ConversationReplied': {
      const { messageId, text } = event.data;
      const line = { from: 'house', messageId, kind: 'text', text, at } as const;
      return { ...state, lines: withLine(state, line), unread: 0 };
    }
    case 'ConversationAssigned':
      return { ...state, assignedTo: event.data.to };
    case 'ConversationSeen':
      return { ...state, unread: 0 };
    case 'ConversationClosed':
      return { ...state, status: 'closed', unread: 0 };
  }
}

const NEW = {
  status: 'open',
  lines: [],
  seenIds: [],
  lastInboundAt: null,
  optedOut: false,
  assignedTo: null,
  unread: 0,
} as const;

type Inbound = Extract<ConversationEvent, { readonly type: 'InboundMessageReceived' }>['data'];

/** Messages may come in out of order: the newest moment counts. */
function withInbound(state: KnownConversation, data: Inbound): KnownConversation {
  const { providerId: messageId, kind, text, sentAt: at } = data;
  const line = { from: 'person', messageId, kind, text, at } as const;
  const held = state.lastInboundAt;
  const isNewest = held === null || Date.parse(at) > Date.parse(held);
  return {
    ...state,
    status: 'open',
    lines: withLine(state, line),
    seenIds: [...state.seenIds, messageId].slice(-SEEN_MAX),
    lastInboundAt: isNewest ? at : held,
    unread: state.unread + 1,
  };
}

function withLine({ lines }: KnownConversation, line: Line): readonly Line[] {
  return [...lines, line].slice(-LINES_MAX);
}

export function viewOf(state: ConversationState): object {
  if (state.status === 'none') return state;
  const { personId: _person, seenIds: _seen, ...shown } = state;
  return shown;
}
