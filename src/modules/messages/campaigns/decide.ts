import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import { SEGMENTS, type SegmentState } from '../../customers/index.ts';
import { variableFaults } from '../rules/fill-template.ts';
import { SENDERS, type SenderState } from '../senders/state.ts';
import {
  TEMPLATES,
  versionFor,
  type TemplateState,
  type TemplateVersion,
} from '../templates/state.ts';
import type { CampaignCommand } from './commands.ts';
import type { CampaignEvent } from './events.ts';
import { messageIdOf, PAGE_RECIPIENTS_MAX } from './slots.ts';
import {
  CAMPAIGNS,
  type CampaignContent,
  type CampaignState,
  type KnownCampaign,
} from './state.ts';

/** Everybody a large chain knows; more is several campaigns. */
export const CAMPAIGN_PAGES_MAX = 2_000_000 / PAGE_RECIPIENTS_MAX;

export function decide(
  state: CampaignState,
  command: CampaignCommand,
  around: Surroundings,
): Decision<CampaignEvent> {
  const { id: campaignId } = command;
  if (command.type === 'DraftCampaign') {
    if (state.status !== 'unknown') return rejected('CAMPAIGN_EXISTS');
    const data = { campaignId, variables: {}, expiresAt: null, ...command.input };
    return accepted([{ type: 'CampaignDrafted', data }]);
  }
  if (state.status === 'unknown') return accepted([]);
  if (state.status === 'cancelled') return afterTheEnd(command);
  switch (command.type) {
    case 'ChangeCampaign':
    case 'ScheduleCampaign':
    case 'UnscheduleCampaign':
    case 'StartCampaign':
    case 'StartScheduledCampaign':
      return beforeStart(state, command, around);
    case 'ReleaseCampaignPage':
      return release(state, command);
    case 'PauseCampaign':
      return pause(state, { campaignId, reason: command.input.reason ?? 'person' });
    case 'ResumeCampaign':
      if (state.status === 'paused')
        return accepted([{ type: 'CampaignResumed', data: { campaignId } }]);
      return state.status === 'started' ? accepted([]) : rejected('CAMPAIGN_NOT_STARTED');
    case 'CancelCampaign':
      return accepted([{ type: 'CampaignCancelled', data: { campaignId } }]);
  }
}

/** Pages and errors that were on their way when it was cancelled are no mistakes. */
function afterTheEnd({ type }: CampaignCommand): Decision<CampaignEvent> {
  const isLate =
    type === 'StartScheduledCampaign' ||
    type === 'ReleaseCampaignPage' ||
    type === 'PauseCampaign' ||
    type === 'CancelCampaign';
  return isLate ? accepted([]) : rejected('CAMPAIGN_CANCELLED');
}

function pause(
  state: KnownCampaign,
  data: { readonly campaignId: string; readonly reason: string },
): Decision<CampaignEvent> {
  if (state.status === 'paused') return accepted([]);
  if (state.status !== 'started') return rejected('CAMPAIGN_NOT_STARTED');
  return accepted([{ type: 'CampaignPaused', data }]);
}

type Preparing = Extract<
  CampaignCommand,
  {
    readonly type:
      | 'ChangeCampaign'
      | 'ScheduleCampaign'
      | 'UnscheduleCampaign'
      | 'StartCampaign'
      | 'StartScheduledCampaign';
  }
>;

