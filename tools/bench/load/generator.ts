/**
 * The load generator. It shares the cores with the server under test, so everything that can be done before is done
 * before: a request is a copy of rendered bytes with a few digits changed, an answer costs a scan of its head.
 *
 * A request that was refused is asked again byte for byte, as a producer asks: nothing of it was stored, or it would be
 * counted among the duplicates. It costs nothing to make a second time.
 *
 * Closed loop: every connection sends as soon as it was answered, which finds the highest rate. Open loop: requests
 * are due at fixed moments and their latency counts from those moments (pacing.ts).
 *
 * A phase runs: connect, warm up, measure, stop sending, wait for the answers under way.
 */
import { createTemplates } from '../corpus/corpus.ts';
import { identityOf } from '../corpus/patch.ts';
import type { EventTemplate } from '../corpus/template.ts';
import type { Histogram } from '../histogram.ts';
import { createHistogram, record } from '../histogram.ts';
import type { Pace } from '../pacing.ts';
import { dueAtMs, dueCount } from '../pacing.ts';
import type { Answer } from './answers.ts';
import { bookAnswer } from './answers.ts';
import type { Connection } from './connection.ts';
import { openConnection } from './connection.ts';
import type { Counts, LoadPhase, LoadResult } from './phase.ts';
import { countsSince, zeroCounts } from './phase.ts';
import type { RequestSource } from './requests.ts';
import { createRequestSource } from './requests.ts';

/** A connection that was refused or lost waits this long, so that it does not busy the server it measures. */
const PAUSE_MS = 50;
/** Answers still under way when sending stops must come within this time. */
const DRAIN_TIMEOUT_MS = 30_000;
/** Smallest timer the platform has; what is due since is sent together. */
const TICK_MS = 1;

export interface LoadHooks {
  /** Warm-up is over: the moment to read the CPU. */
  readonly onMeasuring?: () => void;
  /** Ends the phase before its time. */
  readonly signal?: AbortSignal;
}

interface Lane {
  connection: Connection | undefined;
  readonly buffer: Buffer;
  /** Of the request in `buffer`. */
  length: number;
  /** The request in `buffer` was refused and is asked again. */
  again: boolean;
  /** When the request under way was due, on the monotonic clock; 0 when none is. */
  sentAtMs: number;
}

interface Run {
  readonly phase: LoadPhase;
  readonly source: RequestSource;
  readonly counts: Counts;
  readonly latency: Histogram;
  readonly refusals: Histogram;
  readonly pace: Pace | undefined;
  readonly idle: Lane[];
  readonly lanes: Lane[];
  stage: 'sending' | 'draining' | 'over';
  measuring: boolean;
  /** Requests, those asked again included. */
  sent: number;
  /** Different ones among them. */
  written: number;
  firstProblem: string | undefined;
  /** Called when nothing is under way and nothing more will be sent. */
  onQuiet: () => void;
}

/** Runs one phase. Fails when no connection can be made; everything later is counted, not thrown. */
export async function runLoad(phase: LoadPhase, hooks: LoadHooks = {}): Promise<LoadResult> {
  const run = createRun(phase);
  const ticker = run.pace === undefined ? undefined : setInterval(() => sendDue(run), TICK_MS);
  try {
    await openLanes(run);
    await waitMs(run, phase.warmUpSeconds * 1000, hooks.signal);
    const before = { ...run.counts };
    const cpuBefore = process.cpuUsage();
    const startMs = performance.now();
    run.measuring = true;
    hooks.onMeasuring?.();
    await waitMs(run, phase.seconds * 1000, hooks.signal);
    run.measuring = false;
    const measuredSeconds = (performance.now() - startMs) / 1000;
    const measured = countsSince(run.counts, before);
    const cpu = process.cpuUsage(cpuBefore);
    await drain(run);
    return {
      measured,
      measuredSeconds,
      answered: countsSince(run.counts, before),
      total: run.counts,
      latency: run.latency,
      refusals: run.refusals,
      requestsSent: run.written,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      firstProblem: run.firstProblem,
    };
  } finally {
    clearInterval(ticker);
    run.stage = 'over';
    for (const lane of run.lanes) lane.connection?.destroy();
  }
}

function createRun(phase: LoadPhase): Run {
  const source = createRequestSource(
    phase,
    templatesOf(phase),
    identityOf(phase.seed, phase.ids, phase.subjects),
  );
  const lane = (): Lane => ({
    connection: undefined,
    buffer: Buffer.allocUnsafe(source.bytesMax),
    length: 0,
    again: false,
    sentAtMs: 0,
  });
  const rate = phase.eventsPerSecond;
  return {
    phase,
    source,
    counts: zeroCounts(),
    latency: createHistogram(),
    refusals: createHistogram(),
    pace:
      rate === undefined
        ? undefined
        : { startMs: performance.now(), perSecond: rate / phase.eventsPerRequest },
    idle: [],
    lanes: Array.from({ length: phase.connections }, lane),
    stage: 'sending',
    measuring: false,
    sent: 0,
    written: 0,
    firstProblem: undefined,
    onQuiet: () => {},
  };
}

