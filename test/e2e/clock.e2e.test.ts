/**
 * The clock of the database goes back by five minutes while the server is down for a restart: recordedtime must not.
 * PostgreSQL runs on its own here, under a preloaded library that shifts the clock, since nobody sets the clock of the
 * machine. The library is compiled on the spot; without a C compiler on Linux the test is skipped.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/platform/postgres/embedded/port.ts';
import { microsOf } from '../../tools/chaos/crash/history.ts';
import { readAll } from '../../tools/chaos/read-server.ts';
import { type ServerProcess, startServer, temporaryFolder } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { eventOf, postOne, verdictOf } from './wire.ts';

const TEST_TIMEOUT_MS = 120_000;
const SHIFT_SECONDS = -300;

/** Shifts the wall clock of the process it is loaded into; the monotonic clock stays, so timers stay right. */
const SHIM = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
int clock_gettime(clockid_t id, struct timespec *ts) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(id, ts);
  if (id == CLOCK_REALTIME) ts->tv_sec += SHIFT;
  return result;
}
int gettimeofday(struct timeval *tv, void *zone) {
  struct timespec ts;
  (void)zone;
  int result = clock_gettime(CLOCK_REALTIME, &ts);
  tv->tv_sec = ts.tv_sec;
  tv->tv_usec = ts.tv_nsec / 1000;
  return result;
}
`;

const folder = await temporaryFolder('comptoir-clock-');
const shim = await compileShim();
if (shim === null)
  console.warn('clock: skipped, because shifting a clock needs Linux and a C compiler');

async function compileShim(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const source = join(folder, 'shift.c');
  const library = join(folder, 'shift.so');
  await writeFile(source, SHIM);
  try {
    execFileSync(
      'cc',
      ['-shared', '-fPIC', `-DSHIFT=(${SHIFT_SECONDS})`, '-o', library, source, '-ldl'],
      { stdio: 'pipe' },
    );
    return library;
  } catch {
    return null;
  }
}

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** The embedded programs on the cluster that the server made, as the user who owns it. */
async function startShifted(dataDir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const cluster = join(dataDir, 'postgres');
  const { uid, gid } = await stat(cluster);
  const port = await freePort();
  // The server's own choice: from a private folder it runs a copy of the programs.
  const options = await readFile(join(cluster, 'postmaster.opts'), 'utf8');
  const program = options.slice(0, options.indexOf(' "'));
  const child = spawn(program, ['-D', cluster, '-p', String(port)], {
    cwd: '/',
    stdio: 'ignore',
    env: { LC_ALL: 'C', LD_PRELOAD: shim ?? '' },
    ...(process.getuid?.() === 0 ? { uid, gid } : {}),
  });
  const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim();
  return {
    url: `postgres://comptoir:${password}@127.0.0.1:${port}/comptoir`,
    stop: async () => {
      child.kill('SIGINT');
      await until('PostgreSQL to end', () => child.exitCode !== null || child.signalCode !== null);
    },
  };
}

describe.skipIf(shim === null)('the clock of the database goes back by five minutes', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ dataDir: join(folder, 'data') });
  }, TEST_TIMEOUT_MS);
  afterAll(() => server?.dispose());

  it(
    'recordedtime does not go back, and writes are accepted',
    async () => {
      expect(verdictOf(await postOne(server, eventOf('before')))).toBe('201');
      await server.stop();
      const shifted = await startShifted(server.dataDir);
      const external = await startServer({
        dataDir: join(folder, 'other'),
        env: { COMPTOIR_DATABASE_URL: shifted.url, COMPTOIR_PROFILE: 'single' },
      });
      try {
        for (const id of ['after-1', 'after-2'])
          expect(verdictOf(await postOne(external, eventOf(id)))).toBe('201');
        const events = await readAll(external, '/v1/events');
        expect(events.map((event) => event['id'])).toEqual(['before', 'after-1', 'after-2']);
        const times = events.map((event) => microsOf(String(event['recordedtime'])));
        expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
        const machineMicros = BigInt(Date.now()) * 1000n;
        expect(Number(machineMicros - times[0]!)).toBeLessThan(-SHIFT_SECONDS * 1e6);
      } finally {
        await external.dispose();
        await shifted.stop();
      }
    },
    TEST_TIMEOUT_MS,
  );
});