function beforeStart(
  state: KnownCampaign,
  command: Preparing,
  around: Surroundings,
): Decision<CampaignEvent> {
  const { id: campaignId } = command;
  // Started by hand and by the clock in one moment is started once.
  if (state.startedAt !== null) {
    const isStart = command.type === 'StartCampaign' || command.type === 'StartScheduledCampaign';
    return isStart ? accepted([]) : rejected('CAMPAIGN_STARTED');
  }
  switch (command.type) {
    case 'ChangeCampaign': {
      const data = { campaignId, ...contentOf(state), ...command.input };
      return accepted([{ type: 'CampaignChanged', data }]);
    }
    case 'ScheduleCampaign': {
      const { startsAt } = command.input;
      if (Date.parse(startsAt) <= Date.parse(command.at)) return rejected('CAMPAIGN_START_PAST');
      const ready = readinessOf(state, campaignId, around);
      if ('outcome' in ready) return ready;
      if (state.startsAt === startsAt) return accepted([]);
      return accepted([{ type: 'CampaignScheduled', data: { campaignId, startsAt } }]);
    }
    case 'UnscheduleCampaign':
      if (state.status === 'draft') return accepted([]);
      return accepted([{ type: 'CampaignUnscheduled', data: { campaignId } }]);
    case 'StartCampaign':
      return start(state, campaignId, around);
    case 'StartScheduledCampaign':
      return startAtItsHour(state, command, around);
  }
}

/** What the refusals of a start mean to whoever reads the campaign later. */
const MISSING: Readonly<Record<string, string>> = {
  CAMPAIGN_SENDER_UNKNOWN: 'sender-unknown',
  CAMPAIGN_SEGMENT_UNKNOWN: 'segment-unknown',
  CAMPAIGN_TEMPLATE_UNKNOWN: 'template-unknown',
  CAMPAIGN_TEMPLATE_NOT_APPROVED: 'template-not-approved',
  CAMPAIGN_VARIABLES_MISSING: 'variables-missing',
};

/** Nobody hears a refusal of the clock, so what is missing becomes an event. */
function startAtItsHour(
  state: KnownCampaign,
  { id: campaignId, input }: Extract<CampaignCommand, { type: 'StartScheduledCampaign' }>,
  around: Surroundings,
): Decision<CampaignEvent> {
  const { startsAt } = input;
  if (state.status !== 'scheduled' || state.startsAt !== startsAt) return accepted([]);
  const decision = start(state, campaignId, around);
  // What it was judged beside is that of another sender or template: a refusal makes the pipeline look once more.
  if (decision.outcome === 'accepted' || !isSeenAsItIs(state, campaignId, around)) return decision;
  const reason = MISSING[decision.code] ?? decision.code;
  return accepted([{ type: 'CampaignNotStarted', data: { campaignId, startsAt, reason } }]);
}

function start(
  state: KnownCampaign,
  campaignId: string,
  around: Surroundings,
): Decision<CampaignEvent> {
  const ready = readinessOf(state, campaignId, around);
  if ('outcome' in ready) return ready;
  const { version: templateVersion, costPerThousand } = ready;
  const data = { campaignId, ...contentOf(state), templateVersion, costPerThousand };
  return accepted([{ type: 'CampaignStarted', data }]);
}

function contentOf(state: KnownCampaign): CampaignContent {
  const { name, channel, senderId, segmentId, templateId, variables, expiresAt } = state;
  return { name, channel, senderId, segmentId, templateId, variables, expiresAt };
}

/** Whether everything is there is asked before these. */
const JUDGED: ReadonlySet<CampaignCommand['type']> = new Set([
  'ScheduleCampaign',
  'StartCampaign',
  'StartScheduledCampaign',
]);

export function consults(
  { type, id }: CampaignCommand,
  around: Surroundings,
): readonly StreamReference[] {
  if (!JUDGED.has(type)) return [];
  const own = { category: CAMPAIGNS, id };
  const state = ownState(around, id);
  if (state.status === 'unknown') return [own];
  return [
    own,
    { category: SENDERS, id: state.senderId },
    { category: TEMPLATES, id: state.templateId },
    { category: SEGMENTS, id: state.segmentId },
  ];
}

function ownState(around: Surroundings, id: string): CampaignState {
  // safe because the stream is one of the category
  return around.stateOf({ category: CAMPAIGNS, id }) as CampaignState;
}

