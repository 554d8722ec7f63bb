/**
 * Events on the stream of a campaign, `messages.campaigns/{campaignId}`.
 *
 * `CampaignStarted` freezes what is sent. Whoever is written to is frozen by the pages: `releaseCampaign`
 * (campaigns/release.ts) reads the segment and gives one command for each page until `CampaignFrozen` says that there are
 * no more. A page is one event, so a campaign of 100,000 is 200 events, none of which grows with the campaign. The sender
 * turns each recipient of a page into one row of its outbox.
 */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { moneySchema } from '../../../core/money.ts';
import { channel, textOrNull, variables } from '../shapes.ts';
import { PAGE_RECIPIENTS_MAX } from './slots.ts';

const campaignId = Type.String();

/** Everything but the recipients. Variables are the same for all, such as the name of an offer: no personal data. */
export const campaignContent = {
  name: Type.String(),
  channel,
  senderId: Type.String(),
  segmentId: Type.String(),
  templateId: Type.String(),
  /** Values by variable; `{customer.name}` stands for the name of the recipient. */
  variables,
  /** RFC 3339: what has not gone out by then is dropped. */
  expiresAt: textOrNull,
};

export const campaignDrafted = defineEvent({
  name: 'CampaignDrafted',
  wireName: 'comptoir.message-campaign.drafted',
  data: Type.Object({ campaignId, ...campaignContent }),
});

/** Everything as it is from now on. */
export const campaignChanged = defineEvent({
  name: 'CampaignChanged',
  wireName: 'comptoir.message-campaign.changed',
  data: Type.Object({ campaignId, ...campaignContent }),
});

export const campaignScheduled = defineEvent({
  name: 'CampaignScheduled',
  wireName: 'comptoir.message-campaign.scheduled',
  data: Type.Object({ campaignId, startsAt: Type.String() }),
});

export const campaignUnscheduled = defineEvent({
  name: 'CampaignUnscheduled',
  wireName: 'comptoir.message-campaign.unscheduled',
  data: Type.Object({ campaignId }),
});

/** Its hour came and something was missing. It waits for a person, who schedules or starts it again. */
export const campaignNotStarted = defineEvent({
  name: 'CampaignNotStarted',
  wireName: 'comptoir.message-campaign.not-started',
  data: Type.Object({
    campaignId,
    /** The hour that passed. */
    startsAt: Type.String(),
    /** `template-not-approved`, or what else was missing. */
    reason: Type.String(),
  }),
});

/** With the content as it was then; `releaseCampaign` is to be called until `CampaignFrozen`. */
export const campaignStarted = defineEvent({
  name: 'CampaignStarted',
  wireName: 'comptoir.message-campaign.started',
  data: Type.Object({
    campaignId,
    ...campaignContent,
    templateVersion: Type.Integer(),
    /** Estimated, of a thousand messages; null where the template has none. */
    costPerThousand: Type.Union([moneySchema, Type.Null()]),
  }),
});

export const campaignPageReleased = defineEvent({
  name: 'CampaignPageReleased',
  wireName: 'comptoir.message-campaign.page-released',
  data: Type.Object({
    campaignId,
    /** From 0. */
    page: Type.Integer({ minimum: 0 }),
    /** Content again, so that one event is all that a sender has to read. */
    channel,
    senderId: Type.String(),
    templateId: Type.String(),
    templateVersion: Type.Integer(),
    variables,
    expiresAt: textOrNull,
    recipients: Type.Array(
      Type.Object({
        messageId: Type.String(),
        customerId: Type.String(),
        /** Of the template's languages the one for this customer. */
        language: Type.String(),
      }),
      { maxItems: PAGE_RECIPIENTS_MAX },
    ),
    /** Where reading the segment goes on; null when this was the end. */
    next: textOrNull,
  }),
});

/** All pages are out. */
export const campaignFrozen = defineEvent({
  name: 'CampaignFrozen',
  wireName: 'comptoir.message-campaign.frozen',
  data: Type.Object({ campaignId, recipients: Type.Integer(), pages: Type.Integer() }),
});

/** What has not gone out waits. */
export const campaignPaused = defineEvent({
  name: 'CampaignPaused',
  wireName: 'comptoir.message-campaign.paused',
  data: Type.Object({
    campaignId,
    /** `person`, or the class and code of the provider's error that stopped it. */
    reason: Type.String(),
  }),
});

export const campaignResumed = defineEvent({
  name: 'CampaignResumed',
  wireName: 'comptoir.message-campaign.resumed',
  data: Type.Object({ campaignId }),
});

/** What has not gone out is dropped with `campaign-cancelled`. */
export const campaignCancelled = defineEvent({
  name: 'CampaignCancelled',
  wireName: 'comptoir.message-campaign.cancelled',
  data: Type.Object({ campaignId }),
});

export const CAMPAIGN_EVENTS = [
  campaignDrafted,
  campaignChanged,
  campaignScheduled,
  campaignUnscheduled,
  campaignNotStarted,
  campaignStarted,
  campaignPageReleased,
  campaignFrozen,
  campaignPaused,
  campaignResumed,
  campaignCancelled,
] as const;
export type CampaignEvent = EventOf<(typeof CAMPAIGN_EVENTS)[number]>;
