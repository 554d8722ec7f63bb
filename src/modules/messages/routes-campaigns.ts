/** What a campaign would cost and has come to: counts over its pages, and over the segment before it starts. */
import { ID, streamIdOf } from '../../http/modules/command-routes.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { scoped, type Call, type Route } from '../../http/route.ts';
import type { ReadRow } from '../../projections/projections.ts';
import { customerList, SEGMENTS, segmentMembers, type SegmentState } from '../customers/index.ts';
import { costOf, totalsOf } from './campaigns/progress.ts';
import { CAMPAIGNS, type CampaignState, type KnownCampaign } from './campaigns/state.ts';
import { campaignPages, countStates, type CampaignPageRow } from './read-models/campaign-pages.ts';
import { TEMPLATES, type TemplateState } from './templates/state.ts';

/** Pages of one question; a page has 500 letters. */
const PAGES_AT_ONCE = 500;
/** Members counted for an estimate: two seconds of work. Larger segments are told as "at least". */
const COUNTED_MAX = 100_000;
const MEMBERS_AT_ONCE = 1_000;

export function campaignRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [progressRoute(deps), estimateRoute(deps)];
}

function progressRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/messages/campaigns/{id}/progress',
    operationId: 'readCampaignProgress',
    tag: 'Messages',
    summary: 'How far the messages of a campaign have come',
    description:
      'Each of `accepted`, `sent`, `delivered` and `read` includes those that came further. `unknown` waits for a status ' +
      'or for a person.',
    access: scoped('messages:read'),
    parameters: [ID, WAIT],
    answers: {
      200: {
        description: 'Counts',
        example: {
          id: 'autumn',
          status: 'started',
          recipients: 1200,
          frozen: true,
          finished: false,
          totals: {
            accepted: 900,
            sent: 880,
            delivered: 850,
            read: 300,
            failed: 4,
            notSent: 16,
            unknown: 0,
            open: 284,
          },
          cost: { amount: 1287, currency: 'EUR' },
        },
      },
    },
    errors: ['NOT_FOUND', 'WAIT_TIMEOUT'],
    async handle(call) {
      const id = streamIdOf(call);
      const campaign = await campaignOf(deps, call, id);
      await waitForModel(deps, call, campaignPages);
      const counts = countStates(await pagesOf(deps, call, id));
      const totals = totalsOf(counts);
      const { status, recipients, frozen, costPerThousand } = campaign;
      const isOver = frozen || status === 'cancelled';
      const finished = isOver && totals.open === 0 && totals.unknown === 0;
      const cost = costOf(costPerThousand, totals.accepted);
      return {
        status: 200,
        body: { id, status, recipients, frozen, finished, totals, counts, cost },
      };
    },
  };
}

function estimateRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/messages/campaigns/{id}/estimate',
    operationId: 'estimateCampaign',
    tag: 'Messages',
    summary: 'How many a campaign would go to now, and what that would cost',
    description: `Counts at most ${COUNTED_MAX} members; \`atLeast\` says that there are more.`,
    access: scoped('messages:read'),
    parameters: [ID, WAIT],
    answers: {
      200: {
        description: 'The estimate',
        example: { recipients: 1200, atLeast: false, cost: { amount: 1716, currency: 'EUR' } },
      },
    },
    errors: ['NOT_FOUND', 'WAIT_TIMEOUT'],
    async handle(call) {
      const campaign = await campaignOf(deps, call, streamIdOf(call));
      await waitForModel(deps, call, customerList);
      const { tenant } = call.principal;
      const { state } = await deps.pipeline.load(tenant, TEMPLATES, campaign.templateId);
      // safe because the stream is one of the category
      const template = state as TemplateState;
      const { recipients, atLeast } = await countMembers(deps, call, campaign);
      const price = template.status === 'unknown' ? null : template.costPerThousand;
      return { status: 200, body: { recipients, atLeast, cost: costOf(price, recipients) } };
    },
  };
}

async function campaignOf(
  { pipeline }: ModuleRouteDependencies,
  { principal }: Call,
  id: string,
): Promise<KnownCampaign> {
  const { state } = await pipeline.load(principal.tenant, CAMPAIGNS, id);
  // safe because the stream is one of the category
  const campaign = state as CampaignState;
  if (campaign.status === 'unknown') throw unknownId();
  return campaign;
}

async function pagesOf(
  { projections }: ModuleRouteDependencies,
  { principal: { tenant } }: Call,
  campaignId: string,
): Promise<readonly CampaignPageRow[]> {
  const reader = projections.reader(campaignPages);
  const rows: CampaignPageRow[] = [];
  let after: string | undefined;
  for (let more = true; more;) {
    const query = { tenant, filters: { campaignId }, limit: PAGES_AT_ONCE, after };
    const page = await reader.list(query);
    rows.push(...page.items.map(rowOf));
    ({ next: after, more } = page);
  }
  return rows;
}

function rowOf({ row }: ReadRow): CampaignPageRow {
  // safe because only this read model writes rows of it
  return row as CampaignPageRow;
}

async function countMembers(
  deps: ModuleRouteDependencies,
  { principal: { tenant } }: Call,
  { segmentId }: KnownCampaign,
): Promise<{ readonly recipients: number; readonly atLeast: boolean }> {
  // safe because the stream is one of the category
  const segment = (await deps.pipeline.load(tenant, SEGMENTS, segmentId)).state as SegmentState;
  let recipients = 0;
  if (segment.status !== 'saved') return { recipients, atLeast: false };
  let after: string | undefined;
  for (let more = true; more;) {
    const asked = { tenant, filter: segment.filter, after, limit: MEMBERS_AT_ONCE };
    const page = await segmentMembers(deps, asked);
    recipients += page.items.length;
    ({ next: after, more } = page);
    if (recipients >= COUNTED_MAX) return { recipients, atLeast: more };
  }
  return { recipients, atLeast: false };
}