interface Ready extends Pick<TemplateVersion, 'version'> {
  readonly costPerThousand: KnownCampaign['costPerThousand'];
}

/** Everything a message of it will need, so that a mistake is told to the person and not to a hundred thousand. */
function readinessOf(
  state: KnownCampaign,
  campaignId: string,
  around: Surroundings,
): Ready | Rejected {
  const { senderId, templateId, segmentId, channel, variables } = state;
  // Changed a moment ago by another process: a refusal makes the pipeline look once more.
  if (!isSeenAsItIs(state, campaignId, around))
    return rejected('CAMPAIGN_TEMPLATE_UNKNOWN', { templateId });
  // safe because the stream is one of the category
  const sender = around.stateOf({ category: SENDERS, id: senderId }) as SenderState;
  const isOpen = sender.status === 'open' || sender.status === 'paused';
  if (!isOpen || sender.terms.channel !== channel)
    return rejected('CAMPAIGN_SENDER_UNKNOWN', { senderId });
  // safe because the stream is one of the category
  const segment = around.stateOf({ category: SEGMENTS, id: segmentId }) as SegmentState;
  if (segment.status !== 'saved') return rejected('CAMPAIGN_SEGMENT_UNKNOWN', { segmentId });
  // safe because the stream is one of the category
  const template = around.stateOf({ category: TEMPLATES, id: templateId }) as TemplateState;
  if (template.status !== 'active' || template.channel !== channel)
    return rejected('CAMPAIGN_TEMPLATE_UNKNOWN', { templateId });
  const chosen = versionFor(template, template.texts[0]?.language ?? '');
  if (!chosen.reviews.some(({ approval }) => approval === 'approved'))
    return rejected('CAMPAIGN_TEMPLATE_NOT_APPROVED', { templateId });
  const faults = variableFaults(chosen.variables, variables);
  if (faults.missing.length > 0 || faults.unknown.length > 0)
    return rejected('CAMPAIGN_VARIABLES_MISSING', { ...faults });
  return { version: chosen.version, costPerThousand: template.costPerThousand };
}

/** Whether the streams it is judged beside are those that it names now. */
function isSeenAsItIs(state: KnownCampaign, campaignId: string, around: Surroundings): boolean {
  const seen = ownState(around, campaignId);
  return (
    seen.status !== 'unknown' &&
    seen.senderId === state.senderId &&
    seen.templateId === state.templateId &&
    seen.segmentId === state.segmentId
  );
}

/** Two that release at the same time read the same page; the second one's changes nothing. */
function release(
  state: KnownCampaign,
  { id: campaignId, input }: Extract<CampaignCommand, { type: 'ReleaseCampaignPage' }>,
): Decision<CampaignEvent> {
  const { page, recipients } = input;
  const { templateVersion } = state;
  if (templateVersion === null) return rejected('CAMPAIGN_NOT_STARTED');
  if (state.frozen || page !== state.pages) return accepted([]);
  const isLast = input.next === null || page + 1 >= CAMPAIGN_PAGES_MAX;
  const next = isLast ? null : input.next;
  const { channel, senderId, templateId, variables, expiresAt } = state;
  const content = { channel, senderId, templateId, templateVersion, variables, expiresAt };
  // Only the last page of all may be short: the slot of a message says which page it stands on.
  const first = page * PAGE_RECIPIENTS_MAX;
  const named = recipients.map((recipient, place) => ({
    messageId: messageIdOf(campaignId, first + place),
    ...recipient,
  }));
  const events: CampaignEvent[] = [];
  if (named.length > 0)
    events.push({
      type: 'CampaignPageReleased',
      data: { campaignId, page, ...content, recipients: named, next },
    });
  if (isLast) {
    const pages = state.pages + (named.length > 0 ? 1 : 0);
    const total = state.recipients + named.length;
    events.push({ type: 'CampaignFrozen', data: { campaignId, recipients: total, pages } });
  }
  return accepted(events);
}
