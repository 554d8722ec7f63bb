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
  /** Of the newest line, whoever wrote it; null for a template, a picture and whatever else has no words. */
  readonly last_text: string | null;
  /** `person` or `house`; null before the first line. */
  readonly last_from: string | null;
  /** `text`, `template`, or the provider's word for what a person sent, such as `image`. */
  readonly last_kind: string | null;
  /** When the newest line was written. */
  readonly last_at: string;
  readonly last_inbound_at: string | null;
  /** The person wrote, and nobody has answered since or closed the conversation. */
  readonly unanswered: boolean;
  readonly opted_out: boolean;
  readonly assigned_to: string | null;
  readonly unread: number;
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

export const conversationList = defineReadModel<Recorded<ConversationEvent>, ConversationRow>({
  name: 'messages.conversations',
  version: 2,
  columns: {
    status: 'text',
    channel: 'text',
    sender_id: 'text',
    person_id: 'text',
    customer_id: 'text',
    address: 'text',
    name: 'text',
    last_text: 'text',
    last_from: 'text',
    last_kind: 'text',
    last_at: 'timestamptz',
    last_inbound_at: 'timestamptz',
    unanswered: 'boolean',
    opted_out: 'boolean',
    assigned_to: 'text',
    unread: 'integer',
    changed_at: 'timestamptz',
  },
  // By what was written, not by what was changed: a conversation that is opened to be read keeps its place.
  indexes: [
    ['last_at'],
    ['customer_id', 'last_at'],
    ['status', 'last_at'],
    ['unanswered', 'last_at'],
  ],
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
      unanswered: 'unanswered',
    },
    order: [{ column: 'last_at', descending: true }],
    range: { column: 'last_at' },
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
    last_from: null,
    last_kind: null,
    last_at: at,
    last_inbound_at: null,
    unanswered: false,
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
      const { sentAt } = event.data;
      const isNewest = isAfter(sentAt, row.last_inbound_at);
      return {
        ...row,
        ...(isNewest ? { last_inbound_at: sentAt } : {}),
        ...(row.last_from === null || isAfter(sentAt, row.last_at) ? inboundLine(event.data) : {}),
        status: 'open',
        unread: row.unread + 1,
        unanswered: true,
      };
    }
    // Whoever asks to be left alone waits for no answer.
    case 'ConversationOptedOut':
      return { ...row, opted_out: true, unanswered: false };
    case 'ConversationOptedIn':
      return { ...row, opted_out: false };
    case 'ConversationReplied': {
      const { text } = event.data;
      const kind = text === null ? 'template' : 'text';
      const line = { last_text: text, last_from: 'house', last_kind: kind, last_at: event.at };
      return { ...row, ...line, unread: 0, unanswered: false };
    }
    case 'ConversationSeen':
      return { ...row, unread: 0 };
    case 'ConversationAssigned':
      return { ...row, assigned_to: event.data.to };
    case 'ConversationClosed':
      return { ...row, status: 'closed', unread: 0, unanswered: false };
  }
}

function inboundLine({
  text,
  kind,
  sentAt,
}: Of<'InboundMessageReceived'>['data']): Partial<ConversationRow> {
  return { last_text: text, last_from: 'person', last_kind: kind, last_at: sentAt };
}

function isAfter(at: string, than: string | null): boolean {
  return than === null || Date.parse(at) > Date.parse(than);
}
