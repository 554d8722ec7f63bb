import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { CAMPAIGN_EVENTS, type CampaignEvent } from '../campaigns/events.ts';

export interface CampaignRow {
  readonly name: string;
  readonly status: string;
  readonly channel: string;
  readonly sender_id: string;
  readonly segment_id: string;
  readonly template_id: string;
  readonly starts_at: string | null;
  readonly started_at: string | null;
  readonly expires_at: string | null;
  readonly pages: number;
  readonly recipients: number;
  /** All recipients are known. */
  readonly frozen: boolean;
  readonly paused_for: string | null;
  readonly not_started_for: string | null;
  readonly cost_per_thousand: { readonly amount: number; readonly currency: string } | null;
  readonly drafted_at: string;
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

export const campaignList = defineReadModel<Recorded<CampaignEvent>, CampaignRow>({
  name: 'messages.campaigns',
  version: 2,
  columns: {
    name: 'text',
    status: 'text',
    channel: 'text',
    sender_id: 'text',
    segment_id: 'text',
    template_id: 'text',
    starts_at: 'timestamptz',
    started_at: 'timestamptz',
    expires_at: 'timestamptz',
    pages: 'integer',
    recipients: 'integer',
    frozen: 'boolean',
    paused_for: 'text',
    not_started_for: 'text',
    cost_per_thousand: 'jsonb',
    drafted_at: 'timestamptz',
    changed_at: 'timestamptz',
  },
  indexes: [['drafted_at'], ['status', 'drafted_at']],
  on: CAMPAIGN_EVENTS,
  keys: (event) => [event.data.campaignId],
  project(row, event) {
    if (event.type === 'CampaignDrafted')
      return {
        ...contentOf(event.data),
        status: 'draft',
        starts_at: null,
        started_at: null,
        pages: 0,
        recipients: 0,
        frozen: false,
        paused_for: null,
        not_started_for: null,
        cost_per_thousand: null,
        drafted_at: event.at,
        changed_at: event.at,
      };
    return row === null ? null : { ...changed(row, event), changed_at: event.at };
  },
  personal: 'none',
  list: {
    filters: {
      status: 'status',
      channel: 'channel',
      senderId: 'sender_id',
      segmentId: 'segment_id',
      templateId: 'template_id',
    },
    order: [{ column: 'drafted_at', descending: true }],
    range: { column: 'drafted_at' },
  },
});

type Of<Type extends CampaignEvent['type']> = Extract<CampaignEvent, { readonly type: Type }>;

function contentOf(data: Of<'CampaignDrafted'>['data']) {
  const { name, channel, senderId, segmentId, templateId, expiresAt } = data;
  return {
    name,
    channel,
    sender_id: senderId,
    segment_id: segmentId,
    template_id: templateId,
    expires_at: expiresAt,
  };
}

type Later = Exclude<CampaignEvent, { readonly type: 'CampaignDrafted' }>;

function changed(row: CampaignRow, event: Recorded<Later>): CampaignRow {
  switch (event.type) {
    case 'CampaignChanged':
      return { ...row, ...contentOf(event.data) };
    case 'CampaignScheduled':
      return {
        ...row,
        status: 'scheduled',
        starts_at: event.data.startsAt,
        not_started_for: null,
      };
    case 'CampaignUnscheduled':
      return { ...row, status: 'draft', starts_at: null, not_started_for: null };
    case 'CampaignNotStarted':
      return { ...row, status: 'not-started', not_started_for: event.data.reason };
    case 'CampaignStarted': {
      const { costPerThousand } = event.data;
      const started = { status: 'started', starts_at: null, started_at: event.at };
      return { ...row, ...started, not_started_for: null, cost_per_thousand: costPerThousand };
    }
    case 'CampaignPageReleased': {
      const recipients = row.recipients + event.data.recipients.length;
      return { ...row, pages: event.data.page + 1, recipients };
    }
    case 'CampaignFrozen':
      return { ...row, frozen: true };
    case 'CampaignPaused':
      return { ...row, status: 'paused', paused_for: event.data.reason };
    case 'CampaignResumed':
      return { ...row, status: 'started', paused_for: null };
    case 'CampaignCancelled':
      return {
        ...row,
        status: 'cancelled',
        starts_at: null,
        paused_for: null,
        not_started_for: null,
      };
  }
}
