/**
 * How far the messages of each page of a campaign have come: one letter for each recipient, so that a page is one short row
 * however many facts arrive, and counting 100,000 recipients reads 200 rows.
 */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { campaignPageReleased, type CampaignEvent } from '../campaigns/events.ts';
import { slotOf } from '../campaigns/slots.ts';
import { MESSAGE_EVENTS, type MessageEvent } from '../events.ts';
import { furthest, MESSAGE_STATUSES, statusOf, type MessageStatus } from '../progress.ts';

export interface CampaignPageRow {
  readonly campaign_id: string;
  readonly page: number;
  /** The letter of `LETTERS` of each recipient, in their order. */
  readonly states: string;
  readonly [column: string]: unknown;
}

const LETTERS: Readonly<Record<MessageStatus, string>> = {
  requested: 'q',
  held: 'h',
  sending: 's',
  unknown: 'u',
  dropped: 'd',
  cancelled: 'c',
  'given-up': 'g',
  accepted: 'a',
  sent: 't',
  failed: 'f',
  bounced: 'b',
  delivered: 'v',
  read: 'r',
};
const STATUS_OF: ReadonlyMap<string, MessageStatus> = new Map(
  MESSAGE_STATUSES.map((status) => [LETTERS[status], status]),
);

type Seen = MessageEvent | Extract<CampaignEvent, { readonly type: 'CampaignPageReleased' }>;

export const campaignPages = defineReadModel<Recorded<Seen>, CampaignPageRow>({
  name: 'messages.campaign-pages',
  version: 1,
  columns: { campaign_id: 'text', page: 'integer', states: 'text' },
  indexes: [['campaign_id', 'page']],
  on: [...MESSAGE_EVENTS, campaignPageReleased],
  keys(event) {
    if (event.type === 'CampaignPageReleased') return [pageKey(event.data)];
    const slot = slotOf(event.data.messageId);
    return slot === null ? [] : [pageKey(slot)];
  },
  project(row, event) {
    if (event.type === 'CampaignPageReleased') {
      const { campaignId, page, recipients } = event.data;
      const states = LETTERS.requested.repeat(recipients.length);
      return row ?? { campaign_id: campaignId, page, states };
    }
    const slot = slotOf(event.data.messageId);
    return row === null || slot === null ? row : withStatus(row, slot.place, statusOf(event.type));
  },
  // Facts of messages hold nothing personal; those of `MessageRequested` are of single messages, which have no page.
  personal: { person: 'campaign_id', columns: [] },
  list: {
    filters: { campaignId: 'campaign_id' },
    order: [{ column: 'page' }],
  },
});

export function pageKey(of: { readonly campaignId: string; readonly page: number }): string {
  return `${of.campaignId}~${of.page}`;
}

function withStatus(row: CampaignPageRow, place: number, next: MessageStatus): CampaignPageRow {
  const { states } = row;
  const held = STATUS_OF.get(states.charAt(place));
  if (held === undefined) return row;
  const status = furthest(held, next);
  if (status === held) return row;
  return { ...row, states: states.slice(0, place) + LETTERS[status] + states.slice(place + 1) };
}

export type StatusCounts = Readonly<Record<MessageStatus, number>>;

export function countStates(rows: Iterable<Pick<CampaignPageRow, 'states'>>): StatusCounts {
  // safe because the list names every status once
  const counts = Object.fromEntries(MESSAGE_STATUSES.map((each) => [each, 0])) as Record<
    MessageStatus,
    number
  >;
  for (const { states } of rows)
    for (const letter of states) {
      const status = STATUS_OF.get(letter);
      if (status !== undefined) counts[status] += 1;
    }
  return counts;
}
