/**
 * Whether a message may go out now. Asked at the moment of sending, of facts as they are then: who opted out while a
 * campaign ran is not written to. Pure.
 */
import { capFreeAt } from './caps.ts';
import { quietUntil } from './quiet-hours.ts';
import type { DropReason, SendFacts, Verdict } from './verdict.ts';

/** Of WhatsApp: after the person's last message the business may answer freely for so long. */
export const WINDOW_HOURS = 24;
const HOUR_MS = 3_600_000;
/** A template that waits for its review, or a campaign that is paused, is looked at again after this. */
const LOOK_AGAIN_MINUTES = 5;

/** What never goes out comes first, so that a hold is only told where waiting helps. */
export function judgeSend(facts: SendFacts): Verdict {
  const reason = dropReason(facts);
  if (reason !== null) return { kind: 'drop', reason };
  return holdOf(facts) ?? { kind: 'send' };
}

function dropReason(facts: SendFacts): DropReason | null {
  const { message, at } = facts;
  if (facts.campaign === 'cancelled') return 'campaign-cancelled';
  if (message.expiresAt !== null && Date.parse(message.expiresAt) <= Date.parse(at))
    return 'expired';
  if (!facts.personStands) return 'person-gone';
  if (facts.address === null) return 'no-address';
  if (!facts.senderStands) return 'sender-unknown';
  return unwanted(facts) ?? unfit(facts);
}

/** What the person, or the law, does not want. */
function unwanted(facts: SendFacts): DropReason | null {
  const { purpose, needsConsent, confirmsOptOut } = facts.message;
  if (confirmsOptOut) return null;
  if (facts.suppressed === 'all' && !(purpose === 'reply' && answersNow(facts)))
    return 'suppressed';
  if (facts.suppressed === 'marketing' && purpose === 'marketing') return 'suppressed';
  // Whoever opted out and then wrote again may be answered, and nothing else.
  if (facts.optedOut && !(purpose === 'reply' && isInWindow(facts))) return 'opted-out';
  if (!needsConsent && purpose !== 'marketing') return null;
  if (!facts.consent) return 'no-consent';
  return facts.doubleOptIn && !facts.consentConfirmed ? 'consent-not-confirmed' : null;
}

/** A person who was suppressed for an opt-out and writes again is answered; mail that bounces is not. */
function answersNow(facts: SendFacts): boolean {
  return facts.message.channel !== 'email' && isInWindow(facts);
}

function unfit(facts: SendFacts): DropReason | null {
  const { isFreeText, channel } = facts.message;
  if (isFreeText) return channel === 'whatsapp' && !isInWindow(facts) ? 'outside-window' : null;
  switch (facts.template) {
    case 'unknown':
    case null:
      return 'template-unknown';
    case 'rejected':
      return 'template-rejected';
    case 'paused':
      return 'template-paused';
    default:
      return null;
  }
}

/** Within 24 h of the person's last message, the last moment excluded. */
export function isInWindow({
  at,
  lastInboundAt,
}: Pick<SendFacts, 'at' | 'lastInboundAt'>): boolean {
  if (lastInboundAt === null) return false;
  return Date.parse(at) < Date.parse(lastInboundAt) + WINDOW_HOURS * HOUR_MS;
}

function holdOf(facts: SendFacts): Verdict | null {
  const { at, message } = facts;
  if (facts.campaign === 'paused')
    return { kind: 'hold', reason: 'campaign-paused', until: lookAgain(at) };
  const { notBefore } = message;
  if (notBefore !== null && Date.parse(notBefore) > Date.parse(at))
    return { kind: 'hold', reason: 'not-before', until: notBefore };
  if (facts.template === 'draft' || facts.template === 'submitted')
    return { kind: 'hold', reason: 'template-pending', until: lookAgain(at) };
  if (message.purpose === 'reply' && (message.confirmsOptOut || isInWindow(facts))) return null;
  if (message.purpose === 'transactional' && message.awaited) return null;
  const quiet = quietUntil(at, facts.quietHours, facts.zones);
  if (quiet !== null) return { kind: 'hold', reason: 'quiet-hours', until: quiet };
  if (message.purpose !== 'marketing') return null;
  const free = capFreeAt(at, facts.caps, facts.marketingSentAt);
  return free === null ? null : { kind: 'hold', reason: 'frequency-cap', until: free };
}

function lookAgain(at: string): string {
  return new Date(Date.parse(at) + LOOK_AGAIN_MINUTES * 60_000).toISOString();
}
