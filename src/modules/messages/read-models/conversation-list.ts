import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { CONVERSATION_EVENTS, type ConversationEvent } from '../conversations/events.ts';

export interface ConversationRow {
  readonly status: string;
  readonly channel: string;
  readonly sender_id: string;
  readonly person_id: string;
  readonly customer_id: string | null;
  readonly address: string | null;
  readonly name: string | null;
  readonly last_text: string | null;
  readonly last_inbound_at: string | null;
  readonly opted_out: boolean;
  readonly assigned_to: string | null;
  readonly unread: number;
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

export const conversationList = defineReadModel<Recorded<ConversationEvent>, ConversationRow>({
  name: 'messages.conversations',
  version: 1,
  columns: {
    status: 'text',
    channel: 'text',
    sender_id: 'text',
    person_id: 'text',
    customer_id: 'text',
    address: 'text',
    name: 'text',
    last_text: 'text',
    last_inbound_at: 'timestamptz',
    opted_out: 'boolean',
    assigned_to: 'text',
    unread: 'integer',
    changed_at: 'timestamptz',
  },
  indexes: [['changed_at'], ['customer_id', 'changed_at'], ['status', 'changed_at']],
  on: CONVERSATION_EVENTS,
  keys: (event) => [event.data.conversationId],
  project(row, event) {
    if (event.type === 'ConversationOpened') return openedRow(event);
    return row === null ? null : { ...changed(row, event), changed_at: event.at };
  },
  personal: { person: 'person_id', columns: ['address', 'name', 'last_text'] },
  list: {
    filters: {
      status: 'status',
      channel: 'channel',
      senderId: 'sender_id',
      customerId: 'customer_id',
      assignedTo: 'assigned_to',
      optedOut: 'opted_out',
    },
    order: [{ column: 'changed_at', descending: true }],
    range: { column: 'changed_at' },
  },
});

type Of<Type extends ConversationEvent['type']> = Recorded<
  Extract<ConversationEvent, { readonly type: Type }>
>;

function openedRow({ data, at }: Of<'ConversationOpened'>): ConversationRow {
  const { personId, customerId, channel, senderId, address, name } = data;
  return {
    status: 'open',
    channel,
    sender_id: senderId,
    person_id: personId,
    customer_id: customerId,
    address,
    name,
    last_text: null,
    last_inbound_at: null,
    opted_out: false,
    assigned_to: null,
    unread: 0,
    changed_at: at,
  };
}

function changed(
  row: ConversationRow,
  event: Of<Exclude<ConversationEvent['type'], 'ConversationOpened'>>,
): ConversationRow {
  switch (event.type) {
    case 'ConversationLinked': {
      const { customerId } = event.data;
      return { ...row, customer_id: customerId, person_id: customerId };
    }
    case 'InboundMessageReceived': {
      const { text, sentAt } = event.data;
      const held = row.last_inbound_at;
      const isNewest = held === null || Date.parse(sentAt) > Date.parse(held);
      const newest = isNewest ? { last_inbound_at: sentAt, last_text: text } : {};
      return { ...row, ...newest, status: 'open', unread: row.unread + 1 };
    }
    case 'ConversationOptedOut':
      return { ...row, opted_out: true };
    case 'ConversationOptedIn':
      return { ...row, opted_out: false };
    case 'ConversationReplied':
    case 'ConversationSeen':
      return { ...row, unread: 0 };
    case 'ConversationAssigned':
      return { ...row, assigned_to: event.data.to };
    case 'ConversationClosed':
      return { ...row, status: 'closed', unread: 0 };
  }
}
