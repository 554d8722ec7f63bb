/**
 * Finds intents whose outcome nobody recorded, because their process ended, and what was held after a restore: the log is asked
 * what is known, and where it knows nothing, the outcome is unknown. It then waits for a status, and after a while for a
 * person; it is never sent again by itself.
 */
import type { Clock } from '../../core/clock.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { MESSAGES, type MessageFact, type MessageState } from '../../modules/messages/index.ts';
import type { FactAppender, NewFacts } from '../message-facts.ts';
import { readEntries } from '../outbox/receipts.ts';
import {
  lostIntents,
  recordOutcomes,
  restoredMessages,
  type LostIntent,
  type Outcome,
} from '../outbox/transitions.ts';
import { settleResult } from './settle-result.ts';

export interface RecoverDependencies {
  readonly database: Database;
  readonly facts: FactAppender;
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly clock: Clock;
  /** Of the log: tells what was held after one restore from what was held after another. */
  readonly incarnation: string;
}

/** The number of messages that were settled. Errors: UNAVAILABLE and the like; asked again, it goes on. */
export async function recoverIntents(deps: RecoverDependencies): Promise<number> {
  const { database, incarnation } = deps;
  const lost = await lostIntents(database);
  const restored = await restoredMessages(database);
  const all: readonly Lost[] = [
    ...lost.map((each) => ({ ...each, copy: null })),
    ...restored.map((each) => ({ ...each, copy: incarnation })),
  ];
  const byTenant = Map.groupBy(all, ({ bucket, tenant }) => `${bucket} ${tenant}`);
  for (const some of byTenant.values()) await recoverSome(deps, some);
  return all.length;
}

interface Lost extends LostIntent {
  /** The copy of the log whose restore held it; null for an intent. */
  readonly copy: string | null;
}

async function recoverSome(deps: RecoverDependencies, lost: readonly Lost[]): Promise<void> {
  const [place] = lost;
  if (place === undefined) return;
  const { database, facts, clock } = deps;
  const ids = lost.map(({ messageId }) => messageId);
  const entries = await readEntries(database, place, ids);
  const nowMs = clock.nowMs();
  const tried = await Promise.allSettled(
    lost.map(async (each) => {
      const receipts = entries.get(each.messageId)?.receipts ?? 0;
      return settleLost(deps, each, { receipts, nowMs });
    }),
  );
  // One whose stream cannot be read, such as in a copy without its keys, holds up no other; it is tried again.
  const settled = tried.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  const newFacts: readonly NewFacts[] = settled.flatMap(({ outcome, facts: found, once }) =>
    found.length === 0
      ? []
      : {
          messageId: outcome.messageId,
          facts: found,
          once,
          at: new Date(nowMs).toISOString(),
        },
  );
  await facts.append(place.tenant, newFacts);
  await recordOutcomes(
    database,
    place,
    settled.map(({ outcome }) => outcome),
  );
}

/** What only a provider says of a message that it has. */
const REPORTED: ReadonlySet<string> = new Set(['sent', 'delivered', 'read', 'failed', 'bounced']);

interface Recovered {
  readonly facts: readonly MessageFact[];
  readonly outcome: Outcome;
  /** Tells the facts from those of another attempt. */
  readonly once: string;
}

async function settleLost(
  { pipeline }: RecoverDependencies,
  { tenant, messageId, attempt: begun, copy }: Lost,
  { receipts, nowMs }: { readonly receipts: number; readonly nowMs: number },
): Promise<Recovered> {
  const loaded = await pipeline.load(tenant, MESSAGES, messageId);
  // safe because the stream of a category has the state of its aggregate
  const state = loaded.state as MessageState;
  const attempt = Math.max(1, begun);
  const once = copy === null ? `${attempt}` : `${attempt} restored ${copy}`;
  const isTold = state.status !== 'none' && (copy !== null || state.attempts >= attempt);
  const known = isTold ? state : null;
  const quiet = { messageId, providerId: null, dueAtUs: 0 };
  switch (known?.status) {
    case undefined:
    case 'requested':
    case 'sending':
      break;
    case 'held':
      if (copy !== null) break;
      return { facts: [], once, outcome: { ...quiet, state: 'waiting', dueAtUs: nowMs * 1000 } };
    case 'unknown':
      return { facts: [], once, outcome: { ...quiet, state: 'unknown' } };
    case 'accepted':
    case 'sent':
    case 'delivered':
    case 'read':
      return { facts: [], once, outcome: { ...quiet, state: 'accepted' } };
    default:
      return { facts: [], once, outcome: { ...quiet, state: 'ended' } };
  }
  // A status came for it: it was accepted, whoever heard the answer.
  const result =
    receipts > 0 || REPORTED.has(state.status)
      ? ({ kind: 'accepted', providerId: null } as const)
      : ({ kind: 'unknown' } as const);
  const { facts, outcome } = settleResult({ messageId, campaignId: null, attempt, nowMs }, result);
  return { facts, outcome, once };
}
