/** What `judgeSend` is asked and what it answers: the facts of one message at the moment it could go out. */
import type { Channel, FrequencyCap, Purpose, QuietHours } from '../shapes.ts';

export type HoldReason =
  'not-before' | 'quiet-hours' | 'frequency-cap' | 'template-pending' | 'campaign-paused';

export type DropReason =
  | 'expired'
  | 'campaign-cancelled'
  | 'person-gone'
  | 'no-address'
  | 'suppressed'
  | 'opted-out'
  | 'no-consent'
  | 'consent-not-confirmed'
  | 'outside-window'
  | 'sender-unknown'
  | 'template-unknown'
  | 'template-rejected'
  | 'template-paused';

export type Verdict =
  | { readonly kind: 'send' }
  /** `until` is RFC 3339 in UTC: ask again then. */
  | { readonly kind: 'hold'; readonly until: string; readonly reason: HoldReason }
  | { readonly kind: 'drop'; readonly reason: DropReason };

export type TemplateApproval = 'draft' | 'submitted' | 'approved' | 'rejected' | 'paused';

export interface SendFacts {
  /** RFC 3339 in UTC: now. */
  readonly at: string;
  readonly message: {
    readonly channel: Channel;
    readonly purpose: Purpose;
    readonly needsConsent: boolean;
    /** Free text, which WhatsApp takes only within 24 h of the person's last message. */
    readonly isFreeText: boolean;
    readonly notBefore: string | null;
    readonly expiresAt: string | null;
    /** The one confirmation of an opt-out, which goes to whoever just opted out. */
    readonly confirmsOptOut: boolean;
    /** The person asked for it a moment ago and waits for it. */
    readonly awaited: boolean;
  };
  /** Null for a message of no campaign. */
  readonly campaign: 'running' | 'paused' | 'cancelled' | null;
  /** Null where there is none (any more), or the person was erased. */
  readonly address: string | null;
  /** False for a customer who was archived, merged or erased. True where no customer is named. */
  readonly personStands: boolean;
  /** Consent of the person for the channel, as of now. */
  readonly consent: boolean;
  /** Whether consents count only once they were confirmed, and whether this one was. */
  readonly doubleOptIn: boolean;
  readonly consentConfirmed: boolean;
  /** Of the address: of marketing only, of everything, or not. */
  readonly suppressed: 'marketing' | 'all' | null;
  /** In the conversation of the person with the sender. */
  readonly optedOut: boolean;
  /** Of the person's last message to the sender. */
  readonly lastInboundAt: string | null;
  /** IANA: the person's own alone where it is known, else every zone of the countries the number may belong to. */
  readonly zones: readonly string[];
  readonly quietHours: QuietHours | null;
  readonly caps: readonly FrequencyCap[];
  /** When marketing went to the person, RFC 3339, newest first, as far back as the longest cap. */
  readonly marketingSentAt: readonly string[];
  /** False for a sender that is not there or was closed. */
  readonly senderStands: boolean;
  /** Null for free text; `unknown` where there is no such template, version or language. */
  readonly template: TemplateApproval | 'unknown' | null;
}
