/** Which way a message leaves, by the channel of its sender. */
import type { KnownSender } from '../modules/messages/index.ts';
import type { SendResult, TransportMessage } from '../core/message-transport.ts';

/** Sends through the account of a sender. Never throws. */
export type SendThrough = (sender: KnownSender, message: TransportMessage) => Promise<SendResult>;

/** A way out of this process. */
export interface Way {
  readonly send: SendThrough;
  /** Whether what is sent now leaves now: false while every connection is in use. */
  readonly hasRoom: (sender: KnownSender) => boolean;
}

/** What a provider of text messages is put behind; there is none yet, and senders of that channel are refused. */
export interface SmsPort {
  /** Never throws. */
  send(from: string, message: TransportMessage): Promise<SendResult>;
}

export interface ChannelDependencies {
  readonly whatsapp: {
    send(
      account: { readonly phoneNumberId: string; readonly token: string },
      message: TransportMessage,
    ): Promise<SendResult>;
    hasRoom(): boolean;
  };
  /** Null where no mail server is known. */
  readonly mailer: {
    send(
      account: { readonly from: string; readonly replyTo: string | null },
      message: TransportMessage,
    ): Promise<SendResult>;
    hasRoom(): boolean;
  } | null;
  /** Null where nobody carries text messages: nothing is sent then, and nothing is called sent. */
  readonly sms: SmsPort | null;
  /** The credential of that name, or the installation's own for null. */
  readonly tokenOf: (secretName: string | null) => string | undefined;
}

export function createChannels(deps: ChannelDependencies): Way {
  return {
    hasRoom({ terms: { channel } }) {
      if (channel === 'whatsapp') return deps.whatsapp.hasRoom();
      return channel === 'sms' || deps.mailer === null || deps.mailer.hasRoom();
    },
    async send({ terms }: KnownSender, message) {
      switch (terms.channel) {
        case 'whatsapp': {
          const { phoneNumberId, secretName } = terms;
          const token = deps.tokenOf(secretName);
          if (token === undefined || phoneNumberId === null) return NOT_SET_UP;
          return deps.whatsapp.send({ phoneNumberId, token }, message);
        }
        case 'email': {
          const { from, replyTo } = terms;
          return deps.mailer === null ? NOT_SET_UP : deps.mailer.send({ from, replyTo }, message);
        }
        case 'sms':
          return deps.sms === null ? NOT_SET_UP : deps.sms.send(terms.from, message);
      }
    },
  };
}

/** The messages wait: whoever runs the installation has to say how. */
const NOT_SET_UP: SendResult = {
  kind: 'refused',
  error: {
    class: 'sender',
    code: 'not-set-up',
    detail: 'The installation has no credential for this channel.',
  },
  retryAfterMs: null,
};
