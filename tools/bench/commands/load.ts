/**
 * Commands as clients give them. On many streams: register a customer, then nineteen commands on it, of which one changes
 * an address, and again. A person's first command makes a key, and personal fields are sealed, which costs as much as
 * three other commands. On hot streams: a consent with a wording never given before, so that every command has an event.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createHistogram, record } from '../histogram.ts';
import { openConnection, type Connection } from '../load/connection.ts';
import type { CommandLoad, CommandPhase } from './messages.ts';

/** Answers still under way when sending stops must come within this time. */
const DRAIN_TIMEOUT_MS = 30_000;
const PROBLEM_BYTES = 500;
/** A customer is registered once and then written about. */
const COMMANDS_PER_CUSTOMER = 20;
const CHANGE_AT = 10;
/** Of one request: head and body are below a kilobyte. */
const REQUEST_BYTES = 2_048;

interface Lane {
  connection: Connection | undefined;
  readonly buffer: Buffer;
  /** Commands given so far. */
  turn: number;
  /** The customer that the commands after registering are for. */
  customer: string;
  sentAtMs: number;
}

interface Run {
  readonly phase: CommandPhase;
  readonly lanes: readonly Lane[];
  readonly latency: ReturnType<typeof createHistogram>;
  measuring: boolean;
  stopped: boolean;
  done: number;
  wrong: number;
  underWay: number;
  firstProblem: string | undefined;
}

export async function runCommands(
  phase: CommandPhase,
  onMeasuring: () => void = () => {},
): Promise<CommandLoad> {
  const run = createRun(phase);
  try {
    await Promise.all(run.lanes.map((lane, index) => openLane(run, lane, index)));
    await delay(phase.warmUpSeconds * 1_000);
    const before = { done: run.done, cpu: process.cpuUsage(), atMs: performance.now() };
    run.measuring = true;
    onMeasuring();
    await delay(phase.seconds * 1_000);
    run.measuring = false;
    run.stopped = true;
    const seconds = (performance.now() - before.atMs) / 1_000;
    const cpu = process.cpuUsage(before.cpu);
    const done = run.done - before.done;
    await drained(run);
    return {
      done,
      answered: run.done - before.done,
      seconds,
      latency: run.latency,
      wrong: run.wrong,
      firstProblem: run.firstProblem,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
    };
  } finally {
    run.stopped = true;
    for (const { connection } of run.lanes) connection?.destroy();
  }
}

function createRun(phase: CommandPhase): Run {
  const lane = (): Lane => ({
    connection: undefined,
    buffer: Buffer.allocUnsafe(REQUEST_BYTES),
    turn: 0,
    customer: '',
    sentAtMs: 0,
  });
  return {
    phase,
    lanes: Array.from({ length: phase.connections }, lane),
    latency: createHistogram(),
    measuring: false,
    stopped: false,
    done: 0,
    wrong: 0,
    underWay: 0,
    firstProblem: undefined,
  };
}

function openLane(run: Run, lane: Lane, index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    lane.connection = openConnection(run.phase, {
      onOpen() {
        resolve();
        send(run, lane, index);
      },
      onResponse(status, body) {
        run.underWay -= 1;
        onAnswer(run, lane, { status, body });
        send(run, lane, index);
      },
      onLost(error) {
        reject(error);
        run.underWay -= 1;
        run.wrong += 1;
        run.firstProblem ??= error.message;
      },
    });
  });
}

function onAnswer(run: Run, lane: Lane, answer: { status: number; body: Buffer }): void {
  const { status, body } = answer;
  if (run.measuring) record(run.latency, (performance.now() - lane.sentAtMs) * 1_000);
  if (status === 201) {
    // safe because a created customer is answered with its id
    lane.customer = (JSON.parse(body.toString()) as { readonly id: string }).id;
  }
  if (status === 200 || status === 201) {
    run.done += 1;
    return;
  }
  run.wrong += 1;
  run.firstProblem ??= `${status} ${body.toString('utf8', 0, PROBLEM_BYTES)}`;
}

function send(run: Run, lane: Lane, index: number): void {
  if (run.stopped) return;
  const { path, body } = commandOf(run.phase, lane, index);
  const { host, port, apiKey, keys, name } = run.phase;
  const key = keys ? `Idempotency-Key: ${name}-${index}-${lane.turn}\r\n` : '';
  const text =
    `POST ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nAuthorization: Bearer ${apiKey}\r\n${key}` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const length = lane.buffer.write(text, 'latin1');
  lane.turn += 1;
  lane.sentAtMs = performance.now();
  run.underWay += 1;
  lane.connection?.send(lane.buffer, length);
}

/** ASCII only, so that characters are bytes. */
function commandOf(phase: CommandPhase, lane: Lane, index: number): { path: string; body: string } {
  const word = `${phase.name}-${index}-${lane.turn}`;
  const { hot } = phase;
  const hotId = hot[(index + lane.turn) % Math.max(hot.length, 1)];
  if (hotId !== undefined) return consent(hotId, word);
  const number = String(lane.turn * phase.connections + index).padStart(10, '0');
  switch (lane.turn % COMMANDS_PER_CUSTOMER) {
    case 0:
      return {
        path: '/v1/customers',
        body: `{"name":"Customer ${word}","email":"c${number}@example.com","phone":"+55${number}"}`,
      };
    case CHANGE_AT:
      return {
        path: `/v1/customers/${lane.customer}/change-contact`,
        body: `{"email":"d${number}@example.com"}`,
      };
    default:
      return consent(lane.customer, word);
  }
}

function consent(id: string, word: string): { path: string; body: string } {
  return {
    path: `/v1/customers/${id}/give-consent`,
    body: `{"channel":"email","wording":"Yes, send me the monthly menu (${word})."}`,
  };
}

async function drained(run: Run): Promise<void> {
  const deadline = performance.now() + DRAIN_TIMEOUT_MS;
  while (run.underWay > 0) {
    if (performance.now() > deadline)
      throw new Error(`${run.underWay} commands were left unanswered for 30 s.`);
    await delay(5);
  }
}
