/**
 * What the server and the thread that sends say to each other. All of it is plain data.
 *
 *   server -> thread   serve, prepared, stop
 *   thread -> server   prepare (answered by prepared), told, ended (of a serve, after everything was told), warned
 */
import type { SendResult } from '../../core/message-transport.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import type { KeptIn } from '../pretended/transport.ts';
import type { LostMoment } from '../sending/lane-ports.ts';
import type { Sendable } from '../sending/prepared.ts';

/** What the thread is begun with. */
export interface ThreadOptions {
  readonly database: {
    readonly url: string;
    readonly connectTimeoutMs: number;
    readonly statementTimeoutMs: number;
  };
  /** With the version, as `createWhatsAppClient` takes it. */
  readonly whatsappUrl: string;
  readonly smtpUrl: string | null;
  /** Stands in the ids of e-mails. */
  readonly domain: string;
  /** The installation's own credential, and those that senders name. */
  readonly token: string | null;
  readonly secrets: ReadonlyMap<string, string>;
  /** By tenant: of these nothing leaves the process, whatever else is set. */
  readonly keptIn: ReadonlyMap<string, KeptIn>;
}

export interface ToldResult {
  readonly sender: SenderPlace;
  readonly message: ClaimedMessage;
  readonly result: SendResult;
}

export type ToThread =
  | { readonly kind: 'serve'; readonly run: number; readonly sender: SenderPlace }
  /** Null where they could not be prepared. */
  | {
      readonly kind: 'prepared';
      readonly call: number;
      readonly sendables: readonly Sendable[] | null;
    }
  | { readonly kind: 'stop' };

export type FromThread =
  | {
      readonly kind: 'prepare';
      readonly call: number;
      readonly sender: SenderPlace;
      readonly messages: readonly ClaimedMessage[];
    }
  | {
      readonly kind: 'told';
      readonly results: readonly ToldResult[];
      readonly claimed: number;
      readonly lost: ReadonlyMap<LostMoment, number>;
    }
  | { readonly kind: 'ended'; readonly run: number }
  | { readonly kind: 'warned'; readonly words: string; readonly error: Error | null };
