/**
 * The thread that claims, paces and sends: a loop for each sender that it is told to serve. Nothing else runs on it, so that
 * messages leave at their moments while the server decides, projects and takes webhooks: on the server's own thread a tenth of the
 * moments passed while it did something else. It knows no event and no list; whether a message may go out, and what became
 * of it, is the server's to say and to keep.
 */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { silentLogger, type Logger } from '../../core/logger.ts';
import { createMailer } from '../../platform/mail/mailer.ts';
import { openDatabase } from '../../platform/postgres/pool.ts';
import { createWhatsAppClient } from '../../platform/whatsapp/client.ts';
import { createChannels, type Way } from '../channels.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import { wayWithin } from '../pretended/transport.ts';
import { createIntentLead } from '../sending/intent-lead.ts';
import type { LostMoment } from '../sending/lane-ports.ts';
import type { Sendable } from '../sending/prepared.ts';
import { runSender } from '../sending/sender-loop.ts';
import type { FromThread, ThreadOptions, ToldResult, ToThread } from './protocol.ts';

/** A claim, intents that take longer than their span, and what is given back overlap. */
const CONNECTIONS_MAX = 5;
/** What came of requests is told together: waking the server for each costs more than the telling. */
const TELL_MS = 20;

if (parentPort === null) throw new TypeError('this file runs as a thread of the server');
const port = parentPort;
// safe because whoever begins the thread gives it these
const options = workerData as ThreadOptions;

const say = (words: FromThread): void => port.postMessage(words);
const warn: Logger['warn'] = (words, fields) => {
  const error = fields?.error;
  say({ kind: 'warned', words, error: error instanceof Error ? error : null });
};
const logger: Logger = { ...silentLogger, warn, error: warn };

const nowUs = (): number => Math.round((performance.timeOrigin + performance.now()) * 1000);
const database = openDatabase({ ...options.database, connectionsMax: CONNECTIONS_MAX, logger });
const whatsapp = createWhatsAppClient({ baseUrl: options.whatsappUrl, nowUs });
const mailer =
  options.smtpUrl === null ? null : createMailer({ url: options.smtpUrl, domain: options.domain });
const channels = createChannels({
  whatsapp,
  mailer,
  sms: null,
  tokenOf: (name) => options.secrets.get(name ?? '') ?? options.token ?? undefined,
});

/** The last choice before a message leaves: whose messages stay here does not depend on any credential or address. */
function wayOf(tenant: string): Way {
  const kept = options.keptIn.get(tenant);
  return kept === undefined ? channels : wayWithin(kept);
}

let results: ToldResult[] = [];
let claimed = 0;
let lost = new Map<LostMoment, number>();
let telling: NodeJS.Timeout | undefined;

function tell(): void {
  clearTimeout(telling);
  telling = undefined;
  if (results.length === 0 && claimed === 0 && lost.size === 0) return;
  say({ kind: 'told', results, claimed, lost });
  results = [];
  claimed = 0;
  lost = new Map();
}

function tellSoon(): void {
  telling ??= setTimeout(tell, TELL_MS);
}

const calls = new Map<number, PromiseWithResolvers<readonly Sendable[]>>();
let lastCall = 0;

function prepare(
  sender: SenderPlace,
  messages: readonly ClaimedMessage[],
): Promise<readonly Sendable[]> {
  lastCall += 1;
  const answer = Promise.withResolvers<readonly Sendable[]>();
  calls.set(lastCall, answer);
  say({ kind: 'prepare', call: lastCall, sender, messages });
  return answer.promise;
}

let isStopping = false;
const running = new Set<Promise<void>>();
const loop = {
  database,
  prepare,
  record(sender: SenderPlace, message: ClaimedMessage, result: ToldResult['result']) {
    results.push({ sender, message, result });
    tellSoon();
  },
  intentLead: createIntentLead(),
  onMomentsLost(reason: LostMoment, count: number) {
    if (count === 0) return;
    lost.set(reason, (lost.get(reason) ?? 0) + count);
    tellSoon();
  },
  onClaim(count: number) {
    claimed += count;
    tellSoon();
  },
  owner: randomUUID(),
  logger,
  isStopping: () => isStopping,
};

function serve(run: number, sender: SenderPlace): void {
  const way = wayOf(sender.tenant);
  const send = ({ from, outgoing }: Sendable) => way.send(from, outgoing);
  const hasRoom = ({ from }: Sendable) => way.hasRoom(from);
  const ended = runSender({ ...loop, send, hasRoom }, sender)
    .catch((error: unknown) => logger.warn('a sender of messages could not be served', { error }))
    .finally(() => {
      running.delete(ended);
      tell();
      say({ kind: 'ended', run });
    });
  running.add(ended);
}

async function stop(): Promise<void> {
  isStopping = true;
  while (running.size > 0) await Promise.all(running);
  mailer?.close();
  await Promise.all([whatsapp.close(), database.close()]);
  port.close();
}

port.on('message', (words: ToThread) => {
  switch (words.kind) {
    case 'serve':
      serve(words.run, words.sender);
      return;
    case 'prepared': {
      const answer = calls.get(words.call);
      calls.delete(words.call);
      if (words.sendables === null) answer?.reject(new Error('the server could not prepare them'));
      else answer?.resolve(words.sendables);
      return;
    }
    case 'stop':
      stop().catch((error: unknown) => {
        logger.warn('the thread that sends messages could not end', { error });
        port.close();
      });
  }
});
