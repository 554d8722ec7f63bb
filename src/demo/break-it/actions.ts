/** What can be broken: three things, each ends by itself well within the bound and says what it did. */
import { cleanPdf } from '../papers.ts';
import type { Door, DoorAnswer } from './door.ts';
import { sendBatch, type Sent } from './sender.ts';

export type ActionName = 'kill-worker' | 'flood-the-door' | 'resend-duplicates';

export interface Broken {
  readonly door: Door;
  readonly source: string;
  readonly sent: Sent;
  /** Aborted when the time is over or the server stops. */
  readonly signal: AbortSignal;
  /** Process ids of the children that read PDFs. */
  readonly workerPids: () => readonly number[];
  /** False when it had ended already. */
  readonly kill: (pid: number) => boolean;
  /** 0 to 1. */
  readonly progress: (share: number) => void;
  /** Figures for the reader, by name. */
  readonly figure: (name: string, value: number) => void;
}

export interface Action {
  readonly name: ActionName;
  /** Typed to confirm. */
  readonly words: string;
  readonly summary: string;
  readonly description: string;
  readonly run: (broken: Broken) => Promise<void>;
}

/** 100,000 events are 10 MB of the log at most; in 8 s no small machine takes more. */
const FLOOD_MS = 8_000;
const FLOOD_BATCHES_MAX = 1_000;
const FLOOD_SENDERS = 24;
const RESENT_BATCHES = 20;
const RESENT_TIMES = 9;
const RESENT_SENDERS = 8;
const PAPERS = 12;
/** Apart by more than one document takes twice, since a document is given up after two broken children. */
const KILLS = 3;
const KILL_EVERY_MS = 1_500;
const LOOK_MS = 250;

export const ACTIONS: readonly Action[] = [
  {
    name: 'kill-worker',
    words: 'kill a worker',
    summary: 'Kill the processes that read PDFs while they work',
    description:
      'Twelve PDFs are uploaded and events are sent, while children are killed with SIGKILL, up to three times. Every document ' +
      'still gets its verdict and every event is in the log once.',
    run: killWorker,
  },
  {
    name: 'flood-the-door',
    words: 'flood the door',
    summary: 'Send more events than the server can take',
    description:
      'Up to 100,000 events in eight seconds from 24 senders. What is too much is told to come again; what was ' +
      'acknowledged is in the log once.',
    run: flood,
  },
  {
    name: 'resend-duplicates',
    words: 'resend duplicates',
    summary: 'Send every event ten times, in disorder',
    description: '2,000 events, each sent ten times by eight senders at once: the log holds 2,000.',
    run: resend,
  },
];

async function flood({ progress, figure, ...sender }: Broken): Promise<void> {
  const beganMs = performance.now();
  const passed = (): number => performance.now() - beganMs;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < FLOOD_BATCHES_MAX && passed() < FLOOD_MS && !sender.signal.aborted) {
      await sendBatch(sender, next++);
      progress(Math.max(passed() / FLOOD_MS, next / FLOOD_BATCHES_MAX));
    }
  };
  await Promise.all(Array.from({ length: FLOOD_SENDERS }, work));
  figure('eventsPerSecond', Math.round((sender.sent.created * 1000) / Math.max(1, passed())));
}

async function resend({ progress, ...sender }: Broken): Promise<void> {
  const first = Array.from({ length: RESENT_BATCHES }, (_, index) => index);
  // In another order each time, and beside the others: a repeat may overtake what it repeats.
  const all = Array.from({ length: RESENT_TIMES + 1 }, (_, time) =>
    first.map((index) => (index * 7 + time * 3) % RESENT_BATCHES),
  ).flat();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = all[next++]; index !== undefined; index = all[next++]) {
      if (sender.signal.aborted) return;
      await sendBatch(sender, index);
      progress(next / all.length);
    }
  };
  await Promise.all(Array.from({ length: RESENT_SENDERS }, work));
}

async function killWorker(broken: Broken): Promise<void> {
  const { door, progress, figure, signal, sent } = broken;
  const ids: string[] = [];
  for (let paper = 0; paper < PAPERS && !signal.aborted; paper += 1) {
    const body = cleanPdf(`Delivery note ${paper + 1} of ${broken.source}`);
    const answer = await heard(door.call('/v1/documents', { body, type: 'application/pdf' }));
    // safe because the service answers an upload with its id
    if (answer?.status === 202) ids.push((answer.body as { id: string }).id);
  }
  figure('documentsGiven', ids.length);
  let killed = 0;
  let batch = 0;
  let judged = 0;
  let nextKillMs = performance.now();
  while (!signal.aborted && judged < ids.length) {
    const [pid] = broken.workerPids();
    if (killed < KILLS && pid !== undefined && performance.now() >= nextKillMs) {
      if (broken.kill(pid)) killed += 1;
      nextKillMs = performance.now() + KILL_EVERY_MS;
    }
    await sendBatch(broken, batch++);
    judged = await countJudged(door, ids);
    progress(judged / ids.length);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  figure('workersKilled', killed);
  figure('documentsJudged', judged);
  figure('documentsLost', ids.length - judged);
  figure('eventsMeanwhile', sent.created);
}

/** Null where no answer came, such as at the end of the time: the figures then say how far it got. */
function heard(call: Promise<DoorAnswer>): Promise<DoorAnswer | null> {
  return call.catch(() => null);
}

/** Of these documents, how many were read through and found clean: what a kill had cost one would be `refused`. */
async function countJudged(door: Door, ids: readonly string[]): Promise<number> {
  const verdicts = ids.map(async (id) => {
    const answer = await heard(door.call(`/v1/documents/${id}`));
    // safe because the service answers with its own shape, or with a problem that has no verdict
    return (answer?.body as { verdict?: string | null } | null)?.verdict === 'clean';
  });
  return (await Promise.all(verdicts)).filter(Boolean).length;
}
