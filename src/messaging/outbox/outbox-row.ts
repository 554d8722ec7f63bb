/** Where rows of the outbox lie. */
export interface SenderPlace {
  readonly bucket: number;
  readonly tenant: string;
  readonly senderId: string;
}

export interface MessagePlace {
  readonly bucket: number;
  readonly tenant: string;
}

export type Channel = 'whatsapp' | 'email' | 'sms';

/** A message with its moment: nobody else sends it, and nothing is recorded of the attempt yet. */
export interface ClaimedMessage {
  readonly messageId: string;
  readonly channel: Channel;
  readonly campaignId: string | null;
  readonly language: string | null;
  readonly person: string | null;
  /** Keyed hash of the address. */
  readonly recipient: string;
  /** From 0: attempts begun before. */
  readonly attempt: number;
  /** When it is to leave, by the database's clock. */
  readonly momentUs: number;
  /** Asked to be left alone, by this process or another, whatever read models show. */
  readonly optedOut: boolean;
}
