/**
 * Events on the stream of a suppressed address, `messages.suppressions/{suppressionId}`. The id is `suppressionIdOf` of the
 * channel and a keyed hash of the address (routes-addresses.ts), so no address stands here and the entry outlives an
 * erasure, as it must: whoever asked not to be written to is not written to after being forgotten.
 */
import { Type, type Static } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { channel, textOrNull } from '../shapes.ts';

const suppressionId = Type.String();

export const suppressionReason = Type.Union([
  Type.Literal('hard-bounce'),
  Type.Literal('complaint'),
  /** An opt-out word, or the provider said that the person stopped messages. */
  Type.Literal('opt-out'),
  /** One-click unsubscribe (RFC 8058). */
  Type.Literal('unsubscribe'),
  Type.Literal('manual'),
]);
export type SuppressionReason = Static<typeof suppressionReason>;

/** Of marketing only, or of everything. */
export const suppressionScope = Type.Union([Type.Literal('marketing'), Type.Literal('all')]);
export type SuppressionScope = Static<typeof suppressionScope>;

export const addressSuppressed = defineEvent({
  name: 'AddressSuppressed',
  wireName: 'comptoir.message-suppression.added',
  data: Type.Object({
    suppressionId,
    channel,
    reason: suppressionReason,
    scope: suppressionScope,
    customerId: textOrNull,
    /** Message, campaign or conversation that led to it. */
    origin: textOrNull,
  }),
});

export const suppressionLifted = defineEvent({
  name: 'AddressSuppressionLifted',
  wireName: 'comptoir.message-suppression.lifted',
  data: Type.Object({ suppressionId, reason: Type.String() }),
});

export const SUPPRESSION_EVENTS = [addressSuppressed, suppressionLifted] as const;
export type SuppressionEvent = EventOf<(typeof SUPPRESSION_EVENTS)[number]>;
