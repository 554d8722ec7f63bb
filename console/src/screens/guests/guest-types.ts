/** What the server answers about guests, where the description of the interface leaves it open. */
import type { Money } from '../../words/format.ts';

export const CHANNELS = ['email', 'sms', 'whatsapp'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface GuestRow {
  readonly id: string;
  readonly name: string | null;
  readonly kind: 'person' | 'organisation';
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string;
  readonly status: 'active' | 'archived' | 'merged';
  readonly consents: readonly Channel[] | null;
  readonly tags: readonly string[] | null;
  readonly mergedInto: string | null;
  readonly registeredAt: string;
}

export interface ConsentStep {
  readonly channel: Channel;
  readonly given: boolean;
  readonly at: string;
  readonly wording: string | null;
  readonly source: string | null;
  readonly wordingVersion: string | null;
}

export interface Guest {
  readonly id: string;
  readonly version: number;
  readonly status: 'active' | 'archived' | 'merged';
  readonly kind: 'person' | 'organisation';
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly identifiers: readonly {
    readonly id: string;
    readonly kind: 'phone' | 'email' | 'messenger';
    readonly channel?: string | null;
    readonly value: string | null;
  }[];
  readonly preferred: { readonly phone: string | null; readonly email: string | null };
  readonly language: string;
  /** Null for that of the phone number. */
  readonly timeZone?: string | null;
  readonly consents: readonly {
    readonly channel: Channel;
    readonly since: string;
    readonly wording: string;
    readonly source: string | null;
  }[];
  readonly consentHistory: readonly ConsentStep[];
  readonly tags: readonly string[];
  readonly notes: readonly {
    readonly noteId: string;
    readonly text: string | null;
    readonly at: string;
    readonly by: string;
  }[];
  readonly merges: readonly { readonly otherId: string; readonly at: string }[];
  readonly mergedInto: string | null;
  readonly registeredAt: string;
}

export interface Entry {
  readonly id: string;
  readonly customerId: string;
  readonly at: string;
  readonly module: 'customers' | 'orders' | 'loyalty' | 'reservations';
  readonly kind: string;
  readonly subject: string;
  readonly amount: Money | null;
  readonly points: number | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface SegmentFilter {
  readonly kind?: 'person' | 'organisation';
  readonly languages?: readonly string[];
  readonly tagsAll?: readonly string[];
  readonly tagsAny?: readonly string[];
  readonly tagsNone?: readonly string[];
  readonly consents?: readonly Channel[];
  readonly registeredFrom?: string;
  readonly registeredTo?: string;
}

export interface SegmentRow {
  readonly id: string;
  readonly name: string;
  readonly filter: SegmentFilter;
  readonly savedAt: string;
}
