/** Text messages that go nowhere and are remembered: the port has no other implementation yet. */
import { randomUUID } from 'node:crypto';
import type { SendResult, TransportMessage } from '../../core/message-transport.ts';

/** Enough for a person who looks what would have gone out. */
const KEPT_MAX = 100;

export interface SmsPort {
  /** Never throws. */
  send(from: string, message: TransportMessage): Promise<SendResult>;
}

export interface FakeSms extends SmsPort {
  /** Ids of the newest messages. */
  readonly sent: readonly string[];
}

export function createFakeSms(): FakeSms {
  const sent: string[] = [];
  return {
    sent,
    send(_from, { messageId }) {
      sent.push(messageId);
      if (sent.length > KEPT_MAX) sent.shift();
      return Promise.resolve({ kind: 'accepted', providerId: `fake-${randomUUID()}` });
    },
  };
}
