/**
 * Freezing who a campaign goes to: reads the segment and gives one command for each page until there are no more. Whoever
 * reads `CampaignStarted` durably calls it; it may be called again at any moment and by several at once, since the stream
 * of the campaign says which page is next and where reading goes on, and takes each page once.
 */
import type { Principal } from '../../access/principal.ts';
import { waitForLists, type ListsDependencies } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { ReadRow } from '../../projections/projections.ts';
import {
  customerList,
  SEGMENTS,
  segmentMembers,
  type CustomerRow,
  type SegmentState,
} from '../customers/index.ts';
import { PAGE_RECIPIENTS_MAX } from './campaigns/slots.ts';
import { CAMPAIGNS, type CampaignState, type KnownCampaign } from './campaigns/state.ts';
import { conversationList } from './read-models/conversation-list.ts';
import { optInList } from './read-models/opt-in-list.ts';
import { suppressionList } from './read-models/suppression-list.ts';
import { textFor } from './rules/fill-template.ts';
import { TEMPLATES, versionOf, type TemplateState } from './templates/state.ts';
import type { TemplateText } from './templates/events.ts';

export interface ReleaseDependencies extends Pick<
  ModuleRouteDependencies,
  'pipeline' | 'projections'
> {
  readonly log: ListsDependencies['log'];
  /** Waited for after each page, so that freezing a large segment leaves room for those that are being sent. */
  readonly betweenPages?: () => Promise<void>;
}

/** Lists by which it is judged whom a message may go to: who is meant, and who does not want it. */
export const JUDGED_BY = [customerList, conversationList, suppressionList, optInList];

export interface CampaignPlace {
  readonly tenant: string;
  readonly campaignId: string;
}

/**
 * Resolves when all pages are out or the campaign was cancelled. Who was registered before it began is on its pages, and who was
 * suppressed before is not written to: until the lists have come so far, nothing is frozen. Errors: those of the pipeline, WAIT_TIMEOUT; to be called again.
 */
export async function releaseCampaign(
  deps: ReleaseDependencies,
  place: CampaignPlace,
): Promise<void> {
  let isUpToDate = false;
  for (;;) {
    const campaign = await startedCampaign(deps, place);
    if (campaign === null) return;
    if (!isUpToDate) await waitForLists(deps, place.tenant, JUDGED_BY);
    isUpToDate = true;
    const { recipients, next } = await nextPage(deps, place, campaign);
    await deps.pipeline.handle({
      principal: releaser(place.tenant),
      category: CAMPAIGNS,
      command: 'ReleaseCampaignPage',
      id: place.campaignId,
      input: { page: campaign.pages, recipients, next },
    });
    await deps.betweenPages?.();
  }
}

/** The system itself, with the right to nothing else. */
function releaser(tenant: string): Principal {
  return { keyId: 'system:campaign-release', tenant, scopes: new Set(['messages:campaigns']) };
}

/** Null once there is nothing left to release. A paused campaign goes on being frozen: who is meant must not drift. */
async function startedCampaign(
  { pipeline }: ReleaseDependencies,
  { tenant, campaignId }: CampaignPlace,
): Promise<KnownCampaign | null> {
  const { state } = await pipeline.load(tenant, CAMPAIGNS, campaignId);
  // safe because the stream of a category has the state of its aggregate
  const campaign = state as CampaignState;
  if (campaign.status !== 'started' && campaign.status !== 'paused') return null;
  return campaign.frozen ? null : campaign;
}

interface Page {
  readonly recipients: readonly { readonly customerId: string; readonly language: string }[];
  readonly next: string | null;
}

/** A full page, or the last one. A segment that was removed meanwhile ends the campaign where it is. */
async function nextPage(
  deps: ReleaseDependencies,
  place: CampaignPlace,
  campaign: KnownCampaign,
): Promise<Page> {
  const { pipeline } = deps;
  const { tenant } = place;
  // safe because the stream of a category has the state of its aggregate
  const segment = (await pipeline.load(tenant, SEGMENTS, campaign.segmentId)).state as SegmentState;
  if (segment.status !== 'saved') return { recipients: [], next: null };
  const texts = await textsOf(deps, place, campaign);
  const found: ReadRow[] = [];
  let after = campaign.next ?? undefined;
  for (;;) {
    const limit = PAGE_RECIPIENTS_MAX - found.length;
    const page = await segmentMembers(deps, { tenant, filter: segment.filter, after, limit });
    found.push(...page.items);
    after = page.next;
    if (!page.more || found.length === PAGE_RECIPIENTS_MAX) {
      const recipients = found.map((read) => recipientOf(read, texts));
      return { recipients, next: page.more ? page.next : null };
    }
  }
}

async function textsOf(
  { pipeline }: ReleaseDependencies,
  { tenant }: CampaignPlace,
  campaign: KnownCampaign,
): Promise<readonly TemplateText[]> {
  const { templateId, templateVersion } = campaign;
  // safe because the stream of a category has the state of its aggregate
  const template = (await pipeline.load(tenant, TEMPLATES, templateId)).state as TemplateState;
  if (template.status === 'unknown') return [];
  return versionOf(template, templateVersion ?? template.version)?.texts ?? template.texts;
}

function recipientOf({ key, row }: ReadRow, texts: readonly TemplateText[]) {
  // safe because only this read model writes rows of it
  const { language } = row as CustomerRow;
  return { customerId: key, language: textFor(texts, language)?.language ?? language };
}
