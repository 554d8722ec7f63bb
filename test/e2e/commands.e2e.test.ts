/**
 * Commands over HTTP while the server is killed: each has its own Idempotency-Key, and whoever hears nothing repeats
 * it. In the end every key has had exactly one effect, the read model equals a replay, and nothing is parked.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const TEST_TIMEOUT_MS = 180_000;
const CUSTOMERS = 12;
const WORKERS = 8;
const COMMANDS_PER_WORKER = 60;
const KILLS = 2;
/** Between two tries while the server is down. */
const TRY_AGAIN_MS = 100;

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer({ env: { COMPTOIR_DEMO: 'off' } });
}, TEST_TIMEOUT_MS);
afterAll(() => server.dispose());

interface Asked {
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

async function ask({ path, body, key }: Asked): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Repeats until there is an answer that settles the command; counts the tries that heard nothing certain. */
async function settle(asked: Asked): Promise<{ answer: Record<string, unknown>; unknown: number }> {
  let unknown = 0;
  const answer = await until(
    `an answer to ${asked.key}`,
    async () => {
      const response = await ask(asked).catch(() => null);
      if (response?.status === 200 || response?.status === 201)
        // safe because answers of commands are JSON objects
        return (await response.json()) as Record<string, unknown>;
      if (response !== null) expect([409, 503]).toContain(response.status);
      if (response !== null && response.status === 409)
        expect(await response.json()).toMatchObject({ code: 'IDEMPOTENCY_IN_FLIGHT' });
      unknown += 1;
      return null;
    },
    { timeoutMs: 90_000, intervalMs: TRY_AGAIN_MS },
  );
  return { answer, unknown };
}

async function json(path: string): Promise<Record<string, unknown>> {
  const response = await ask({ path });
  expect(response.status).toBe(200);
  // safe because every route asked here answers with an object
  return (await response.json()) as Record<string, unknown>;
}

it(
  'every command has exactly one effect although the server is killed under them',
  async () => {
    const customers: string[] = [];
    for (let number = 0; number < CUSTOMERS; number += 1) {
      const body = { name: `Customer ${number}` };
      const { answer } = await settle({ path: '/v1/customers', body, key: `create-${number}` });
      customers.push(String(answer['id']));
    }
    let done = 0;
    let unknown = 0;
    const wordings = new Map<string, string[]>(customers.map((id) => [id, []]));
    const work = async (worker: number): Promise<void> => {
      for (let step = 0; step < COMMANDS_PER_WORKER; step += 1) {
        const id = customers[(worker * 7 + step) % CUSTOMERS]!;
        const wording = `worker ${worker} step ${step}`;
        wordings.get(id)!.push(wording);
        const path = `/v1/customers/${id}/give-consent`;
        const body = { channel: 'email', wording };
        const settled = await settle({ path, body, key: wording.replaceAll(' ', '-') });
        unknown += settled.unknown;
        done += 1;
      }
    };
    const killing = async (): Promise<void> => {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const share = (kill / (KILLS + 1)) * WORKERS * COMMANDS_PER_WORKER;
        await until('commands to be under way', () => done >= share, { timeoutMs: 90_000 });
        await server.kill('SIGKILL');
        await server.restart();
      }
    };
    const workers = Array.from({ length: WORKERS }, (_, worker) => work(worker));
    await Promise.all([...workers, killing()]);
    expect(unknown, 'no request was cut by a kill: the load was not running').toBeGreaterThan(0);

    for (const id of customers) {
      const page = await json(`/v1/streams/customers/${id}?limit=1000`);
      // safe because the route lists events
      const events = page['events'] as {
        streamversion: number;
        data: { wording?: string };
      }[];
      expect(events.map(({ streamversion }) => streamversion)).toEqual(
        events.map((_, index) => index + 1),
      );
      const said = events.flatMap(({ data }) => (data.wording === undefined ? [] : [data.wording]));
      expect(said.toSorted()).toEqual(wordings.get(id)!.toSorted());
    }
    const listed = await json('/v1/customers?limit=100');
    expect(listed['items']).toHaveLength(CUSTOMERS);
    // safe because a list of projections is an array of objects with these members
    const { items } = (await json('/v1/projections')) as {
      items: readonly { name: string; parkedEvents: number }[];
    };
    expect(items.map(({ name }) => name)).toContain('customers.list');
    expect(items.filter(({ parkedEvents }) => parkedEvents > 0)).toEqual([]);
    const checks = await json('/v1/projections/check');
    expect(JSON.stringify(checks)).toContain('"equal":true');
    expect(JSON.stringify(checks)).not.toContain('"equal":false');
  },
  TEST_TIMEOUT_MS,
);
