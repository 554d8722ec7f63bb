/**
 * Finds intents whose outcome nobody recorded, because their process ended: the log is asked what is known, and where it knows
 * nothing, the outcome is unknown. It then waits for a status, and after a while for a person; it is never sent again by itself.
 */
import type { Clock } from '../../core/clock.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { MESSAGES, type MessageFact, type MessageState } from '../../modules/messages/index.ts';
import type { FactAppender, NewFacts } from '../message-facts.ts';
import { readEntries } from '../outbox/receipts.ts';
import {
  lostIntents,
  recordOutcomes,
  type LostIntent,
  type Outcome,
} from '../outbox/transitions.ts';
import { settleResult } from './settle-result.ts';

export interface RecoverDependencies {
  readonly database: Queryable;
  readonly facts: FactAppender;
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly clock: Clock;
}

/** The number of messages that were settled. Errors: UNAVAILABLE and the like; asked again, it goes on. */
export async function recoverIntents(deps: RecoverDependencies): Promise<number> {
  const lost = await lostIntents(deps.database);
  const byTenant = Map.groupBy(lost, ({ bucket, tenant }) => `${bucket} ${tenant}`);
  for (const some of byTenant.values()) await recoverSome(deps, some);
  return lost.length;
}

async function recoverSome(deps: RecoverDependencies, lost: readonly LostIntent[]): Promise<void> {
  const [place] = lost;
  if (place === undefined) return;
  const { database, facts, clock } = deps;
  const ids = lost.map(({ messageId }) => messageId);
  const entries = await readEntries(database, place, ids);
  const nowMs = clock.nowMs();
  const settled = await Promise.all(
    lost.map(async (each) => {
      const receipts = entries.get(each.messageId)?.receipts ?? 0;
      return settleLost(deps, each, { receipts, nowMs });
    }),
  );
  const newFacts: readonly NewFacts[] = settled.flatMap(({ outcome, facts: found, attempt }) =>
    found.length === 0
      ? []
      : {
          messageId: outcome.messageId,
          facts: found,
          once: `${attempt}`,
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

interface Recovered {
  readonly facts: readonly MessageFact[];
  readonly outcome: Outcome;
  readonly attempt: number;
}

async function settleLost(
  { pipeline }: RecoverDependencies,
  { tenant, messageId, attempt }: LostIntent,
  { receipts, nowMs }: { readonly receipts: number; readonly nowMs: number },
): Promise<Recovered> {
  const loaded = await pipeline.load(tenant, MESSAGES, messageId);
  // safe because the stream of a category has the state of its aggregate
  const state = loaded.state as MessageState;
  const known = state.status === 'none' || state.attempts < attempt ? null : state;
  const quiet = { messageId, providerId: null, dueAtUs: 0 };
  switch (known?.status) {
    case undefined:
    case 'requested':
    case 'sending':
      break;
    case 'held':
      return { facts: [], attempt, outcome: { ...quiet, state: 'waiting', dueAtUs: nowMs * 1000 } };
    case 'unknown':
      return { facts: [], attempt, outcome: { ...quiet, state: 'unknown' } };
    case 'accepted':
    case 'sent':
    case 'delivered':
    case 'read':
      return { facts: [], attempt, outcome: { ...quiet, state: 'accepted' } };
    default:
      return { facts: [], attempt, outcome: { ...quiet, state: 'ended' } };
  }
  // A status came for it: it was accepted, whoever heard the answer.
  const result =
    receipts > 0
      ? ({ kind: 'accepted', providerId: null } as const)
      : ({ kind: 'unknown' } as const);
  const { facts, outcome } = settleResult({ messageId, campaignId: null, attempt, nowMs }, result);
  return { facts, outcome, attempt };
}
