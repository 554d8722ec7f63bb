/**
 * Two processes on one database and one key store, one of them stopped in the middle of commands, as by a pause of its
 * machine, and let go on: the other works meanwhile, and every command is done once, whoever was asked for it and how often.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, jsonObject, send } from '../../tools/chaos/http-client.ts';
import { readAll } from '../../tools/chaos/read-server.ts';
import { doctorSays, isCaughtUp } from '../../tools/chaos/work/comptoir.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { verdictOf } from './wire.ts';

const TEST_TIMEOUT_MS = 120_000;
const WORKERS = 6;
/** Commands are under way by then. */
const BEFORE_MS = 500;
const STOPPED_MS = 3_000;

let database: TestDatabase;
let going: ServerProcess;
let stopped: ServerProcess;

beforeAll(async () => {
  database = await testDatabase();
  const env = {
    COMPTOIR_DATABASE_URL: database.url,
    COMPTOIR_KEYS_URL: database.url,
    COMPTOIR_MASTER_KEY: 'a-master-key-of-both-processes-0123456789',
  };
  going = await startServer({ env });
  stopped = await startServer({ env });
}, TEST_TIMEOUT_MS);
afterAll(async () => {
  await Promise.all([going, stopped].map((server) => server?.dispose()));
  await database?.drop();
});

function register(server: ServerProcess, key: string): Promise<Answer> {
  return send({
    url: `${server.url}/v1/customers`,
    method: 'POST',
    apiKey: server.apiKey,
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ name: `Guest ${key}`, email: `${key}@example.com` }),
  });
}

/** Gives commands until told to end; what was not done is given to the process that goes on, under the same key. */
async function giveTo(server: ServerProcess, name: string, state: { over: boolean }) {
  const given = new Map<string, { first: string; id: string }>();
  for (let number = 0; !state.over; number += 1) {
    const key = `${name}-${number}`;
    const first = await register(server, key);
    let last = first;
    for (let again = 0; last.status !== 201 && again < 20; again += 1) {
      await pause(100);
      last = await register(going, key);
    }
    given.set(key, { first: verdictOf(first), id: String(jsonObject(last.body)['id']) });
  }
  return given;
}

it(
  'a process stopped amid commands and let go on does each once, and holds up nobody meanwhile',
  async () => {
    const state = { over: false };
    const workers = [going, stopped].flatMap((server, index) =>
      Array.from({ length: WORKERS }, (_, worker) => giveTo(server, `w${index}-${worker}`, state)),
    );
    await pause(BEFORE_MS);
    stopped.signal('SIGSTOP');
    const beforeMs = performance.now();
    let answered = 0;
    while (performance.now() - beforeMs < STOPPED_MS) {
      expect((await register(going, `meanwhile-${answered}`)).status).toBe(201);
      answered += 1;
    }
    stopped.signal('SIGCONT');
    await pause(BEFORE_MS);
    state.over = true;
    const given = new Map((await Promise.all(workers)).flatMap((each) => [...each]));
    const verdicts = new Set([...given.values()].map(({ first }) => first));
    expect(
      [...verdicts].filter((one) => !/^(201|503 (UNAVAILABLE|OUTCOME_UNKNOWN))$/.test(one)),
    ).toEqual([]);
    for (const server of [going, stopped])
      await until('the read models', () => isCaughtUp(server).catch(() => false));
    const made = (await readAll(stopped, '/v1/events'))
      .filter(({ type }) => type === 'comptoir.customer.registered.v1')
      .map(({ subject }) => subject);
    const ids = [...given.values()].map(({ id }) => id);
    expect(new Set(made).size).toBe(made.length);
    expect(made).toHaveLength(ids.length + answered);
    expect(ids.every((id) => made.includes(id))).toBe(true);
    for (const { url, apiKey, dataDir } of [going, stopped])
      expect(await doctorSays({ url, apiKey, dataDir })).toEqual([]);
  },
  TEST_TIMEOUT_MS,
);
