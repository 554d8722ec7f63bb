import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { channel, id, language, NOTHING, variables } from '../shapes.ts';
import { PAGE_RECIPIENTS_MAX } from './slots.ts';

const name = Type.String({ minLength: 1, maxLength: 100 });
const moment = Type.String({ format: 'date-time' });
const expiresAt = Type.Optional(Type.Union([moment, Type.Null()]));
const reason = Type.String({ minLength: 1, maxLength: 100 });

export const draftCampaign = defineCommand({
  name: 'DraftCampaign',
  summary: 'Prepares a message to everybody in a segment of customers',
  permission: 'campaigns',
  input: Type.Object(
    {
      name,
      channel,
      senderId: id,
      segmentId: id,
      templateId: id,
      variables: Type.Optional(variables),
      expiresAt,
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      name: 'Autumn menu',
      channel: 'email',
      senderId: 'newsletter',
      segmentId: 'wine-club',
      templateId: 'autumn-menu',
      variables: {},
    },
  ],
});

export const changeCampaign = defineCommand({
  name: 'ChangeCampaign',
  word: 'change',
  summary: 'Changes what has not started; what is left out stays',
  permission: 'campaigns',
  input: Type.Object(
    {
      name: Type.Optional(name),
      senderId: Type.Optional(id),
      segmentId: Type.Optional(id),
      templateId: Type.Optional(id),
      variables: Type.Optional(variables),
      expiresAt,
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [{ name: 'Winter menu' }, { expiresAt: '2026-12-24T12:00:00Z' }],
});

export const scheduleCampaign = defineCommand({
  name: 'ScheduleCampaign',
  word: 'schedule',
  summary: 'Starts it by itself at a moment',
  permission: 'campaigns',
  input: Type.Object({ startsAt: moment }, { additionalProperties: false }),
  examples: [{ startsAt: '2099-12-01T09:00:00Z' }],
});

export const unscheduleCampaign = defineCommand({
  name: 'UnscheduleCampaign',
  word: 'unschedule',
  summary: 'Makes it a draft again',
  permission: 'campaigns',
  input: NOTHING,
  examples: [{}],
});

export const startCampaign = defineCommand({
  name: 'StartCampaign',
  word: 'start',
  summary: 'Writes to everybody who is in the segment now',
  permission: 'campaigns',
  input: NOTHING,
  examples: [{}],
});

/** Given by the clock. Where something is missing by then, the campaign says what, instead of waiting for ever. */
export const startScheduledCampaign = defineCommand({
  name: 'StartScheduledCampaign',
  word: 'start-scheduled',
  summary: 'Starts it at its hour, or notes why it cannot start',
  permission: 'campaigns',
  internal: true,
  input: Type.Object({ startsAt: moment }, { additionalProperties: false }),
  examples: [{ startsAt: '2099-12-01T09:00:00Z' }],
});

export const releaseCampaignPage = defineCommand({
  name: 'ReleaseCampaignPage',
  word: 'release-page',
  summary: 'Freezes the next page of recipients',
  permission: 'campaigns',
  internal: true,
  input: Type.Object(
    {
      page: Type.Integer({ minimum: 0 }),
      recipients: Type.Array(
        Type.Object({ customerId: id, language }, { additionalProperties: false }),
        { maxItems: PAGE_RECIPIENTS_MAX },
      ),
      /** Where reading goes on; null at the end. */
      next: Type.Union([Type.String({ maxLength: 2048 }), Type.Null()]),
    },
    { additionalProperties: false },
  ),
  examples: [
    { page: 0, recipients: [{ customerId: 'customer-1', language: 'en' }], next: 'cursor' },
    { page: 1, recipients: [{ customerId: 'customer-2', language: 'en' }], next: null },
    { page: 0, recipients: [], next: null },
  ],
});

export const pauseCampaign = defineCommand({
  name: 'PauseCampaign',
  word: 'pause',
  summary: 'Lets what has not gone out wait',
  permission: 'campaigns',
  input: Type.Object({ reason: Type.Optional(reason) }, { additionalProperties: false }),
  examples: [{}, { reason: 'spam-rate' }],
});

export const resumeCampaign = defineCommand({
  name: 'ResumeCampaign',
  word: 'resume',
  summary: 'Goes on with what waits',
  permission: 'campaigns',
  input: NOTHING,
  examples: [{}],
});

export const cancelCampaign = defineCommand({
  name: 'CancelCampaign',
  word: 'cancel',
  summary: 'Ends it; what has not gone out never will',
  permission: 'campaigns',
  input: NOTHING,
  examples: [{}],
});

export const CAMPAIGN_COMMANDS = [
  draftCampaign,
  changeCampaign,
  scheduleCampaign,
  unscheduleCampaign,
  startCampaign,
  startScheduledCampaign,
  releaseCampaignPage,
  pauseCampaign,
  resumeCampaign,
  cancelCampaign,
] as const;
export type CampaignCommand = CommandFor<(typeof CAMPAIGN_COMMANDS)[number]>;

export const CAMPAIGN_REFUSALS = {
  CAMPAIGN_EXISTS: {
    sentence: 'A campaign with this id is there already.',
    remedy: 'Change the existing campaign.',
  },
  CAMPAIGN_STARTED: {
    sentence: 'The campaign was started.',
    remedy: 'Pause or cancel it, or draft another one.',
  },
  CAMPAIGN_NOT_STARTED: {
    sentence: 'The campaign was not started.',
    remedy: 'Start it.',
  },
  CAMPAIGN_CANCELLED: {
    sentence: 'The campaign was cancelled.',
    remedy: 'Draft another one.',
  },
  CAMPAIGN_SENDER_UNKNOWN: {
    sentence: 'There is no such sender for the channel, or it was closed.',
    remedy: 'Name a sender of the channel.',
  },
  CAMPAIGN_SEGMENT_UNKNOWN: {
    sentence: 'There is no such segment, or it was removed.',
    remedy: 'Save a segment of customers and name it.',
  },
  CAMPAIGN_TEMPLATE_UNKNOWN: {
    sentence: 'There is no such template for the channel, or it was archived.',
    remedy: 'Name a template of the channel.',
  },
  CAMPAIGN_TEMPLATE_NOT_APPROVED: {
    sentence: 'No language of the template is approved.',
    remedy: 'Submit the template and wait for its review.',
  },
  CAMPAIGN_VARIABLES_MISSING: {
    sentence: 'The template has variables without a value, or values of none of its variables.',
    remedy: 'Give exactly the variables of the template; `{customer.name}` stands for the name.',
  },
  CAMPAIGN_START_PAST: {
    sentence: 'The moment lies in the past.',
    remedy: 'Name a later moment, or start the campaign.',
  },
} as const satisfies Record<string, Refusal>;
