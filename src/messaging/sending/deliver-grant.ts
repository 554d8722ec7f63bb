/**
 * Sends one grant: judges its messages, then in spans of some milliseconds writes the intents and lets each request leave
 * at its moment.
 *
 *   claimed -> hold, drop         recorded with facts
 *           -> too late           given back: the moment is lost
 *           -> intent committed   -> request at its moment -> outcome
 */
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { INTENT_SPAN_MS, LATE_MS } from '../limits.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import { giveBack, recordIntents, withdrawIntents } from '../outbox/transitions.ts';
import type { IntentLead } from './intent-lead.ts';
import type { Outcomes } from './outcomes.ts';
import type { Prepare, Prepared } from './prepared.ts';
import { settleResult, type Effect } from './settle-result.ts';

export interface DeliverDependencies {
  readonly database: Queryable;
  readonly prepare: Prepare;
  readonly outcomes: Outcomes;
  readonly intentLead: IntentLead;
  /** What an answer means beyond its message; never throws. */
  readonly onEffect: (sender: SenderPlace, effect: Effect, message: ClaimedMessage) => void;
  /** UUID of the process. */
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether nothing more is to leave: what is only claimed is given back. */
  readonly isStopping: () => boolean;
}

export interface Grant {
  readonly sender: SenderPlace;
  readonly messages: readonly ClaimedMessage[];
  /** Milliseconds that the database's clock is ahead of `performance.now()`. */
  readonly aheadMs: number;
}

type Sendable = Extract<Prepared, { readonly kind: 'send' }>;

/** Resolves when every request of the grant was answered; what cannot be judged is given back. Never throws. */
export async function deliverGrant(deps: DeliverDependencies, grant: Grant): Promise<void> {
  const { sender, messages } = grant;
  try {
    const prepared = await deps.prepare(sender, messages);
    for (const each of prepared) if (each.kind !== 'send') putAside(deps, sender, each);
    const sendable = prepared.filter((each) => each.kind === 'send');
    await Promise.all(spansOf(sendable).map((span) => deliverSpan(deps, grant, span)));
  } catch (error) {
    deps.logger.warn('messages could not be prepared', { error, count: messages.length });
    await returnClaims(deps, sender, messages);
  }
}

/** In order of their moments, which are in order already. */
function spansOf(sendable: readonly Sendable[]): readonly (readonly Sendable[])[] {
  return [
    ...Map.groupBy(sendable, ({ message }) =>
      Math.floor(message.momentUs / (INTENT_SPAN_MS * 1000)),
    ).values(),
  ];
}

async function deliverSpan(
  deps: DeliverDependencies,
  grant: Grant,
  span: readonly Sendable[],
): Promise<void> {
  const { sender, aheadMs } = grant;
  const [first] = span;
  if (first === undefined) return;
  await until(first.message.momentUs / 1000 - aheadMs - deps.intentLead.ms);
  const latestMs = performance.now() - LATE_MS + aheadMs;
  const inTime = deps.isStopping()
    ? []
    : span.filter(({ message }) => message.momentUs / 1000 >= latestMs);
  const lost = span.filter((each) => !inTime.includes(each)).map(({ message }) => message);
  await returnClaims(deps, sender, lost);
  if (inTime.length === 0) return;
  const ids = inTime.map(({ message }) => message.messageId);
  const beganMs = performance.now();
  const mine = await recordIntents(deps.database, { ...sender, owner: deps.owner }, ids);
  deps.intentLead.observe(performance.now() - beganMs);
  const withdrawn: string[] = [];
  const sending: Promise<void>[] = [];
  for (const each of inTime) {
    const { message } = each;
    if (!mine.has(message.messageId)) continue;
    const momentMs = message.momentUs / 1000 - aheadMs;
    await until(momentMs);
    // It was written down and never left: that is known here and now, so it is taken back.
    if (performance.now() > momentMs + LATE_MS) withdrawn.push(message.messageId);
    else sending.push(sendOne(deps, sender, each));
  }
  await Promise.all([
    withdrawIntents(deps.database, { ...sender, owner: deps.owner }, withdrawn),
    ...sending,
  ]);
}

async function sendOne(
  deps: DeliverDependencies,
  sender: SenderPlace,
  { message, send }: Sendable,
): Promise<void> {
  const result = await send();
  const nowMs = deps.clock.nowMs();
  const { messageId, campaignId } = message;
  const attempt = message.attempt + 1;
  const { facts, outcome, effect } = settleResult(
    { messageId, campaignId, attempt, nowMs },
    result,
  );
  const at = new Date(nowMs).toISOString();
  deps.outcomes.add(sender, { messageId, facts, once: `${attempt}`, at, outcome });
  if (effect !== null) deps.onEffect(sender, effect, message);
}

function putAside(
  { outcomes, clock }: DeliverDependencies,
  sender: SenderPlace,
  prepared: Exclude<Prepared, Sendable>,
): void {
  const { messageId, attempt } = prepared.message;
  const at = new Date(clock.nowMs()).toISOString();
  if (prepared.kind === 'settled') {
    const outcome = { messageId, state: prepared.state, providerId: null, dueAtUs: 0 };
    outcomes.add(sender, { messageId, facts: [], once: `${attempt}`, at, outcome });
    return;
  }
  const { reason } = prepared;
  if (prepared.kind === 'drop') {
    outcomes.add(sender, {
      messageId,
      facts: [{ type: 'MessageDropped', data: { messageId, reason } }],
      once: `${attempt}`,
      at,
      outcome: { messageId, state: 'ended', providerId: null, dueAtUs: 0 },
    });
    return;
  }
  const { until: untilText } = prepared;
  outcomes.add(sender, {
    messageId,
    facts: [{ type: 'MessageHeld', data: { messageId, reason, until: untilText } }],
    once: `${attempt} ${untilText}`,
    at,
    outcome: {
      messageId,
      state: 'waiting',
      providerId: null,
      dueAtUs: Date.parse(untilText) * 1000,
    },
  });
}

/** When the database is gone, the claims expire. */
async function returnClaims(
  { database, owner, logger }: DeliverDependencies,
  sender: SenderPlace,
  messages: readonly ClaimedMessage[],
): Promise<void> {
  const ids = messages.map(({ messageId }) => messageId);
  await giveBack(database, { ...sender, owner }, ids).catch((error: unknown) => {
    logger.warn('claimed messages could not be given back', { error, count: ids.length });
  });
}

/** By `performance.now()`; timers are a millisecond late rather than early. */
async function until(atMs: number): Promise<void> {
  const leftMs = atMs - performance.now();
  if (leftMs >= 1) await new Promise((resolve) => setTimeout(resolve, leftMs));
}
