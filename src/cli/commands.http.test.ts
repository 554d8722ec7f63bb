import { mkdtempSync, rmSync, statSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { EXIT } from './command.ts';
import { writeCliFile } from './connection.ts';
import { startContractServer, type ContractServer } from './testing/contract-server.ts';
import { runLine, type Ran, type RunOptions } from './testing/run-line.ts';

let server: ContractServer;
let folder: string;

beforeEach(async () => {
  server = await startContractServer();
  folder = mkdtempSync(join(tmpdir(), 'comptoir-cli-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const run = (line: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  runLine(line, {
    ...options,
    environment: {
      COMPTOIR_URL: server.url,
      COMPTOIR_API_KEY: server.key,
      COMPTOIR_DATA_DIR: folder,
      ...options.environment,
    },
  });
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const eventLines = (count: number, first = 0): string =>
  Array.from({ length: count }, (_, at) =>
    JSON.stringify({ specversion: '1.0', id: `e${first + at}`, source: '/s', type: 'a.b' }),
  ).join('\n');

describe('ingest', () => {
  test('a file is created, and the same file again is all duplicates', async () => {
    const path = file('e.ndjson', eventLines(1234));
    expect(await run(['ingest', path])).toEqual({
      exit: EXIT.ok,
      stdout: '1234 created, 0 duplicates, 0 rejected\n',
      stderr: '',
    });
    const again = await run(['ingest', path, '--json']);
    expect(JSON.parse(again.stdout)).toEqual({
      created: 0,
      duplicates: 1234,
      rejected: 0,
      rejections: [],
    });
    expect(server.events).toHaveLength(1234);
  });

  test('rejected events give exit code 3 and their line numbers', async () => {
    const path = file(
      'e.ndjson',
      `${eventLines(2)}\nnot json\n{"id":"","source":"/s"}\n${eventLines(1, 5)}\n`,
    );
    const ran = await run(['ingest', path]);
    expect(ran.exit).toBe(EXIT.partlyRejected);
    expect(ran.stdout).toBe('3 created, 0 duplicates, 2 rejected\n');
    expect(ran.stderr).toContain('line 3: The text is not valid JSON. (EVENT_INVALID)');
    expect(ran.stderr).toContain('line 4: The id is empty. (EVENT_INVALID)');
  });

  test('an answer lost after the commit is asked for again and comes back as duplicates', async () => {
    const path = file('e.ndjson', eventLines(1500));
    server.fail(
      { status: 503, headers: { 'retry-after': '0' } },
      { status: 0, storeAndBreak: true },
    );
    const ran = await run(['ingest', path, '--json']);
    expect(ran.exit).toBe(EXIT.ok);
    expect(JSON.parse(ran.stdout)).toMatchObject({ created: 1000, duplicates: 500 });
    expect(server.events).toHaveLength(1500);
  });

  test('overload is waited for', async () => {
    const overloaded = { code: 'OVERLOADED', detail: 'Too much.' };
    server.fail(
      { status: 503, headers: { 'retry-after': '0' }, body: overloaded },
      { status: 429, body: {} },
    );
    const ran = await run(['ingest', file('e.ndjson', eventLines(3))]);
    expect(ran.stdout).toBe('3 created, 0 duplicates, 0 rejected\n');
    expect(server.bodies).toHaveLength(3);
  });

  test('a batch refused as a whole is halved until the event at fault is alone', async () => {
    const tooLarge = { status: 413, body: { code: 'TOO_LARGE', detail: 'Too large.' } };
    server.fail(tooLarge, tooLarge, tooLarge);
    const ran = await run(['ingest', file('e.ndjson', eventLines(4))]);
    expect(ran.exit).toBe(EXIT.partlyRejected);
    expect(ran.stdout).toBe('3 created, 0 duplicates, 1 rejected\n');
    expect(ran.stderr).toContain('line 1: Too large. (TOO_LARGE)');
  });

  test('an unknown outcome of one event is asked for again', async () => {
    server.resultOf.set('e1', { status: 'unknown', code: 'OUTCOME_UNKNOWN' });
    const ran = await run(['ingest', file('e.ndjson', eventLines(3))]);
    expect(ran.stdout).toBe('3 created, 0 duplicates, 0 rejected\n');
  });

  test('a conflict counts as rejected', async () => {
    server.resultOf.set('e1', { status: 'conflict', detail: 'Other content.' });
    const ran = await run(['ingest', file('e.ndjson', eventLines(3))]);
    expect(ran.exit).toBe(EXIT.partlyRejected);
    expect(ran.stderr).toContain('line 2: Other content. (EVENT_CONFLICT)');
  });

  test('stdin, a table and a dry run', async () => {
    const ran = await run(['ingest', '-'], { stdin: eventLines(2) });
    expect(ran.stdout).toContain('2 created');
    const table = file('t.tsv', 'order_id\tname\n1\tTea\n');
    const dry = await run([
      'ingest',
      table,
      '--type',
      't',
      '--source',
      '/s',
      '--id',
      'l-{row}',
      '--dry-run',
    ]);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      id: 'l-1',
      data: { order_id: '1', name: 'Tea' },
    });
    expect(server.events).toHaveLength(2);
  });

  test('usage: a table without templates, a column that is not there, a missing file', async () => {
    const table = file('t.tsv', 'order_id\n1\n');
    const without = await run(['ingest', table]);
    expect(without.exit).toBe(EXIT.usage);
    expect(without.stderr).toContain('--type, --source, --id');
    const unknown = await run([
      'ingest',
      table,
      '--type',
      't',
      '--source',
      '/s',
      '--id',
      '{oder_id}',
    ]);
    expect(unknown.exit).toBe(EXIT.usage);
    expect(unknown.stderr).toContain('Did you mean "order_id"?');
    expect((await run(['ingest', join(folder, 'gone')])).exit).toBe(EXIT.failed);
  });

  test('a wrong key ends it with the reason', async () => {
    const ran = await run(['ingest', file('e.ndjson', eventLines(1))], {
      environment: { COMPTOIR_API_KEY: 'wrong' },
    });
    expect(ran.exit).toBe(EXIT.failed);
    expect(ran.stderr).toContain('No valid key. (UNAUTHENTICATED, trace t1)');
  });

  test('nobody at the address is exit code 4 at once', async () => {
    const ran = await run(['ingest', file('e.ndjson', eventLines(1))], {
      environment: { COMPTOIR_URL: 'http://127.0.0.1:1' },
    });
    expect(ran.exit).toBe(EXIT.unreachable);
    expect(ran.stdout).toBe('0 created, 0 duplicates, 0 rejected\n');
  });

  test('a stop ends it with counts and 130, and nothing new is sent', async () => {
    const stop = new AbortController();
    const unavailable = {
      status: 503,
      headers: { 'retry-after': '30' },
      body: { code: 'UNAVAILABLE', detail: 'Gone.' },
    };
    server.fail(unavailable);
    const running = run(['ingest', file('e.ndjson', eventLines(300)), '--json'], {
      signal: stop.signal,
    });
    await expect.poll(() => server.bodies.length).toBe(1);
    stop.abort();
    const ran = await running;
    expect(JSON.parse(ran.stdout)).toMatchObject({ created: 0 });
    expect(server.bodies).toHaveLength(1);
    expect(ran.exit).toBe(EXIT.interrupted);
  });
});

describe('events', () => {
  test('follows the cursor to the limit and names the next one', async () => {
    await run(['ingest', '-'], { stdin: eventLines(2500) });
    const some = await run(['events', '--limit', '1200', '--json']);
    expect(some.stdout.trim().split('\n')).toHaveLength(1200);
    expect(some.stderr).toBe('More follow: --after 1200\n');
    const rest = await run(['events', '--after', '1200', '--all', '--json']);
    expect(rest.stdout.trim().split('\n')).toHaveLength(1300);
    expect(rest.stderr).toBe('');
  });

  test('control characters do not reach the terminal', async () => {
    await run(['ingest', '-'], {
      stdin: '{"id":"1","source":"/s","type":"a\\u001b]0;x\\u0007","data":1}',
    });
    const { stdout } = await run(['events']);
    expect(stdout).toContain('a\ufffd]0;x\ufffd');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('tail', () => {
  test('goes on where it broke, without missing or repeating an event', async () => {
    const seen = run(['tail', '-n', '6', '--json', '--after', '0']);
    await expect.poll(() => server.tailStarts.length).toBe(1);
    await run(['ingest', '-'], { stdin: eventLines(3) });
    server.breakTails();
    await run(['ingest', '-'], { stdin: eventLines(2, 3) });
    await expect.poll(() => server.tailStarts.length).toBeGreaterThan(1);
    server.dropTails('OVERLOADED');
    await run(['ingest', '-'], { stdin: eventLines(1, 5) });
    const ran = await seen;
    expect(ran.exit).toBe(EXIT.ok);
    const ids = ran.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5']);
    expect(ran.stderr).toContain('Trying again');
  });

  test('a refusal ends it, a stop gives 130', async () => {
    const refused = await run(['tail'], { environment: { COMPTOIR_API_KEY: 'wrong' } });
    expect(refused.exit).toBe(EXIT.failed);
    const stop = new AbortController();
    const running = run(['tail'], { signal: stop.signal });
    await expect.poll(() => server.tailStarts.length).toBe(1);
    stop.abort();
    expect((await running).exit).toBe(EXIT.interrupted);
    const nobody = await run(['tail'], { environment: { COMPTOIR_URL: 'http://127.0.0.1:1' } });
    expect(nobody.exit).toBe(EXIT.unreachable);
  });
});

describe('keys', () => {
  test('the key alone goes to stdout', async () => {
    const ran = await run([
      'keys',
      'create',
      '--name',
      'till',
      '--scope',
      'events:write,events:read',
    ]);
    expect(ran.stdout).toBe('fresh-key\n');
    expect(ran.stderr).toContain('shown this once');
    expect((await run(['keys', 'list'])).stdout).toBe('k1  till  admin  active  not used yet\n');
    expect((await run(['keys'])).stdout).toBe('k1  till  admin  active  not used yet\n');
    expect((await run(['keys', 'revoke', 'k1'])).exit).toBe(EXIT.ok);
    expect((await run(['keys', 'revoke'])).exit).toBe(EXIT.usage);
  });
});

describe('doctor', () => {
  test('everything in order', async () => {
    const ran = await run(['doctor', '--json']);
    const { checks } = JSON.parse(ran.stdout);
    expect(checks.map((check: { name: string }) => check.name.trim())).toEqual([
      'node',
      'configuration',
      'key store',
      'document workers',
      'data folder',
      'disk space',
      'server',
      'ready',
      'database',
      'key',
      'clock',
    ]);
    expect(checks.filter((check: { result: string }) => check.result === 'fail')).toEqual([]);
  });

  test('an unreachable server and a wrong setting fail with their fixes', async () => {
    const ran = await run(['doctor'], {
      environment: { COMPTOIR_URL: 'http://127.0.0.1:1', COMPTOIR_DEMO: 'maybe' },
    });
    expect(ran.exit).toBe(EXIT.failed);
    expect(ran.stdout).toContain('COMPTOIR_DEMO must be on or off.');
    expect(ran.stdout).toMatch(/fail {2}server .*ECONNREFUSED/);
    const alone = await run(['doctor'], { environment: { COMPTOIR_URL: 'http://127.0.0.1:1' } });
    expect(alone.exit).toBe(EXIT.unreachable);
  });

  test('--quality prints the report', async () => {
    expect((await run(['doctor', '--quality'])).stdout).toBe(
      'types\n  type  checked  failed\n  a.b   10       1\n',
    );
  });
});

describe('where the server is', () => {
  test('cli.json is readable by its owner alone and keeps the key of the first start', () => {
    writeCliFile(folder, { url: 'http://h:1', apiKey: 'first', databaseUrl: undefined });
    writeCliFile(folder, { url: 'http://h:2', apiKey: undefined, databaseUrl: 'postgres://x' });
    const path = join(folder, 'cli.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      url: 'http://h:2',
      apiKey: 'first',
      databaseUrl: 'postgres://x',
    });
  });

  test('without an environment the file is used', async () => {
    writeCliFile(folder, { url: server.url, apiKey: server.key, databaseUrl: undefined });
    const ran = await runLine(['events'], { environment: { COMPTOIR_DATA_DIR: folder } });
    expect(ran.exit).toBe(EXIT.ok);
  });

  test('the key of the file is not sent to another address', async () => {
    writeCliFile(folder, { url: 'http://127.0.0.1:1', apiKey: server.key, databaseUrl: undefined });
    const ran = await runLine(['events'], {
      environment: { COMPTOIR_DATA_DIR: folder, COMPTOIR_URL: server.url },
    });
    expect(ran.stderr).toContain('UNAUTHENTICATED');
  });

  test('no file and no environment is exit code 4 with what to do', async () => {
    const ran = await runLine(['events'], {
      environment: { COMPTOIR_DATA_DIR: join(folder, 'none') },
    });
    expect(ran.exit).toBe(EXIT.unreachable);
    expect(ran.stderr).toContain('comptoir start');
  });
});

describe('erase', () => {
  const POST = 'POST /v1/persons/p1/erase';
  const GET = 'GET /v1/persons/erasures/r1';
  const pending = { receiptId: 'r1', state: 'pending' };

  test('Ctrl-C while it waits is exit code 130, after the receipt', async () => {
    server.answers.set(POST, pending);
    server.answers.set(GET, pending);
    const line = ['erase', 'p1', '--confirm', 'p1'];
    const stop = new AbortController();
    const running = run(line, { signal: stop.signal });
    await until('a look at the receipt', () => server.asked.has(GET));
    stop.abort();
    expect(await running).toMatchObject({ exit: EXIT.interrupted, stdout: 'r1  pending\n' });
    expect((await run([...line, '--no-wait'])).exit).toBe(EXIT.ok);
    server.answers.set(GET, { ...pending, state: 'done' });
    expect(await run(line)).toMatchObject({ exit: EXIT.ok, stdout: 'r1  done\n' });
  });

  test('Ctrl-C at the question erases nothing', async () => {
    const stop = new AbortController();
    const running = run(['erase', 'p1'], { signal: stop.signal, stdin: new PassThrough() });
    stop.abort();
    expect(await running).toMatchObject({ exit: EXIT.interrupted, stdout: '' });
    expect(server.asked.size).toBe(0);
  });
});

describe('rebuild', () => {
  const filling = { state: 'filling', behindEvents: 0, eventsDone: 9, progress: 1 };
  const list = { name: 'a.list', paused: false, parkedEvents: 1, generations: [], shadows: [] };
  const answer = (projection: object): void => {
    server.answers.set('POST /v1/projections/a.list/rebuild', projection);
    server.answers.set('GET /v1/projections', { items: [projection] });
  };

  test('a new copy that is kept back by parked events ends it with exit code 1', async () => {
    answer({ ...list, generations: [filling] });
    server.answers.set('GET /v1/projections/a.list/parked', { items: [{}, {}], more: false });
    const ran = await run(['rebuild', 'a.list']);
    expect(ran.exit).toBe(EXIT.failed);
    expect(ran.stderr).toContain('1 events are parked in it');
    expect(ran.stderr).toContain('comptoir parked list --model a.list');
  });

  test('no copy being filled is one that was swapped in', async () => {
    answer(list);
    expect((await run(['rebuild', 'a.list'])).exit).toBe(EXIT.ok);
  });

  test('a copy as of a moment that is gone is no copy that can be read', async () => {
    const asOf = '2026-11-21T09:30:00Z';
    answer({ ...list, shadows: [{ asOf: '2026-11-20T09:30:00.000Z', ready: true }] });
    const ran = await run(['rebuild', 'a.list', '--as-of', asOf]);
    expect(ran.exit).toBe(EXIT.failed);
    expect(ran.stderr).toContain('is gone');
    answer({ ...list, shadows: [{ asOf: '2026-11-21T09:30:00.000Z', ready: true }] });
    expect((await run(['rebuild', 'a.list', '--as-of', asOf])).exit).toBe(EXIT.ok);
  });
});
