import type { Money } from '../../../core/money.ts';
import type { Channel, Variables } from '../shapes.ts';
import type { CampaignEvent } from './events.ts';

export const CAMPAIGNS = 'messages.campaigns';

export interface CampaignContent {
  readonly name: string;
  readonly channel: Channel;
  readonly senderId: string;
  readonly segmentId: string;
  readonly templateId: string;
  readonly variables: Variables;
  readonly expiresAt: string | null;
}

export interface KnownCampaign extends CampaignContent {
  readonly status: 'draft' | 'scheduled' | 'not-started' | 'started' | 'paused' | 'cancelled';
  /** While it is scheduled. */
  readonly startsAt: string | null;
  readonly startedAt: string | null;
  /** Of one that was scheduled: when it was to start. */
  readonly scheduledFor: string | null;
  /** Set when it is started. */
  readonly templateVersion: number | null;
  readonly costPerThousand: Money | null;
  /** Released so far. */
  readonly pages: number;
  readonly recipients: number;
  /** Where reading the segment goes on. */
  readonly next: string | null;
  /** All pages are out. */
  readonly frozen: boolean;
  readonly pausedFor: string | null;
  /** What was missing when its hour came; until it is scheduled, started or made a draft again. */
  readonly notStartedFor: string | null;
}

export type CampaignState = { readonly status: 'unknown' } | KnownCampaign;

export const initialState: CampaignState = { status: 'unknown' };

export function evolve(
  state: CampaignState,
  event: CampaignEvent,
  { at }: { readonly at: string },
): CampaignState {
  if (event.type === 'CampaignDrafted') {
    const { campaignId: _id, ...content } = event.data;
    return { ...NEW, ...content };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'CampaignChanged': {
      const { campaignId: _id, ...content } = event.data;
      return { ...state, ...content };
    }
    case 'CampaignScheduled':
      return {
        ...state,
        status: 'scheduled',
        startsAt: event.data.startsAt,
        notStartedFor: null,
      };
    case 'CampaignUnscheduled':
      return { ...state, status: 'draft', startsAt: null, notStartedFor: null };
    case 'CampaignNotStarted': {
      const { reason: notStartedFor, startsAt: scheduledFor } = event.data;
      return { ...state, status: 'not-started', startsAt: null, scheduledFor, notStartedFor };
    }
    case 'CampaignStarted': {
      const { templateVersion, costPerThousand } = event.data;
      const times = { startsAt: null, startedAt: at, scheduledFor: state.startsAt };
      const content = { templateVersion, costPerThousand };
      return { ...state, ...times, ...content, status: 'started', notStartedFor: null };
    }
    case 'CampaignPageReleased': {
      const { recipients, next, page } = event.data;
      const total = state.recipients + recipients.length;
      return { ...state, pages: page + 1, recipients: total, next };
    }
    case 'CampaignFrozen':
      return { ...state, frozen: true, next: null };
    case 'CampaignPaused':
      return { ...state, status: 'paused', pausedFor: event.data.reason };
    case 'CampaignResumed':
      return { ...state, status: 'started', pausedFor: null };
    case 'CampaignCancelled':
      return {
        ...state,
        status: 'cancelled',
        startsAt: null,
        pausedFor: null,
        notStartedFor: null,
      };
  }
}

const NEW = {
  status: 'draft',
  startsAt: null,
  startedAt: null,
  scheduledFor: null,
  templateVersion: null,
  costPerThousand: null,
  pages: 0,
  recipients: 0,
  next: null,
  frozen: false,
  pausedFor: null,
  notStartedFor: null,
} as const;

/** Without where the reading goes on, which means nothing to anybody else. */
export function viewOf(state: CampaignState): object {
  if (state.status === 'unknown') return state;
  const { next: _next, ...seen } = state;
  return seen;
}