let rendered: { readonly key: string; readonly templates: readonly EventTemplate[] } | undefined;

/** Templates are kept from phase to phase; their number is rounded down to whole requests. */
function templatesOf(phase: LoadPhase): readonly EventTemplate[] {
  const key = `${phase.seed}/${phase.eventsPerRequest}`;
  if (rendered?.key !== key) {
    const all = createTemplates(phase.seed);
    const whole = all.length - (all.length % phase.eventsPerRequest);
    if (whole === 0) throw new RangeError(`${all.length} templates do not fill one request`);
    rendered = { key, templates: all.slice(0, whole) };
  }
  return rendered.templates;
}

async function openLanes(run: Run): Promise<void> {
  await Promise.all(
    run.lanes.map(
      (lane) => new Promise<void>((resolve, reject) => openLane(run, lane, { resolve, reject })),
    ),
  );
}

interface Opening {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function openLane(run: Run, lane: Lane, opening?: Opening): void {
  lane.connection = openConnection(run.phase, {
    onOpen: () => {
      opening?.resolve();
      next(run, lane);
    },
    onResponse: (status, body, closes) => onAnswer(run, lane, { status, body, closes }),
    onLost: (error) => {
      opening?.reject(error);
      onLost(run, lane, error);
    },
  });
}

/** Gives an idle lane its next request, or parks it until one is due. */
function next(run: Run, lane: Lane): void {
  const nowMs = performance.now();
  if (run.stage !== 'sending' || run.sent >= (run.phase.requestsMax ?? Infinity)) {
    quietCheck(run);
    return;
  }
  if (run.pace !== undefined && dueCount(run.pace, nowMs) <= run.sent) {
    run.idle.push(lane);
    return;
  }
  const isFromSending = run.pace === undefined || run.phase.latencyFromSending === true;
  lane.sentAtMs = isFromSending ? nowMs : dueAtMs(run.pace, run.sent);
  run.sent += 1;
  if (!lane.again) lane.length = write(run, lane);
  lane.connection?.send(lane.buffer, lane.length);
}

/** A new request into the lane's buffer; answers with its length. */
function write(run: Run, lane: Lane): number {
  const { firstEvent, eventsPerRequest, requestsDistinct = Infinity } = run.phase;
  const index = run.written % requestsDistinct;
  run.written += 1;
  return run.source.write(lane.buffer, firstEvent + index * eventsPerRequest);
}

function sendDue(run: Run): void {
  if (run.pace === undefined || run.stage !== 'sending') return;
  const due = dueCount(run.pace, performance.now());
  while (run.sent < due) {
    const lane = run.idle.shift();
    if (lane === undefined) return;
    next(run, lane);
  }
}

function onAnswer(run: Run, lane: Lane, answer: Answer): void {
  const booked = bookAnswer(run.counts, run.phase.eventsPerRequest, answer);
  const micros = (performance.now() - lane.sentAtMs) * 1000;
  if (run.measuring) record(booked.refused ? run.refusals : run.latency, micros);
  lane.sentAtMs = 0;
  lane.again = booked.refused;
  run.firstProblem ??= booked.problem;
  if (answer.closes) lane.connection?.destroy();
  const goOn = (): void => (answer.closes ? openAgain(run, lane) : next(run, lane));
  if (booked.refused) setTimeout(goOn, PAUSE_MS);
  else goOn();
}

function onLost(run: Run, lane: Lane, error: Error): void {
  if (run.stage === 'over') return;
  if (lane.sentAtMs > 0) run.counts.lost += 1;
  lane.sentAtMs = 0;
  lane.again = false;
  run.firstProblem ??= error.message;
  if (run.phase.lossExpected === true) setTimeout(() => openAgain(run, lane), PAUSE_MS);
  else quietCheck(run);
}

function openAgain(run: Run, lane: Lane): void {
  if (run.stage === 'sending') openLane(run, lane);
  else quietCheck(run);
}

function quietCheck(run: Run): void {
  if (run.lanes.every((lane) => lane.sentAtMs === 0)) run.onQuiet();
}

/** Waits for the time to pass, for the last request's answer, or for the signal. */
async function waitMs(run: Run, ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0 || signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    run.onQuiet = end;
    signal?.addEventListener('abort', end, { once: true });
  });
  run.onQuiet = () => {};
}

async function drain(run: Run): Promise<void> {
  run.stage = 'draining';
  if (run.lanes.every((lane) => lane.sentAtMs === 0)) return;
  await new Promise<void>((resolve, reject) => {
    const late = (): void => reject(new Error('The server left requests unanswered for 30 s.'));
    const timer = setTimeout(late, DRAIN_TIMEOUT_MS);
    run.onQuiet = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
