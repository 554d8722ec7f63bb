/** The port through which one message leaves: WhatsApp, e-mail, SMS. */

export type TransportContent =
  | { readonly kind: 'text'; readonly text: string; readonly subject: string | null }
  | {
      readonly kind: 'template';
      /** As the provider knows it. */
      readonly name: string;
      readonly language: string;
      /** In the order of the places of the header, of which most have none, and of the body. */
      readonly header: readonly string[];
      readonly parameters: readonly string[];
    };

export interface TransportMessage {
  /** Comes back with every status. */
  readonly messageId: string;
  /** E.164, or an e-mail address. */
  readonly to: string;
  readonly content: TransportContent;
  /** Of an e-mail that may be unsubscribed from: where one click does it (RFC 8058). */
  readonly unsubscribeUrl: string | null;
}

export type TransportErrorClass =
  /** The sender is too fast: slower, and again. */
  | 'slow-down'
  /** This recipient had too many: only they wait. */
  | 'pair'
  /** Down for a moment: again after a pause. */
  | 'retry'
  /** The sender cannot be used for a while: everything of it waits. */
  | 'sender'
  /** Going on would cost the number its standing: the campaign is paused. */
  | 'campaign'
  /** The recipient does not want or cannot get it: never again. */
  | 'recipient'
  /** The person stopped marketing: never again, and noted. */
  | 'opted-out'
  /** Not today: once more after a day. */
  | 'next-day'
  /** The content is wrong: never as it is. */
  | 'content';

export interface TransportError {
  readonly class: TransportErrorClass;
  /** The provider's. */
  readonly code: string;
  /** Our words, without personal data. */
  readonly detail: string;
}

export type SendResult =
  | { readonly kind: 'accepted'; readonly providerId: string | null }
  | {
      readonly kind: 'refused';
      readonly error: TransportError;
      /** What the provider asked for. */
      readonly retryAfterMs: number | null;
    }
  /** No byte of it can have left. */
  | { readonly kind: 'not-sent' }
  /** Nobody knows whether it left. */
  | { readonly kind: 'unknown' };
