/** What is kept of one message that was judged: the outcome of its request, or why it stays here. */
import type { Clock } from '../../core/clock.ts';
import type { SendResult } from '../../core/message-transport.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import type { OutboxEntry } from '../outbox/receipts.ts';
import type { SentEntries } from '../outbox/sent-entries.ts';
import type { LookAgain } from './look-again.ts';
import type { Outcomes } from './outcomes.ts';
import type { Prepared } from './prepared.ts';
import { settleResult, type Effect } from './settle-result.ts';

export interface RecordDependencies {
  readonly outcomes: Outcomes;
  readonly lookAgain: Pick<LookAgain, 'note'>;
  readonly sent: SentEntries;
  /** What an answer means beyond its message; never throws. */
  readonly onEffect: (sender: SenderPlace, effect: Effect, message: ClaimedMessage) => void;
  readonly clock: Clock;
}

/** Never throws. */
export function recordResult(
  deps: RecordDependencies,
  sender: SenderPlace,
  { message, result }: { readonly message: ClaimedMessage; readonly result: SendResult },
): void {
  const nowMs = deps.clock.nowMs();
  const { messageId, campaignId } = message;
  const attempt = message.attempt + 1;
  const { facts, outcome, effect } = settleResult(
    { messageId, campaignId, attempt, nowMs },
    result,
  );
  const at = new Date(nowMs).toISOString();
  if (outcome.state === 'accepted') deps.sent.add(sender, entryOf(sender, message, attempt));
  // Nothing of a campaign is on the stream of its message before the first attempt.
  const isFirst = campaignId !== null && attempt === 1;
  deps.outcomes.add(sender, { messageId, facts, once: `${attempt}`, at, outcome, isFirst });
  if (effect !== null) deps.onEffect(sender, effect, message);
}

function entryOf(
  { senderId }: SenderPlace,
  { messageId, channel, campaignId, person, recipient }: ClaimedMessage,
  attempt: number,
): OutboxEntry {
  const known = { messageId, channel, senderId, campaignId, person, recipient };
  return { ...known, state: 'accepted', attempt, receipts: 0 };
}

/** Held until somebody says otherwise, which may have happened while it was judged. */
const UNTIL_SAID: ReadonlySet<string> = new Set(['template-pending', 'campaign-paused']);

/** What is not sent now, or never. */
export function putAside(
  { outcomes, lookAgain, clock }: Pick<RecordDependencies, 'outcomes' | 'lookAgain' | 'clock'>,
  sender: SenderPlace,
  prepared: Exclude<Prepared, { readonly kind: 'send' }>,
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
  const { message, until: untilText } = prepared;
  outcomes.add(sender, {
    ...(UNTIL_SAID.has(reason) ? { onRecorded: () => lookAgain.note(sender, message) } : {}),
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
