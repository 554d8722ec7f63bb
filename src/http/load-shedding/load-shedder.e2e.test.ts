/** The load shedder with its process, over a server that refuses as often as the test says. */
import { Agent, createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { descendantsOf, readProcesses } from '../../../tools/bench/process-table.ts';
import { until } from '../../../test/support/until.ts';
import { silentLogger } from '../../core/logger.ts';
import { createMetricRegistry, type TelemetryRegistry } from '../../platform/telemetry/metrics.ts';
import { createOverloadedAnswer, overloadedOnWire } from '../overloaded-answer.ts';
import { createBodyReader, type BodyReader } from '../../ingest/request-body.ts';
import { createLoadShedder, type LoadShedder } from './load-shedder.ts';

/** However slow the machine is. */
const LIMITS = {
  opensAtRefusals: 20,
  opensWithinMs: 60_000,
  calmRefusals: 0,
  shutsAfterMs: 1_000,
};

const BUSY_MS = 50;

let server: Server;
let shedder: LoadShedder;
let metrics: TelemetryRegistry;
let bodies: BodyReader;
let isFull: boolean;
/** Told by the shedder. */
let told: { count: number; seconds: number };
let counted: number;
/** Of requests that the server served itself. */
let addresses: (string | undefined)[];

beforeEach(async () => {
  isFull = true;
  told = { count: 0, seconds: 0 };
  counted = 0;
  addresses = [];
  metrics = createMetricRegistry();
  bodies = createBodyReader();
  shedder = createLoadShedder({
    refusal: overloadedOnWire(),
    // Nothing is passed on while it is full.
    window: {
      get requests() {
        return isFull ? 0 : 100;
      },
      bytes: 1_000_000,
    },
    admission: { refusedElsewhere: (requests) => void (counted += requests) },
    metrics,
    logger: silentLogger,
    limits: LIMITS,
  });
  const refuse = createOverloadedAnswer(bodies, shedder);
  server = createServer((request, response) => {
    addresses.push(request.socket.remoteAddress);
    if (shedder.givesBack(request)) response.setHeader('connection', 'close');
    if (isFull && request.method === 'POST') refuse(request, response);
    else response.end(String(process.pid));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  shedder.attach({
    server,
    connectionsMax: 1_000,
    onRefused(count, seconds) {
      told.count += count;
      told.seconds += count * seconds;
    },
  });
});

afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await shedder.close();
  bodies.close();
  metrics.close();
  expect(children()).toEqual([]);
});

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly connection: string | undefined;
}

function ask(agent: Agent, method: 'POST' | 'GET' = 'POST'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, host: '127.0.0.1', agent, method, path: '/v1/events' });
    sent.setHeader('content-type', 'application/cloudevents+json');
    sent.on('error', reject).on('response', (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      const { statusCode = 0, headers } = response;
      const { connection } = headers;
      response.on('end', () => resolve({ status: statusCode, body, connection }));
    });
    sent.end(method === 'POST' ? 'x'.repeat(1_000) : undefined);
  });
}

const children = (): number[] =>
  descendantsOf(readProcesses(), process.pid).flatMap(({ pid, parent, name }) =>
    parent === process.pid && /node|MainThread/i.test(name) ? [pid] : [],
  );
const isOpen = async (): Promise<boolean> =>
  (await metrics.text()).includes('comptoir_load_shedder_open 1');
const held = async (): Promise<number> =>
  Number(/^comptoir_load_shedder_connections (\d+)$/m.exec(await metrics.text())?.[1]);

/** Whoever connects is accepted by who looks first: a server that is overloaded is busy, and so is this one for a moment. */
async function stall(): Promise<void> {
  // Node connects in the next tick.
  for (let tick = 0; tick < 3; tick += 1) await new Promise((resolve) => process.nextTick(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_MS);
}

/** Refused until the shedder has it. */
async function overload(agent: Agent): Promise<void> {
  for (let index = 0; index < LIMITS.opensAtRefusals; index += 1) await ask(agent);
  await until('the shedder is open', isOpen);
  await until('it has the connection', async () => {
    const before = addresses.length;
    const asked = ask(agent);
    await stall();
    await asked;
    return addresses.length === before;
  });
}

describe('under overload', () => {
  let agent: Agent;
  beforeEach(() => void (agent = new Agent({ keepAlive: true, maxSockets: 1 })));
  afterEach(() => agent.destroy());

  it('few refusals start nothing', async () => {
    for (let index = 0; index < LIMITS.opensAtRefusals - 1; index += 1) await ask(agent);
    expect([await isOpen(), children()]).toEqual([false, []]);
  });

  it('the shedder refuses as the server does, and both count', async () => {
    const own = await ask(agent);
    await overload(agent);
    const before = addresses.length;
    const answers = [await ask(agent), await ask(agent)];
    expect(addresses.length).toBe(before);
    for (const { status, body, connection } of answers) {
      expect({ status, connection }).toEqual({ status: 503, connection: 'keep-alive' });
      const { traceId, ...problem } = JSON.parse(body);
      const { traceId: _, ...ofServer } = JSON.parse(own.body);
      expect(problem).toEqual(ofServer);
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(new Set(answers.map(({ body }) => body)).size).toBe(2);
    await until('the reports', () => told.count >= 2);
    expect(counted).toBe(told.count);
    expect(told.seconds).toBeGreaterThan(0);
  });

  it('what it does not refuse goes to the server with the address of the client', async () => {
    await overload(agent);
    const answer = await ask(agent, 'GET');
    expect(answer).toMatchObject({ status: 200, body: String(process.pid) });
    expect(addresses.at(-1)).toBe('127.0.0.1');
  });

  it('connections come back when it is over', async () => {
    await overload(agent);
    await ask(agent, 'GET');
    isFull = false;
    await until('the shedder is shut', async () => !(await isOpen()));
    // Its connection is passed on for good, and the server asks for it back.
    expect(await ask(agent, 'GET')).toMatchObject({ status: 200, connection: 'close' });
    await until('the shedder holds none', async () => (await held()) === 0);
    expect(await ask(agent)).toMatchObject({ status: 200, connection: 'keep-alive' });
    expect(await held()).toBe(0);
  });

  it('the server goes on when the process is killed', async () => {
    await overload(agent);
    process.kill(children()[0] ?? 0, 'SIGKILL');
    await until('it is gone', async () => !(await isOpen()) && children().length === 0);
    await until('an answer of the server', async () => {
      const answer = await ask(agent).catch(() => undefined);
      return answer?.status === 503;
    });
    isFull = false;
    expect(await ask(agent)).toMatchObject({ status: 200 });
  });

  it('a server that closes ends the process with its connections', async () => {
    await overload(agent);
    await shedder.close();
    expect(children()).toEqual([]);
  });
});
