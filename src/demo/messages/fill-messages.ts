/**
 * Fills what the demo has written and been written to. Everything happened before the demo begins, so commands go through
 * a pipeline with a clock of its own, and what became of messages is noted as the sender of messages would. A fill that was
 * cut goes on at the next start, with the same moments: those of the number that was set up first.
 *
 *   desk -> campaign -> conversations -> facts -> a draft of a text, which says that all is there
 *   notices, once: after everything that was told of the past was handled, so that none of it is written about
 */
import type { Principal } from '../../access/principal.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { DatedStep } from '../demo-steps.ts';
import { DEMO_TENANT } from '../seed-demo.ts';
import { noticeSteps, NOTICE_SETTINGS } from './notices.ts';
import { campaignFacts, campaignSteps, WINE_CAMPAIGN } from './campaigns.ts';
import { DESK, DESK_AGE_MS, deskSteps, lastStep } from './desk.ts';
import { factsOf, type NotedFacts, type Post } from './post.ts';
import { THREADS, type Line, type Thread } from './threads.ts';

export interface FillMessagesDependencies {
  readonly pipeline: Pipeline;
  /** Another one over the same log that tells time by this clock; closed at the end. */
  readonly pipelineAt: (clock: Clock) => Pipeline;
  readonly clock: Clock;
  readonly post: Post;
  /** Waits until whatever follows from the past by itself was done; false when it took too long. */
  readonly settled: () => Promise<boolean>;
  readonly logger: Logger;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}

const PRINCIPAL: Principal = {
  keyId: 'demo',
  tenant: DEMO_TENANT,
  scopes: new Set(['customers:write', 'messages:write'] as const),
};
/** The provider tells the server within seconds. */
const CONFIRMED_AFTER_MS = 2_000;

/** Never rejects: what could not be filled is logged and tried again at the next start. */
export async function fillMessages(deps: FillMessagesDependencies): Promise<void> {
  try {
    await fill(deps);
  } catch (error) {
    if (!deps.signal.aborted) deps.logger.warn('the demo has no messages yet', { error });
  }
}

async function fill(deps: FillMessagesDependencies): Promise<void> {
  const { pipeline, pipelineAt, signal } = deps;
  const isFilled = await isThere(pipeline, lastStep(0));
  const notifies = await isThere(pipeline, NOTICE_SETTINGS);
  if (isFilled && notifies) return;
  const nowMs = await beganAt(deps);
  let atMs = nowMs;
  const past = pipelineAt({ nowMs: () => atMs });
  const give = async ({ atMs: momentMs, once, ...step }: DatedStep): Promise<void> => {
    if (signal.aborted) return;
    atMs = momentMs;
    const known = once === undefined ? {} : { commandId: once };
    await past.handle({ principal: PRINCIPAL, ...step, ...known });
  };
  try {
    if (!isFilled) await fillPast(deps, { nowMs, give });
    if (notifies || signal.aborted || !(await deps.settled())) return;
    for (const step of noticeSteps(nowMs)) await give(step);
  } finally {
    await past.close();
  }
}

type Give = (step: DatedStep) => Promise<void>;

async function fillPast(
  { pipeline, post, signal }: FillMessagesDependencies,
  { nowMs, give }: { readonly nowMs: number; readonly give: Give },
): Promise<void> {
  for (const step of [...deskSteps(nowMs), ...campaignSteps(nowMs)]) await give(step);
  const facts: NotedFacts[] = campaignFacts(await releasedBy(pipeline), nowMs).slice();
  for (const thread of THREADS) {
    for (const step of await stepsOf(thread, { post, nowMs })) await give(step);
    facts.push(...threadFacts(thread, nowMs));
  }
  if (signal.aborted) return;
  await post.note(facts);
  await give(lastStep(nowMs));
}

async function isThere(
  pipeline: Pipeline,
  { category, id }: { readonly category: string; readonly id: string },
): Promise<boolean> {
  return (await pipeline.load(DEMO_TENANT, category, id)).version > 0n;
}

/** Of a fill that was cut: when it began. */
async function beganAt({ pipeline, clock }: FillMessagesDependencies): Promise<number> {
  const stream = { tenant: DEMO_TENANT, category: 'messages.senders', id: DESK };
  const { entries } = await pipeline.history(stream, { afterVersion: 0n, limit: 1 });
  const at = entries[0]?.at;
  return at === undefined ? clock.nowMs() : Date.parse(at) + DESK_AGE_MS;
}

/** Ids of the campaign's messages. Whoever releases campaigns may have been quicker, with as many as the list knew. */
async function releasedBy(pipeline: Pipeline): Promise<readonly string[]> {
  const { state } = await pipeline.load(DEMO_TENANT, 'messages.campaigns', WINE_CAMPAIGN);
  // safe because a started campaign counts its recipients
  const { recipients } = state as { readonly recipients: number };
  return Array.from({ length: recipients }, (_, slot) => `${WINE_CAMPAIGN}~c${slot}`);
}

async function stepsOf(
  thread: Thread,
  { post, nowMs }: { readonly post: Post; readonly nowMs: number },
): Promise<readonly DatedStep[]> {
  const { channel, senderId, guest, lines, closed } = thread;
  const beganMs = thread.began(nowMs);
  const address = channel === 'email' ? guest.email : guest.phone;
  const correspondence = { channel, senderId, address };
  const { conversationId, suppressionId } = await post.idsOf(correspondence);
  const about = { category: 'messages.conversations', id: conversationId };
  const received = { ...correspondence, name: guest.name, customerId: guest.id, suppressionId };
  const steps = lines.map((line, index): DatedStep => {
    const once = commandIdOf(thread, index);
    const atMs = beganMs + line.afterMs;
    const { text } = line;
    if (line.from === 'house') {
      const input = line.subject === undefined ? { text } : { text, subject: line.subject };
      return { ...about, command: 'ReplyInConversation', input, once, atMs };
    }
    const sentAt = new Date(atMs).toISOString();
    const input = { ...received, providerId: `demo.${once}`, kind: 'text', text, sentAt };
    return { ...about, command: 'ReceiveInbound', input, once, atMs };
  });
  const last = steps.at(-1);
  if (closed === undefined || last === undefined) return steps;
  const once = `demo-${thread.id}-closed`;
  const end = { ...about, command: 'CloseConversation', input: {}, once, atMs: last.atMs + 60_000 };
  return [...steps, end];
}

function threadFacts(thread: Thread, nowMs: number): readonly NotedFacts[] {
  const { lines, confirmed } = thread;
  const beganMs = thread.began(nowMs);
  const replies = lines.flatMap((line: Line, index) =>
    line.from === 'guest'
      ? []
      : factsOf(`reply.${commandIdOf(thread, index)}`, {
          outcome: line.outcome,
          atMs: beganMs + line.afterMs,
        }),
  );
  if (confirmed === undefined) return replies;
  const atMs = beganMs + CONFIRMED_AFTER_MS;
  const confirmation = factsOf(`stop.${commandIdOf(thread, 0)}`, { outcome: 'delivered', atMs });
  return [...replies, ...confirmation];
}

function commandIdOf({ id }: Thread, index: number): string {
  return `demo-${id}-${index + 1}`;
}
