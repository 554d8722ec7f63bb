/**
 * What is held until a template is reviewed or a campaign resumed is queued by that event: those that wait by then. A message
 * that was being judged when it happened is written down as waiting a moment later, and would wait for minutes. So once it is
 * written down, the log is asked whether it still has to.
 */
import type { Logger } from '../../core/logger.ts';
import {
  approvalIn,
  CAMPAIGNS,
  MESSAGES,
  TEMPLATES,
  type CampaignState,
  type MessageState,
  type TemplateState,
} from '../../modules/messages/index.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { ClaimedMessage, MessagePlace } from '../outbox/outbox-row.ts';
import { hurryUp } from '../outbox/transitions.ts';

/** Longer than states are kept for judging (content/state-cache.ts): what is queued then is not judged by the old ones. */
const AFTER_MS = 700;
/** Of a large campaign most wait for the same template in the same language. */
const LOOKS_MAX = 50;

type Held = Pick<ClaimedMessage, 'messageId' | 'campaignId' | 'language'>;

export interface LookAgain {
  /** A message was recorded as held for a template or a campaign. Never throws. */
  note(place: MessagePlace, held: Held): void;
  /** Forgets what is not looked at yet: it is due in minutes. */
  stop(): Promise<void>;
}

export interface LookAgainDependencies {
  readonly database: Queryable;
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly logger: Logger;
}

interface Gathered {
  readonly place: MessagePlace;
  /** By what they wait for. */
  readonly held: Map<string, Held>;
}

export function createLookAgain(deps: LookAgainDependencies): LookAgain {
  const gathered = new Map<string, Gathered>();
  const looking = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    timer = undefined;
    for (const each of gathered.values()) {
      const work = lookAt(deps, each)
        .catch((error: unknown) => {
          deps.logger.warn('held messages wait for some minutes', { error });
        })
        .finally(() => looking.delete(work));
      looking.add(work);
    }
    gathered.clear();
  }

  return {
    note({ bucket, tenant }, held) {
      const key = `${bucket} ${tenant}`;
      const known = gathered.get(key) ?? { place: { bucket, tenant }, held: new Map() };
      gathered.set(key, known);
      const { campaignId, language, messageId } = held;
      const what = campaignId === null ? messageId : `${campaignId} ${language}`;
      if (known.held.size < LOOKS_MAX) known.held.set(what, held);
      timer ??= setTimeout(look, AFTER_MS).unref();
    },
    async stop() {
      clearTimeout(timer);
      gathered.clear();
      while (looking.size > 0) await Promise.all(looking);
    },
  };
}

async function lookAt(deps: LookAgainDependencies, { place, held }: Gathered): Promise<void> {
  for (const each of held.values()) {
    if (await isStillHeld(deps, place, each)) continue;
    // Of the whole tenant: one that waits for something else is judged once more and waits on.
    return hurryUp(deps.database, place);
  }
}

/** As the judge would say, of what the log says now. What is not there any more is not held. */
async function isStillHeld(
  { pipeline }: LookAgainDependencies,
  { tenant }: MessagePlace,
  { messageId, campaignId, language }: Held,
): Promise<boolean> {
  let asked: { readonly id: string; readonly version: number; readonly language: string } | null;
  if (campaignId === null) {
    const { state } = await pipeline.load(tenant, MESSAGES, messageId);
    // safe because the stream of a category has the state of its aggregate
    const message = state as MessageState;
    asked = message.status === 'none' ? null : (message.request?.template ?? null);
  } else {
    const { state } = await pipeline.load(tenant, CAMPAIGNS, campaignId);
    // safe because the stream of a category has the state of its aggregate
    const campaign = state as CampaignState;
    if (campaign.status === 'paused') return true;
    if (campaign.status === 'unknown' || campaign.templateVersion === null || language === null)
      return false;
    asked = { id: campaign.templateId, version: campaign.templateVersion, language };
  }
  if (asked === null) return false;
  const { state } = await pipeline.load(tenant, TEMPLATES, asked.id);
  // safe because the stream of a category has the state of its aggregate
  const template = state as TemplateState;
  if (template.status === 'unknown') return false;
  return ['draft', 'submitted'].includes(approvalIn(template, asked));
}
