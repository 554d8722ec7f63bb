/**
 * The server and its PostgreSQL, hurt from outside while running: killed, frozen, stopped under load, started twice.
 * The common pass rule: what was acknowledged is there once, the server comes back by itself, refusals say when to
 * come again. The random version of this is the crash proof (crash.e2e.test.ts).
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jsonObject } from '../../tools/chaos/http-client.ts';
import { postmasterPid } from '../support/postgres-processes.ts';
import { type ServerProcess, spawnServer, startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { Background } from './background.ts';
import { eventOf, postOne, storedIds, verdictOf } from './wire.ts';

const TEST_TIMEOUT_MS = 120_000;
/** The contract allows 10 s; the rest is for a machine that runs other tests. */
const BACK_TIMEOUT_MS = 60_000;

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
}, TEST_TIMEOUT_MS);
afterAll(() => server?.dispose());

/** Every acknowledged id is stored exactly once. */
async function expectNothingLost(acknowledged: Iterable<string>): Promise<void> {
  const stored = await storedIds(server);
  expect(new Set(stored).size).toBe(stored.length);
  const present = new Set(stored);
  expect([...acknowledged].filter((id) => !present.has(id))).toEqual([]);
}

/** Until none is left: connections are still being made when PostgreSQL has just come back. */
function freezeAll(frozen: Set<number>): void {
  for (;;) {
    const others = server.postgresPids().filter((pid) => !frozen.has(pid));
    if (others.length === 0) return;
    for (const pid of others) {
      signalIfThere(pid, 'SIGSTOP');
      frozen.add(pid);
    }
  }
}

describe('PostgreSQL goes away', () => {
  const load = new Background();
  afterEach(() => load.stop());

  it(
    'killed under load: refusals say when to retry, nothing acknowledged is lost, it comes back by itself',
    async () => {
      load.start(server, { prefix: 'pg-killed', connections: 4 });
      await until('some load', () => load.created.size > 200, { explain: load.explain });
      const before = postmasterPid(server.dataDir);
      const pid = server.pid;
      for (const victim of server.postgresPids()) process.kill(victim, 'SIGKILL');
      await until('a new postmaster', () => (postmasterPid(server.dataDir) ?? before) !== before, {
        timeoutMs: BACK_TIMEOUT_MS,
      });
      const mark = load.created.size;
      await until('acknowledgements again', () => load.created.size > mark + 50, {
        timeoutMs: BACK_TIMEOUT_MS,
        explain: load.explain,
      });
      await load.stop();
      console.log(`PostgreSQL killed: slowest refusal after ${load.slowestRefusalMs} ms`);
      expect(server.pid).toBe(pid);
      expect(load.codes).not.toContain('500 INTERNAL');
      await expectNothingLost(load.created);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'frozen: a write is answered with 503 and Retry-After, and accepted again after the thaw',
    async () => {
      const frozen = new Set<number>();
      try {
        freezeAll(frozen);
        const sentAt = performance.now();
        const answer = await postOne(server, eventOf('frozen-0'));
        console.log(
          `PostgreSQL frozen: answered after ${Math.round(performance.now() - sentAt)} ms`,
        );
        expect(answer.status).toBe(503);
        expect(['UNAVAILABLE', 'OUTCOME_UNKNOWN', 'OVERLOADED']).toContain(
          jsonObject(answer.body)['code'],
        );
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
        const health = await fetch(`${server.url}/health/ready`);
        expect(health.status).toBe(503);
        expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      } finally {
        for (const pid of frozen) signalIfThere(pid, 'SIGCONT');
      }
      const again = await until(
        'the event to be accepted',
        async () => {
          const answer = await postOne(server, eventOf('frozen-0'));
          return answer.status < 300 ? answer : null;
        },
        { timeoutMs: BACK_TIMEOUT_MS, intervalMs: 100 },
      );
      expect([200, 201]).toContain(again.status);
      await server.ready(BACK_TIMEOUT_MS);
      expect((await storedIds(server)).filter((id) => id === 'frozen-0')).toHaveLength(1);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('the server is stopped', () => {
  const load = new Background();
  afterEach(() => load.stop());

  it(
    'by SIGTERM under load: every acknowledged event is there after the next start, exit code 0',
    async () => {
      load.start(server, { prefix: 'drained', connections: 6 });
      await until('some load', () => load.created.size > 200, { explain: load.explain });
      const exit = await server.stop();
      await load.stop();
      expect(exit).toEqual({ code: 0, signal: null });
      expect(server.postgresPids()).toEqual([]);
      await server.restart();
      await expectNothingLost(load.created);
      // A kept-alive connection may be closed while the next request is on its way; none may be cut half served.
      const stored = new Set(await storedIds(server));
      expect([...load.torn].filter((id) => stored.has(id))).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'by SIGTERM to everything at once, PostgreSQL included: the same',
    async () => {
      load.start(server, { prefix: 'group', connections: 4 });
      await until('some load', () => load.created.size > 100, { explain: load.explain });
      const postmaster = postmasterPid(server.dataDir);
      server.signal('SIGTERM', 'group');
      process.kill(postmaster!, 'SIGTERM');
      const exit = await server.exited();
      await load.stop();
      expect(exit).toEqual({ code: 0, signal: null });
      expect(server.postgresPids()).toEqual([]);
      await server.restart();
      await expectNothingLost(load.created);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'by SIGKILL: the next start takes over the PostgreSQL that was left behind',
    async () => {
      load.start(server, { prefix: 'orphaned', connections: 4 });
      await until('some load', () => load.created.size > 100, { explain: load.explain });
      await server.kill('SIGKILL');
      await load.stop();
      const orphan = postmasterPid(server.dataDir);
      expect(orphan).not.toBeNull();
      await server.restart();
      expect(postmasterPid(server.dataDir)).not.toBe(orphan);
      await expectNothingLost(load.created);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('a second instance on the same data directory', () => {
  it(
    'is refused by name and leaves the first one working',
    async () => {
      const second = await spawnServer({ dataDir: server.dataDir });
      const exit = await second.exited();
      expect(exit.code).toBeGreaterThan(0);
      expect(second.logs()).toContain(server.dataDir);
      expect(second.logs()).toMatch(/another comptoir/i);
      expect(verdictOf(await postOne(server, eventOf('first-works')))).toBe('201');
    },
    TEST_TIMEOUT_MS,
  );
});

/** A backend may have ended since the list was made. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
