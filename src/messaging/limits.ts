/** Limits of sending, each with its reason. Times that reach SQL are microseconds, as the outbox keeps them. */

/** Of the budget that is used: the rest pays for messages that wait some milliseconds in a socket and then arrive together. */
export const PACE_SHARE = 0.97;
/**
 * Grants of budget are made for this long at a time. Planning a claim costs more than running it, so shorter ones
 * cost more a message; longer ones would leave more behind when a process dies.
 */
export const SLICE_MS = 200;
/**
 * How far ahead of its slice a claim is made: facts are read and rules judged meanwhile, and each message then waits for its
 * moment. Two slices outlast a server that has just started and is busy with what it missed; what a person changes counts for
 * the claims after it.
 */
export const CLAIM_AHEAD_MS = 400;
/** The least time between a claim and its first moment. A claim that comes late loses nothing while this much is left. */
export const CLAIM_LEAD_MS = 60;
/** Intents are written this long before the first of their moments: a commit takes some milliseconds. */
export const INTENT_LEAD_MS = 30;
/** On a machine where it takes longer, earlier; what is written and not sent when a process dies becomes unknown. */
export const INTENT_LEAD_MAX_MS = 100;
/**
 * Outcomes are recorded together: one append and one statement for what came back meanwhile. What a process had heard and not
 * recorded when it died is unknown until a status comes.
 */
export const OUTCOME_SPAN_MS = 50;
/**
 * Facts of a tenant gather for so long before they are appended, and whoever brought them waits for that: a webhook is answered,
 * and an answer of the provider recorded, that much later. Most messages are accepted, sent and delivered within 200 ms.
 */
export const FACT_SPAN_MS = 150;
/** Statuses of webhooks that come beside each other are looked up together; each is answered that much later. */
export const STATUS_SPAN_MS = 20;
/** So many are recorded at once, without waiting for more. */
export const STATUSES_AT_ONCE = 500;
/**
 * A moment that passed this long ago is lost, and its message takes a later one: a process that stood still does not catch
 * up. In any second there leave then at most (1000 + LATE_MS) / 1000 x PACE_SHARE of the budget, which is 0.98. What is left
 * is for the way: 20 ms in which a receiver does not read make it 0.999. With 20 ms here, a provider on a busy machine
 * saw 1,009 messages in a second of 1,000.
 */
export const LATE_MS = 10;
/**
 * What was claimed leaves within this or is given back: a person's word counts for what is claimed after it, and pairs are
 * counted as if everything left at the end of it.
 */
export const HELD_MS_MAX = 2_000;
/** Messages whose intents are written together: what is written and not yet sent when a process dies becomes unknown. */
export const INTENT_SPAN_MS = 25;
/** A grant is never larger, so that one claim stays one quick statement. */
export const GRANT_MAX = 500;

/** One message to a recipient in so long ... */
export const PAIR_EVERY_US = 6_000_000;
/** ... after as many at once. */
export const PAIR_BURST = 45;
export const DAY_US = 24 * 3600 * 1_000_000;

/** A claim whose moment passed this long ago is somebody's who is gone: nothing was sent. */
export const CLAIM_LOST_MS = 5_000;
/** Longer than all time-outs of a request together: after that nobody knows what became of it. */
export const INTENT_LOST_MS = 15_000;
/** How long an unknown outcome waits for a status before a person is asked. */
export const UNKNOWN_DECIDED_AFTER_MS = 600_000;

/** A provider's "not now" is tried again so often, with pauses that double from the first one. */
export const ATTEMPTS_MAX = 8;
export const RETRY_FIRST_MS = 2_000;
export const RETRY_PAUSE_MAX_MS = 900_000;
/** After a provider asked for less, the budget is halved and grows back in so long. */
export const SLOW_RECOVERY_MS = 60_000;
export const SLOW_FACTOR_MIN = 0.05;
/** A sender that cannot be used (token, payment, maintenance) is asked again after so long. */
export const BLOCKED_MS = 60_000;
/** "Not in the mood for marketing" of one person: once more after a day. */
export const RETRY_NEXT_DAY_MS = 24 * 3_600_000;

/**
 * From one page of 500 recipients to the next: pages then come twice as fast as the largest budget sends them. Without it the
 * first seconds of a campaign went into its last pages, and moments were lost meanwhile.
 */
export const PAGE_EVERY_MS = 250;
/** On a machine where a page takes as long as that, whoever sends has this between two. */
export const PAGE_PAUSE_MS_MIN = 25;

/** How often a process looks for senders with something due while there is nothing to do. */
export const IDLE_MS = 200;
export const SWEEP_MS = 1_000;
export const COUNT_RECIPIENTS_MS = 60_000;
/** Rows of one statement of the sweep. */
export const SWEEP_ROWS_MAX = 2_000;
/** How long the outbox remembers what was sent, to know late statuses: providers repeat webhooks for 7 days. */
export const OUTBOX_KEPT_MS = 14 * 24 * 3_600_000;

/** WhatsApp documents bodies of webhooks up to 3 MB. */
export const WEBHOOK_BYTES_MAX = 3 * 1024 * 1024;
export const WEBHOOK_BODY_MS_MAX = 10_000;
/** A delivery status notification holds at most the message it is about. */
export const BOUNCE_BYTES_MAX = 1024 * 1024;
