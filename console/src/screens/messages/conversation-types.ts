/** What the server answers about conversations, and what the screen makes of it. Pure. */
import type { Tone } from '../../design/marks.tsx';

export type Channel = 'whatsapp' | 'email' | 'sms';

export interface ConversationRow {
  readonly id: string;
  readonly status: 'open' | 'closed';
  readonly channel: Channel;
  readonly customerId: string | null;
  readonly address: string | null;
  readonly name: string | null;
  readonly lastText: string | null;
  readonly lastFrom: 'person' | 'house' | null;
  readonly lastKind: string | null;
  readonly lastAt: string;
  readonly lastInboundAt: string | null;
  readonly unanswered: boolean;
  readonly optedOut: boolean;
  readonly assignedTo: string | null;
  readonly unread: number;
}

export interface Line {
  readonly from: 'person' | 'house';
  readonly messageId: string;
  readonly kind: string;
  readonly text: string | null;
  readonly at: string;
}

/** As many as the server keeps in a conversation. */
export const LINES_MAX = 50;

export interface Conversation extends Pick<
  ConversationRow,
  'id' | 'status' | 'channel' | 'customerId' | 'address' | 'name' | 'lastInboundAt' | 'optedOut'
> {
  readonly version: number;
  readonly senderId: string;
  readonly assignedTo: string | null;
  readonly unread: number;
  /** The newest ones, oldest first. */
  readonly lines: readonly Line[];
}

export type MessageStatus =
  | 'requested'
  | 'held'
  | 'sending'
  | 'unknown'
  | 'dropped'
  | 'cancelled'
  | 'given-up'
  | 'accepted'
  | 'sent'
  | 'failed'
  | 'bounced'
  | 'delivered'
  | 'read';

/** A message of the house, as the list of messages has it. */
export interface MessageRow {
  readonly id: string;
  readonly status: MessageStatus;
  readonly templateId: string | null;
  readonly language: string | null;
  readonly reason: string | null;
  readonly heldUntil: string | null;
  /** While nobody knows its outcome: from when a person may decide. */
  readonly decideFrom: string | null;
  readonly requestedAt: string;
  readonly changedAt: string;
}

/** One bubble: what was written and, of the house, what became of it. */
export interface Bubble extends Line {
  /** Null for what the person wrote, and until the list has the message. */
  readonly message: MessageRow | null;
}

const HOUR_MS = 3_600_000;
/** Of WhatsApp: after the person's last message the house may answer freely for so long. */
const WINDOW_MS = 24 * HOUR_MS;

/** How long the house may still write freely; 0 when it may not, null where the channel has no such window. */
export function windowLeftMs(
  { channel, lastInboundAt }: Pick<ConversationRow, 'channel' | 'lastInboundAt'>,
  nowMs: number,
): number | null {
  if (channel !== 'whatsapp') return null;
  if (lastInboundAt === null) return 0;
  return Math.max(0, Date.parse(lastInboundAt) + WINDOW_MS - nowMs);
}

/** Oldest first. What the house wrote beside its answers, such as the confirmation of an opt-out, stands where it was asked for. */
export function bubblesOf(
  lines: readonly Line[],
  messages: readonly MessageRow[],
): readonly Bubble[] {
  const rows = new Map(messages.map((row) => [row.id, row]));
  const told = new Set(lines.map(({ messageId }) => messageId));
  const first = lines[0]?.at ?? '';
  const beside = messages
    // What is older than the thread belongs to lines that are not shown.
    .filter(({ id, requestedAt }) => !told.has(id) && (first === '' || requestedAt >= first))
    .map((message): Bubble => {
      const { id: messageId, requestedAt: at, templateId } = message;
      const kind = templateId === null ? 'text' : 'template';
      return { from: 'house', messageId, kind, text: null, at, message };
    });
  const written = lines.map((line): Bubble => ({
    ...line,
    message: line.from === 'house' ? (rows.get(line.messageId) ?? null) : null,
  }));
  // Times of the provider are whole seconds: an answer must not stand above what it answers, so order within one stays.
  return [...written, ...beside].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Of the lines of an earlier state those that are not among the known ones, in their order. */
export function olderLines(earlier: readonly Line[], known: readonly Line[]): readonly Line[] {
  const told = new Set(known.map(keyOf));
  return earlier.filter((line) => !told.has(keyOf(line)));
}

function keyOf({ from, messageId }: Line): string {
  return `${from} ${messageId}`;
}

/** The day of each bubble that begins one, so that a thread over weeks can be read. */
export function startsDay(bubbles: readonly Bubble[], at: number): boolean {
  const [before, now] = [bubbles[at - 1], bubbles[at]];
  if (now === undefined) return false;
  return before === undefined || dayOf(before.at) !== dayOf(now.at);
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}

export const STATUS_TONES: Readonly<Record<MessageStatus, Tone>> = {
  requested: 'plain',
  held: 'waiting',
  sending: 'plain',
  unknown: 'waiting',
  dropped: 'bad',
  cancelled: 'plain',
  'given-up': 'bad',
  accepted: 'plain',
  sent: 'plain',
  failed: 'bad',
  bounced: 'bad',
  delivered: 'good',
  read: 'good',
};

export interface TemplateRow {
  readonly id: string;
  readonly name: string;
  readonly channel: Channel;
  readonly category: 'marketing' | 'utility' | 'authentication';
  readonly status: 'active' | 'archived';
  readonly variables: readonly { readonly name: string; readonly example: string }[];
  readonly texts: readonly TemplateText[];
  readonly reviews: readonly { readonly language: string; readonly approval: string }[];
}

export interface TemplateText {
  readonly language: string;
  readonly subject?: string;
  readonly body: string;
  readonly footer?: string;
}

/** Marketing is no answer, and what was not approved would not leave. */
export function isFitTemplate({ status, category, texts, reviews }: TemplateRow): boolean {
  const isActive = status === 'active' && category !== 'marketing';
  return isActive && texts.some(({ language }) => isApproved({ reviews }, language));
}

export function isApproved({ reviews }: Pick<TemplateRow, 'reviews'>, language: string): boolean {
  return reviews.some((each) => each.language === language && each.approval === 'approved');
}

/** A variable without a value stays as it is written, so that what is missing can be seen. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined || value.trim() === '' ? whole : value;
  });
}
