/** E-mail by SMTP: pooled connections, bounded times. Accepted means that the next server took it, no more. */
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { SendResult, TransportMessage } from '../../core/message-transport.ts';
import { mailIdOf } from './mail-id.ts';

const CONNECTIONS_MAX = 8;
const CONNECT_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 10_000;

export interface MailAccount {
  readonly from: string;
  readonly replyTo: string | null;
}

export interface Mailer {
  /** Never throws. */
  send(account: MailAccount, message: TransportMessage): Promise<SendResult>;
  /** False while every connection has a message: what is sent then waits for one, as long as it takes. */
  hasRoom(): boolean;
  close(): void;
}

/** `url`: smtp://user:password@host:587 or smtps://... `domain` stands in the id of messages. */
export function createMailer(options: { readonly url: string; readonly domain: string }): Mailer {
  const transport = createTransport({
    url: options.url,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // Content is text only, so nothing of it may name a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const contents = new Map<string, Readable>();
  let underWay = 0;
  transport.use('stream', ({ message }, done) => {
    const create = message.createReadStream.bind(message);
    message.createReadStream = (...given) => {
      const content = create(...given);
      contents.set(message.messageId(), content);
      return content;
    };
    done();
  });
  return {
    hasRoom: () => underWay < CONNECTIONS_MAX,
    async send({ from, replyTo }, { messageId, to, content, unsubscribeUrl }) {
      if (content.kind !== 'text')
        return refused('content', 'no-text', 'An e-mail is sent as text only.');
      const id = mailIdOf(messageId, options.domain);
      underWay += 1;
      try {
        const info = await transport.sendMail({
          from,
          to,
          ...(replyTo === null ? {} : { replyTo }),
          subject: content.subject ?? '',
          text: content.text,
          messageId: id,
          // RFC 3461: a report then names it, also where it quotes nothing.
          dsn: { id: messageId, return: 'headers', notify: ['failure'] },
          // RFC 8058: both, and only together.
          ...(unsubscribeUrl === null
            ? {}
            : {
                headers: {
                  'List-Unsubscribe': `<${unsubscribeUrl}>`,
                  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
                },
              }),
        });
        return info.rejected.length > 0
          ? refused('recipient', 'rejected', 'The mail server refused the recipient.')
          : { kind: 'accepted', providerId: id };
      } catch (error) {
        return resultOf(error, contents.get(id)?.readableDidRead === true);
      } finally {
        underWay -= 1;
        contents.delete(id);
      }
    },
    close: () => transport.close(),
  };
}

/**
 * SMTP (RFC 5321, section 4.2.1): 4xx is tried again, 5xx is for good. A connection that was lost after the first byte of the
 * content was read from us leaves open whether the server took the message; before that it has none. By the error alone both look
 * alike: a server that took the content and hung up was called not reached, and the e-mail went out again.
 */
function resultOf(error: unknown, wasBegun: boolean): SendResult {
  const { code, command, responseCode } = fieldsOf(error);
  if (responseCode !== null) {
    const name = `smtp-${responseCode}`;
    if (
      responseCode === 421 ||
      responseCode === 450 ||
      responseCode === 451 ||
      responseCode === 452
    )
      return refused('retry', name, 'The mail server asks to try again.');
    if (code === 'EAUTH' || responseCode === 530 || responseCode === 535)
      return refused('sender', name, 'The mail server refuses the login.');
    if (responseCode < 500) return refused('retry', name, 'The mail server asks to try again.');
    return command === 'DATA'
      ? refused('content', name, 'The mail server refused the message.')
      : refused('recipient', name, 'The mail server refused the recipient.');
  }
  return { kind: wasBegun ? 'unknown' : 'not-sent' };
}

function fieldsOf(error: unknown) {
  // safe because any member of an error may be asked for
  const held = (typeof error === 'object' && error !== null ? error : {}) as Readonly<
    Record<string, unknown>
  >;
  const { code, command, responseCode } = held;
  return {
    code: typeof code === 'string' ? code : null,
    command: typeof command === 'string' ? command : null,
    responseCode: typeof responseCode === 'number' ? responseCode : null,
  };
}

function refused(
  kind: 'retry' | 'sender' | 'recipient' | 'content',
  code: string,
  detail: string,
): SendResult {
  return { kind: 'refused', error: { class: kind, code, detail }, retryAfterMs: null };
}
