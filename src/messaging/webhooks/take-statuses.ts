/**
 * Statuses of a provider become facts of their messages. They come in any order and more than once: a fact that is on the
 * stream already is left out, and the fold takes the furthest. A status of a message whose outcome was unknown says that it
 * was accepted.
 */
import type { TransportError } from '../../core/message-transport.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { MessageFact } from '../../modules/messages/index.ts';
import type { FactAppender, NewFacts } from '../message-facts.ts';
import { STATUS_SPAN_MS, STATUSES_AT_ONCE } from '../limits.ts';
import type { MessagePlace } from '../outbox/outbox-row.ts';
import type { SentEntries } from '../outbox/sent-entries.ts';
import { addReceipts, readEntries, RECEIPT_BITS, type OutboxEntry } from '../outbox/receipts.ts';
import type { ProviderStatus } from './parse-webhook.ts';

export interface StatusDependencies {
  readonly database: Database;
  readonly facts: FactAppender;
  readonly sent: SentEntries;
  readonly classify: (code: number | null) => TransportError;
  /** What a failure means beyond its message. */
  readonly onFailure: (
    place: MessagePlace,
    entry: OutboxEntry,
    error: TransportError,
  ) => Promise<void>;
}

/** Durable when it resolves. Errors: those of the log and the database; the provider repeats the webhook then. */
export type TakeStatuses = (
  place: MessagePlace,
  statuses: readonly ProviderStatus[],
) => Promise<void>;

interface Gathered {
  readonly place: MessagePlace;
  readonly statuses: ProviderStatus[];
  /** Of everybody whose statuses are among them. */
  readonly taken: PromiseWithResolvers<void>;
  readonly timer: NodeJS.Timeout;
}

/**
 * Gathers for STATUS_SPAN_MS what comes for a tenant: a provider may send each status in a webhook of its own, and three of
 * each message would be three looks. What fails fails for all of them.
 */
export function createTakeStatuses(deps: StatusDependencies): TakeStatuses {
  const gathering = new Map<string, Gathered>();

  function flush(key: string, { place, statuses, taken, timer }: Gathered): void {
    clearTimeout(timer);
    gathering.delete(key);
    takeAll(deps, place, statuses).then(taken.resolve, taken.reject);
  }

  return (place, statuses) => {
    if (statuses.length === 0) return Promise.resolve();
    const key = `${place.bucket} ${place.tenant}`;
    let held = gathering.get(key);
    if (held === undefined) {
      const opened: Gathered = {
        place,
        statuses: [],
        taken: Promise.withResolvers<void>(),
        timer: setTimeout(() => flush(key, opened), STATUS_SPAN_MS),
      };
      gathering.set(key, opened);
      held = opened;
    }
    held.statuses.push(...statuses);
    const { promise } = held.taken;
    if (held.statuses.length >= STATUSES_AT_ONCE) flush(key, held);
    return promise;
  };
}

async function takeAll(
  deps: StatusDependencies,
  place: MessagePlace,
  statuses: readonly ProviderStatus[],
): Promise<void> {
  for (let start = 0; start < statuses.length; start += STATUSES_AT_ONCE)
    await takeSome(deps, place, statuses.slice(start, start + STATUSES_AT_ONCE));
}

/** Most are of messages that this process sent a moment ago. */
async function entriesOf(
  { database, sent }: StatusDependencies,
  place: MessagePlace,
  messageIds: readonly string[],
): Promise<readonly OutboxEntry[]> {
  const known = messageIds.flatMap((id) => sent.get(place, id) ?? []);
  if (known.length === messageIds.length) return known;
  const missing = messageIds.filter((id) => sent.get(place, id) === undefined);
  return [...known, ...(await readEntries(database, place, missing)).values()];
}

async function takeSome(
  deps: StatusDependencies,
  place: MessagePlace,
  statuses: readonly ProviderStatus[],
): Promise<void> {
  const byMessage = Map.groupBy(statuses, ({ callbackData }) => callbackData);
  byMessage.delete('');
  const { database, facts, classify, onFailure } = deps;
  const entries = await entriesOf(deps, place, [...byMessage.keys()]);
  const found: NewFacts[] = [];
  const updates: { readonly messageId: string; readonly receipts: number }[] = [];
  const failures: { readonly entry: OutboxEntry; readonly error: TransportError }[] = [];
  for (const entry of entries) {
    const own = byMessage.get(entry.messageId) ?? [];
    found.push(...acceptedBefore(entry, own));
    for (const status of own) {
      const error = status.status === 'failed' ? classify(status.errorCode) : null;
      found.push({
        messageId: entry.messageId,
        facts: [factOf(entry.messageId, status.status, error)],
        once: status.status,
        at: status.at,
      });
      if (error !== null) failures.push({ entry, error });
    }
    // Whoever looks for lost intents must see that this one arrived.
    if (['sending', 'unknown', 'restored'].includes(entry.state))
      updates.push({
        messageId: entry.messageId,
        receipts: own.reduce((bits, { status }) => bits | RECEIPT_BITS[status], 0),
      });
  }
  await facts.append(place.tenant, found);
  await addReceipts(database, place, updates);
  for (const { entry, error } of failures) await onFailure(place, entry, error);
}

/** Nobody heard the answer; the status says what it was. */
function acceptedBefore(
  { messageId, state, attempt }: OutboxEntry,
  [first]: readonly ProviderStatus[],
): readonly NewFacts[] {
  if (!['unknown', 'restored'].includes(state) || first === undefined) return [];
  const { providerId, at } = first;
  // What left after a copy was made has no attempt in that copy.
  const accepted: MessageFact = {
    type: 'MessageAccepted',
    data: { messageId, attempt: Math.max(1, attempt), providerId },
  };
  return [{ messageId, facts: [accepted], once: `${attempt}`, at }];
}

function factOf(
  messageId: string,
  status: ProviderStatus['status'],
  error: TransportError | null,
): MessageFact {
  switch (status) {
    case 'sent':
      return { type: 'MessageSent', data: { messageId } };
    case 'delivered':
      return { type: 'MessageDelivered', data: { messageId } };
    case 'read':
      return { type: 'MessageRead', data: { messageId } };
    case 'failed': {
      const { class: kind = 'recipient', code = 'unknown', detail = null } = error ?? {};
      return { type: 'MessageFailed', data: { messageId, class: kind, code, detail } };
    }
  }
}
